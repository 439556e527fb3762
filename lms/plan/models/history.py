from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.plan.models.append_only import AppendOnly


class PlanChange(AppendOnly):
    """One change of a plan or of something in it: who, when, each changed field before and after.

    Append-only. ``subject`` and ``object_id`` say what changed; ``label`` how it was called then.
    ``before`` and ``after`` hold the changed fields alone, by name, as plain JSON; a creation has all
    of them and an empty ``before``. ``version``: of the commitment after the change, or of the plan
    where the change is its own. Several rows may have the same instant; ``id`` orders them.

    PII: the account that made the change, because a public promise must have an author; kept as long
    as the plan, and emptied when the account is deleted. ``from_pack``: a plan pack made it.
    """

    class Subject(models.TextChoices):
        PLAN = "plan", _("Plan")
        COMMITMENT = "commitment", _("Compromiso")
        MILESTONE = "milestone", _("Hito")
        EVIDENCE = "evidence", _("Evidencia")
        GOAL = "goal", _("Meta de formación")
        CODING = "coding", _("Evaluación externa")
        INDICATOR = "indicator", _("Indicador")

    class Kind(models.TextChoices):
        CREATED = "created", _("Se creó")
        EDITED = "edited", _("Se modificó")
        REPLANNED = "replanned", _("Se reprogramó")
        REPORTED = "reported", _("Se informó un avance")
        RETIRED = "retired", _("Se retiró")
        RESTORED = "restored", _("Se repuso")

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.CASCADE, related_name="changes")
    commitment = models.ForeignKey(
        "plan.Commitment", null=True, on_delete=models.CASCADE, related_name="changes"
    )
    subject = models.CharField(max_length=12, choices=Subject.choices)
    object_id = models.BigIntegerField()
    label = models.CharField(max_length=300)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField(_("cuándo"))
    from_pack = models.BooleanField(default=False)
    reason = models.TextField(_("motivo"), blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    version = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("cambio de un plan")
        verbose_name_plural = _("cambios de planes")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject", "object_id"], name="change_of_object")]

    def __str__(self) -> str:
        return f"{self.subject} {self.object_id} {self.kind} {self.changed_at:%Y-%m-%d %H:%M}"
