from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.participation.models.contributions import REASON_CHOICES
from lms.participation.rules.contributions import LONGEST_NOTE, LONGEST_TEXT
from lms.participation.rules.moderation import Act
from lms.plan.models import AppendOnly

ACT_CHOICES = [
    (Act.SHOW.value, _("Publicó")),
    (Act.HIDE.value, _("Ocultó")),
    (Act.RESTORE.value, _("Repuso")),
    (Act.DISMISS.value, _("Descartó los avisos")),
]


class ContributionReport(models.Model):
    """A reader tells those who moderate that something breaks the rules. Unique by contribution and account.

    ``quoted``: the words as they stood then. Who reported is shown to nobody.

    PII: who reported and in what words; deleted with the account. ``quoted`` are somebody else's words,
    emptied when that person takes them back or is erased.
    """

    contribution = models.ForeignKey(
        "participation.Contribution", on_delete=models.CASCADE, related_name="reports"
    )
    reporter = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=13, choices=REASON_CHOICES)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    quoted = models.TextField(max_length=LONGEST_TEXT, blank=True)
    reported_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("aviso sobre un aporte")
        verbose_name_plural = _("avisos sobre aportes")
        ordering = ["reported_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["contribution", "reporter"], name="contribution_reported_once")
        ]
        indexes = [
            models.Index(
                fields=["contribution"], condition=Q(resolved_at__isnull=True), name="contribution_reported"
            )
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.reason}"


class ModerationAction(AppendOnly):
    """One decision of those who moderate. Added and never rewritten.

    PII: the account that decided; emptied when it is deleted.
    """

    contribution = models.ForeignKey(
        "participation.Contribution", on_delete=models.CASCADE, related_name="actions"
    )
    act = models.CharField(max_length=9, choices=ACT_CHOICES)
    reason = models.CharField(max_length=13, choices=REASON_CHOICES, blank=True)
    note = models.CharField(max_length=LONGEST_NOTE, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("acción de moderación del plan")
        verbose_name_plural = _("acciones de moderación del plan")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.act} {self.at:%Y-%m-%d %H:%M}"
