from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.plan.models import AppendOnly


class PendingUpload(models.Model):
    """A file that somebody uploaded and has not confirmed yet. Deleted with the decision, or after days.

    ``base``: the revision with which its preview was compared; another one by now, and the preview is
    shown again before anything is written.

    PII: the account that uploaded it; goes with the row.
    """

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.CASCADE, related_name="pending")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(_("cargado"))
    file_name = models.CharField(_("archivo"), max_length=200)
    content = models.BinaryField()
    note = models.TextField(_("qué cambia y por qué"))
    base = models.ForeignKey(
        "indicators.IndicatorRevision", null=True, on_delete=models.CASCADE, related_name="+"
    )

    class Meta:
        verbose_name = _("archivo por confirmar")
        verbose_name_plural = _("archivos por confirmar")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.file_name


class PeriodLock(AppendOnly):
    """A period was closed, or opened again with a reason. Append-only: the latest row counts.

    A closed period cannot be changed by an upload.

    PII: the account that did it, because it is answerable; emptied when the account is deleted.
    """

    class Kind(models.TextChoices):
        LOCK = "lock", _("Se cerró")
        UNLOCK = "unlock", _("Se abrió")

    indicator = models.ForeignKey("indicators.Indicator", on_delete=models.PROTECT, related_name="locks")
    period = models.CharField(_("período"), max_length=10)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    reason = models.TextField(_("motivo"), blank=True)
    at = models.DateTimeField(_("cuándo"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        verbose_name = _("cierre de un período")
        verbose_name_plural = _("cierres de períodos")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["indicator", "period"], name="lock_of_period")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="lock") | ~models.Q(reason=""), name="unlock_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.kind}"
