import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AssessmentAttempt(models.Model):
    """One attempt at an assessment. Unique by enrolment, unit and number; one is open at most.

    ``drawn``: ``[{"key", "order"}]``, fixed at the start, of the questions frozen in ``release``.
    ``competences``: ``[{"competence", "correct", "total"}]``, set when handed in.

    PII: answers and result of the person; the person and the platform's grading read them, HR sees
    the result only. Goes with the enrolment.
    """

    class State(models.TextChoices):
        OPEN = "open", _("En curso")
        SUBMITTED = "submitted", _("Entregado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("progress.Enrolment", on_delete=models.CASCADE, related_name="attempts")
    release = models.ForeignKey("courses.CourseRelease", on_delete=models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    drawn = models.JSONField()
    started_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    correct = models.PositiveSmallIntegerField(null=True, blank=True)
    total = models.PositiveSmallIntegerField()
    passed = models.BooleanField(null=True, blank=True)
    competences = models.JSONField(default=list)

    class Meta:
        verbose_name = _("intento")
        verbose_name_plural = _("intentos")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment", "unit_key", "number"], name="attempt_number"),
            models.UniqueConstraint(
                fields=["enrolment", "unit_key"], condition=Q(state="open"), name="attempt_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.unit_key} #{self.number}"

    @property
    def percent(self) -> int:
        """Whole per cent of right answers, rounded down."""
        return (self.correct or 0) * 100 // self.total if self.total else 0


class AttemptAnswer(models.Model):
    """The saved answer to one question of an attempt. Unique by attempt and question.

    PII: as the attempt.
    """

    attempt = models.ForeignKey(AssessmentAttempt, on_delete=models.CASCADE, related_name="answers")
    question_key = models.CharField(max_length=60)
    chosen = models.JSONField(default=list)
    is_flagged = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question_key"], name="answer_per_question")
        ]

    def __str__(self) -> str:
        return self.question_key
