from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.plan.rules.reminders import Stage

STAGES = [(stage.value, stage.value) for stage in Stage]


class ReportReminder(models.Model):
    """Somebody was told that reports are due. Once by account, half-year and stage.

    The row is added before the e-mail is handed over, so that a crash never sends it twice; it goes
    again where the server clearly did not take it.

    PII: who was reminded, kept for two years as proof.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    period = models.CharField(_("semestre"), max_length=6)
    stage = models.CharField(
        _("cuándo"), max_length=8, choices=[(stage.value, stage.value) for stage in Stage]
    )
    sent_at = models.DateTimeField(_("enviado"))

    class Meta:
        verbose_name = _("recordatorio de informar avances")
        verbose_name_plural = _("recordatorios de informar avances")
        constraints = [
            models.UniqueConstraint(fields=["user", "period", "stage"], name="report_reminder_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.period} {self.stage}"
