import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.progress.models.enrolments import Assurance


class UnitResult(models.Model):
    """One unit finished, append-only. Unique by enrolment and unit key.

    PII: belongs to the enrolment and goes with it.
    """

    enrolment = models.ForeignKey("progress.Enrolment", on_delete=models.CASCADE, related_name="unit_results")
    unit_key = models.CharField(max_length=60)
    finished_at = models.DateTimeField()
    assurance = models.CharField(max_length=1, choices=Assurance.choices, default=Assurance.A)
    source = models.CharField(max_length=20)

    class Meta:
        verbose_name = _("unidad terminada")
        verbose_name_plural = _("unidades terminadas")
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit_key"], name="unit_finished_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.unit_key}"


class CheckAnswer(models.Model):
    """The latest answer to a practice question. Unique by enrolment and question; carries no mark.

    PII: belongs to the enrolment; only the person reads it.
    """

    enrolment = models.ForeignKey(
        "progress.Enrolment", on_delete=models.CASCADE, related_name="check_answers"
    )
    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    check_key = models.CharField(max_length=60)
    option = models.PositiveSmallIntegerField()
    is_right = models.BooleanField()
    tries = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField()

    class Meta:
        verbose_name = _("respuesta de práctica")
        verbose_name_plural = _("respuestas de práctica")
        constraints = [models.UniqueConstraint(fields=["enrolment", "check_key"], name="check_answer_latest")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.check_key}"
