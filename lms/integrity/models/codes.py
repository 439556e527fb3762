import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class EthicsCode(models.Model):
    """One version of an institution's code of ethics. Unique by institution and version; one is current."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.PROTECT, related_name="ethics_codes"
    )
    version = models.PositiveIntegerField(_("versión"), default=1)
    title = models.CharField(_("título"), max_length=200)
    url = models.URLField(_("dirección del documento completo"), blank=True)
    approved_on = models.DateField(_("fecha de aprobación"), null=True, blank=True)
    updated_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("código de ética")
        verbose_name_plural = _("códigos de ética")
        constraints = [
            models.UniqueConstraint(fields=["institution", "version"], name="ethics_code_version"),
            models.UniqueConstraint(
                fields=["institution"], condition=models.Q(is_current=True), name="ethics_code_one_current"
            ),
        ]

    def __str__(self) -> str:
        return self.title
