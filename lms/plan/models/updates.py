from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lms.plan.models.milestones import Completion


class ProgressUpdate(models.Model):
    """What those responsible say of one commitment for one half-year; it counts once approved.

    ``period``: ``"2026-1"`` or ``"2026-2"``. One open update (not approved) of a commitment at a time.
    ``text``: what was done, in public once approved. ``office``: for which institution it speaks.

    PII: the accounts that wrote and approved it; emptied when the account is deleted.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Borrador")
        PENDING = "pending", _("Por revisar")
        RETURNED = "returned", _("Devuelto")
        APPROVED = "approved", _("Aprobado")

    commitment = models.ForeignKey("plan.Commitment", on_delete=models.CASCADE, related_name="updates")
    period = models.CharField(_("semestre"), max_length=6)
    state = models.CharField(_("estado"), max_length=8, choices=State.choices, default=State.DRAFT)
    text = models.TextField(_("qué se hizo"), blank=True)
    office = models.CharField(_("institución que informa"), max_length=255)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    started_at = models.DateTimeField(_("empezado"))
    saved_at = models.DateTimeField(_("guardado"))
    submitted_at = models.DateTimeField(_("enviado"), null=True)
    approved_at = models.DateTimeField(_("aprobado"), null=True)

    class Meta:
        verbose_name = _("informe de avance")
        verbose_name_plural = _("informes de avance")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment"], condition=~Q(state="approved"), name="update_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.period} {self.state}"


class UpdateLine(models.Model):
    """What an update says of one milestone. Unique by update and milestone. No personal data.

    ``None`` status: nothing is said of it. ``due_after``: another deadline is asked for, with ``reason``.
    """

    update = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="lines")
    milestone = models.ForeignKey("plan.Milestone", on_delete=models.CASCADE, related_name="lines")
    status = models.CharField(max_length=12, choices=Completion.choices, null=True, blank=True)  # noqa: DJ001
    text = models.TextField(_("qué pasó"), blank=True)
    due_after = models.DateField(_("plazo nuevo"), null=True, blank=True)
    reason = models.TextField(_("motivo del plazo nuevo"), blank=True)

    class Meta:
        verbose_name = _("avance de un hito")
        verbose_name_plural = _("avances de hitos")
        ordering = ["milestone__order", "pk"]
        constraints = [models.UniqueConstraint(fields=["update", "milestone"], name="line_once_in_update")]

    def __str__(self) -> str:
        return f"{self.update_id} {self.milestone_id}"


class UpdateStep(models.Model):
    """An update passed from one state to another: who, when, with which note. Added and never rewritten.

    PII: the account; emptied when it is deleted. Notes are for those who write and review.
    """

    update = models.ForeignKey(ProgressUpdate, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=8, choices=ProgressUpdate.State.choices)
    note = models.TextField(_("nota"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(_("cuándo"))

    class Meta:
        verbose_name = _("paso de un informe de avance")
        verbose_name_plural = _("pasos de informes de avance")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.update_id} {self.state}"
