from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.participation.rules.contributions import Verdict
from lms.plan.models import AppendOnly

VERDICT_CHOICES = [
    (Verdict.ACCEPTED.value, _("Acogido")),
    (Verdict.PARTLY.value, _("Acogido en parte")),
    (Verdict.REJECTED.value, _("No acogido")),
    (Verdict.ANSWERED.value, _("Respondido")),
]


class OfficialReply(AppendOnly):
    """What a public body decided about a contribution, and why. Added and never rewritten.

    The latest one of a contribution counts; the ones before it were corrected. ``office``: the body
    that answers. ``is_correction``: one came before. ``commitment``, ``milestone``, ``section``: where
    it had effect, one of them at most.

    PII: the account that answered, because an answer of the State must have an author; never shown in
    public, and emptied when the account is deleted.
    """

    contribution = models.ForeignKey(
        "participation.Contribution", on_delete=models.CASCADE, related_name="replies"
    )
    verdict = models.CharField(_("decisión"), max_length=8, choices=VERDICT_CHOICES)
    reason = models.TextField(_("motivo"))
    office = models.CharField(_("quién responde"), max_length=255)
    commitment = models.ForeignKey("plan.Commitment", null=True, on_delete=models.SET_NULL, related_name="+")
    milestone = models.ForeignKey("plan.Milestone", null=True, on_delete=models.SET_NULL, related_name="+")
    section = models.ForeignKey(
        "participation.ConsultationSection", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_correction = models.BooleanField(default=False)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    replied_at = models.DateTimeField(_("cuándo"))

    class Meta:
        verbose_name = _("respuesta oficial")
        verbose_name_plural = _("respuestas oficiales")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.verdict} {self.replied_at:%Y-%m-%d}"
