import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class AssessmentAttempt(models.Model):
    """One attempt at an assessment. Unique by enrolment, unit and number; one is open at most.

    ``drawn``: ``[{"key", "order"}]``, fixed at the start, of the questions frozen in ``release``.
    ``deadline_at``: the last instant at which an answer counts; none where there is no limit.
    ``correct``: points, one for a question answered wholly, cut off after four decimals.
    ``competences``: ``[{"competence", "correct", "total"}]``, set when handed in. ``told``: how many
    times its result was stated; more than once where it was graded again.

    PII: answers and result of the person; the person and the platform's grading read them, HR sees
    the result and whether there is an attempt left. Goes with the enrolment.
    """

    class State(models.TextChoices):
        OPEN = "open", _("En curso")
        MARKING = "marking", _("En corrección")
        SUBMITTED = "submitted", _("Entregado")

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    enrolment = models.ForeignKey("progress.Enrolment", on_delete=models.CASCADE, related_name="attempts")
    release = models.ForeignKey("courses.CourseRelease", on_delete=models.PROTECT, related_name="+")
    unit_key = models.CharField(max_length=60)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    drawn = models.JSONField()
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField(null=True, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True)
    correct = models.DecimalField(max_digits=8, decimal_places=4, null=True, blank=True)
    total = models.PositiveSmallIntegerField()
    passed = models.BooleanField(null=True, blank=True)
    competences = models.JSONField(default=list)
    told = models.PositiveSmallIntegerField(default=0)

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
        """Whole per cent of the points, rounded down."""
        return int((self.correct or 0) * 100 // self.total) if self.total else 0


class AnswerEvent(models.Model):
    """What was answered to a question of an attempt at an instant. Append-only; the last one given counts.

    ``answer``: as the question's kind has it (``courses.quizzes.rules.kinds``), null where it was
    taken back. ``client_key``: by which a browser that was offline does not send it twice.
    ``is_late``: it came after the deadline or the hand-in; kept, not graded.

    PII: as the attempt.
    """

    attempt = models.ForeignKey(AssessmentAttempt, on_delete=models.CASCADE, related_name="events")
    question_key = models.CharField(max_length=60)
    answer = models.JSONField(null=True)
    is_flagged = models.BooleanField(default=False)
    is_late = models.BooleanField(default=False)
    saved_at = models.DateTimeField()
    given_at = models.DateTimeField()
    client_key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    class Meta:
        verbose_name = _("respuesta")
        verbose_name_plural = _("respuestas")
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return self.question_key


class QuestionMark(models.Model):
    """The points of one question of an attempt. Append-only; the last one counts.

    ``score``: 0 to 1, null while it waits for a person. A mark after a wrong key was mended, or after
    late answers were accepted, says so, and the earlier one stays.

    PII: as the attempt.
    """

    class Source(models.TextChoices):
        AUTOMATIC = "automatic", _("Automática")
        PERSON = "person", _("De quienes corrigen")
        REGRADE = "regrade", _("Corrección de la pauta")
        LATE = "late", _("Respuesta tardía aceptada")

    attempt = models.ForeignKey(AssessmentAttempt, on_delete=models.CASCADE, related_name="marks")
    question_key = models.CharField(max_length=60)
    score = models.DecimalField(max_digits=9, decimal_places=8, null=True)
    source = models.CharField(max_length=10, choices=Source.choices)
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("puntaje")
        verbose_name_plural = _("puntajes")
        ordering = ["pk"]
        indexes = [models.Index(fields=["question_key", "attempt"], name="mark_of_question")]

    def __str__(self) -> str:
        return self.question_key
