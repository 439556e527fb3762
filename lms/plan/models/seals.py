from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.plan.models.append_only import AppendOnly


class SealedSnapshot(AppendOnly):
    """Training coverage of a plan as published for one day, kept for ever. Once per plan and day.

    Append-only. ``content`` is canonical JSON of all that was published: figures, definitions of the
    goals, versions, headcounts with their source, suppression; ``sha256`` is its digest. It holds
    the digest of the seal before, so that none can be taken out or exchanged (``rules.seals``).
    ``number`` counts the seals of a plan from 1. ``totals`` repeats the grand total of each goal by
    its id (``goal_12``), for charts. ``known`` holds what was on record then, so that ``manage.py
    verify_snapshots`` can count again; it is never shown.

    True counts are not kept: ``content`` has a keyed hash of them. PII: the account that sealed;
    emptied when it is deleted.
    """

    class Why(models.TextChoices):
        MONTH_END = "month_end", _("Cierre de mes")
        ON_DEMAND = "on_demand", _("A pedido")

    plan = models.ForeignKey("plan.ActionPlan", on_delete=models.PROTECT, related_name="seals")
    number = models.PositiveIntegerField()
    cutoff_date = models.DateField(_("fecha de corte"))
    sealed_at = models.DateTimeField(_("sellada"))
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.CharField(max_length=10, choices=Why.choices)
    reason = models.CharField(_("motivo"), max_length=300, blank=True)
    content = models.TextField()
    totals = models.JSONField()
    known = models.JSONField()
    previous_sha256 = models.CharField(max_length=64, blank=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("cobertura sellada")
        verbose_name_plural = _("coberturas selladas")
        ordering = ["-cutoff_date"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "cutoff_date"], name="sealed_once_per_day"),
            models.UniqueConstraint(fields=["plan", "number"], name="seal_number_in_plan"),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} {self.cutoff_date}"
