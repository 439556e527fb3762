import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AnswerToMark(models.Model):
    """An open answer that people mark. Unique by attempt and question; settled when it has its points.

    Who marks sees neither who wrote it nor what others gave. ``claimed_by``: who has it in front of
    them, so that two do not mark the same by chance. ``is_late``: what is read is the answer that came
    too late and was accepted, whatever was given to the one before.

    PII: as the attempt; goes with it.
    """

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    attempt = models.ForeignKey(
        "progress.AssessmentAttempt", on_delete=models.CASCADE, related_name="to_mark"
    )
    question_key = models.CharField(max_length=60)
    handed_in_at = models.DateTimeField()
    is_late = models.BooleanField(default=False, db_default=False)
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("respuesta por corregir")
        verbose_name_plural = _("respuestas por corregir")
        ordering = ["handed_in_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "question_key"], name="answer_to_mark_once")
        ]
        indexes = [
            models.Index(
                fields=["handed_in_at"], condition=models.Q(settled_at=None), name="answer_to_mark_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.question_key


class RubricMark(models.Model):
    """What one person gave an open answer: a level of each criterion. Append-only; one per text and marker.

    ``is_late``: of the text that came too late. ``score``: 0 to 1, of the rubric. ``comment``: for the
    learner, who never learns who wrote it.

    PII: ``marked_by`` is the trainer; the rest as the attempt.
    """

    answer = models.ForeignKey(AnswerToMark, on_delete=models.CASCADE, related_name="rubric_marks")
    is_late = models.BooleanField(default=False, db_default=False)
    levels = models.JSONField()
    score = models.DecimalField(max_digits=9, decimal_places=8)
    comment = models.TextField(_("comentario para quien respondió"), max_length=1000, blank=True)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("corrección con pauta")
        verbose_name_plural = _("correcciones con pauta")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "marked_by", "is_late"], name="rubric_mark_of_text_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} {self.score}"


class LateDecision(models.Model):
    """A person decided whether answers that came too late count. Unique by attempt.

    ``is_accepted``: they were graded as given; points that they had rather cost were left.

    PII: as the attempt; ``reason`` is the trainer's words about the case.
    """

    attempt = models.OneToOneField(
        "progress.AssessmentAttempt", on_delete=models.CASCADE, related_name="late_decision"
    )
    is_accepted = models.BooleanField()
    reason = models.CharField(_("por qué"), max_length=500)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField()

    class Meta:
        verbose_name = _("decisión sobre respuestas tardías")
        verbose_name_plural = _("decisiones sobre respuestas tardías")

    def __str__(self) -> str:
        return str(self.attempt_id)


class AttemptSign(models.Model):
    """Something unusual in an attempt, for a person to look at. Never a penalty, never told to others.

    Unique by attempt, sign and the other attempt. ``count`` of ``total`` questions show it.

    PII: as the attempt; deleted a year after somebody looked.
    """

    class State(models.TextChoices):
        NEW = "new", _("Sin revisar")
        FINE = "fine", _("Sin importancia")
        TALKED = "talked", _("Se conversó")

    attempt = models.ForeignKey("progress.AssessmentAttempt", on_delete=models.CASCADE, related_name="signs")
    other = models.ForeignKey(
        "progress.AssessmentAttempt", null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    sign = models.CharField(max_length=12)
    count = models.PositiveSmallIntegerField()
    total = models.PositiveSmallIntegerField()
    found_at = models.DateTimeField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.NEW)
    note = models.CharField(_("nota"), max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("señal de un intento")
        verbose_name_plural = _("señales de intentos")
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["attempt", "sign", "other"], name="attempt_sign_of_pair_once"),
            models.UniqueConstraint(
                fields=["attempt", "sign"], condition=models.Q(other=None), name="attempt_sign_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} {self.sign}"
