import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RosterStatus(models.TextChoices):
    PREVIEW = "preview", _("En revisión")
    APPLIED = "applied", _("Aplicada")
    DISCARDED = "discarded", _("Descartada")


class RosterImport(models.Model):
    """One roster file of one institution: read, shown in numbers, then applied whole or not at all.

    ``rows`` holds the checked rows between preview and decision, compressed JSON with the RUN
    already turned into its fingerprint; it is emptied by either decision.

    PII: the rows, for at most the time between preview and decision (unused ones are discarded
    after seven days); afterwards only counts, file name and hash remain.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    institution = models.ForeignKey("people.Institution", on_delete=models.CASCADE)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    roster_date = models.DateField(_("fecha de la nómina"))
    status = models.CharField(max_length=10, choices=RosterStatus.choices, default=RosterStatus.PREVIEW)
    counts = models.JSONField(default=dict)
    errors = models.JSONField(default=list)
    rows = models.BinaryField(null=True, editable=False)
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("nómina cargada")
        verbose_name_plural = _("nóminas cargadas")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.status})"
