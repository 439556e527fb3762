import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CompletionBatch(models.Model):
    """A list of courses completed elsewhere: read, shown, then attested whole or not at all.

    ``rows`` are the checked rows and ``problems`` the refused ones, until it is decided; then only
    numbers are left. All rows rest on one paper.

    PII: the rows (ids of people, no RUN and no address) until it is decided, or for a week.
    """

    class Status(models.TextChoices):
        PREVIEW = "preview", _("En revisión")
        APPLIED = "applied", _("Registrada")
        DISCARDED = "discarded", _("Descartada")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("people.Institution", on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(
        "progress.EvidenceFile", null=True, on_delete=models.PROTECT, related_name="batches"
    )
    source = models.CharField(_("de dónde viene"), max_length=300)
    sha256 = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PREVIEW)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    new = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(default=0)
    wrong = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("lista de cursos acreditados")
        verbose_name_plural = _("listas de cursos acreditados")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.institution_id} {self.created_at:%Y-%m-%d} {self.status}"

    @property
    def is_preview(self) -> bool:
        return self.status == self.Status.PREVIEW

    @property
    def can_be_applied(self) -> bool:
        return self.is_preview and self.new > 0 and not self.wrong
