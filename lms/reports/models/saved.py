import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """A page with its filters, under a name. Unique by owner and name.

    It is only an address: who opens it sees what the page shows to them. ``is_shared``: offered to all
    who see the reports of the institution.

    PII: the account that saved it, and whatever name it searched for; deleted with the account.
    """

    class Page(models.TextChoices):
        COMPLIANCE = "compliance", _("Cumplimiento")
        PEOPLE = "people", _("Personas")
        MATRIX = "matrix", _("Matriz de personas y cursos")
        HOURS = "hours", _("Horas de capacitación")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views")
    institution = models.ForeignKey("people.Institution", on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("nombre de la vista"), max_length=80)
    page = models.CharField(max_length=12, choices=Page.choices)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(_("compartida"), default=False)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("vista guardada")
        verbose_name_plural = _("vistas guardadas")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="saved_view_name")]
        indexes = [models.Index(fields=["institution", "is_shared"], name="saved_view_of_institution")]

    def __str__(self) -> str:
        return self.name
