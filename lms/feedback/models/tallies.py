"""What people answered, added up. No row of these leads to a person, an enrolment or an instant.

Everything waits in ``waiting`` until a whole group has answered (``rules.askings.GROUP``) and is then
shown together: no figure can be read before, and nobody reads one person's answer from its change.
"""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.feedback.models.askings import KIND_CHOICES


class AnswerTally(models.Model):
    """How many people answered one kind of asking. Unique by release and kind."""

    release = models.ForeignKey("courses.CourseRelease", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=6, choices=KIND_CHOICES)
    shown = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("recuento de respuestas")
        verbose_name_plural = _("recuentos de respuestas")
        constraints = [models.UniqueConstraint(fields=["release", "kind"], name="answer_tally_of_release")]

    def __str__(self) -> str:
        return f"{self.release_id} {self.kind}"


class OpinionTally(models.Model):
    """How many chose one value of one statement of a questionnaire. Unique by all three."""

    tally = models.ForeignKey(AnswerTally, on_delete=models.CASCADE, related_name="opinions")
    statement = models.CharField(max_length=20)
    value = models.PositiveSmallIntegerField()
    shown = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("recuento de opiniones")
        verbose_name_plural = _("recuentos de opiniones")
        constraints = [
            models.UniqueConstraint(fields=["tally", "statement", "value"], name="opinion_tally_value")
        ]

    def __str__(self) -> str:
        return f"{self.tally_id} {self.statement} {self.value}"


class OpinionText(models.Model):
    """What somebody wrote in a questionnaire, apart from what the same person chose.

    ``month``: the first day of the month in which its group was complete; none while it waits. Then the
    texts of the group are written anew, mixed: neither id nor place in the table tells who came first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    tally = models.ForeignKey(AnswerTally, on_delete=models.CASCADE, related_name="texts")
    question = models.CharField(max_length=20)
    text = models.TextField()
    month = models.DateField(null=True)

    class Meta:
        verbose_name = _("texto de una encuesta")
        verbose_name_plural = _("textos de encuestas")

    def __str__(self) -> str:
        return self.question


class RecallTally(models.Model):
    """Points and places of something. Unique by tally, subject and key.

    ``key``: of a competence, at the assessment or at the recall of the same people, or of a question.
    """

    class Subject(models.TextChoices):
        BEFORE = "before", _("Competencia, en la evaluación")
        AFTER = "after", _("Competencia, en el repaso")
        QUESTION = "question", _("Pregunta, en el repaso")

    tally = models.ForeignKey(AnswerTally, on_delete=models.CASCADE, related_name="recalls")
    subject = models.CharField(max_length=8, choices=Subject.choices)
    key = models.CharField(max_length=60)
    points_shown = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    points_waiting = models.DecimalField(max_digits=12, decimal_places=4, default=0)
    places_shown = models.PositiveIntegerField(default=0)
    places_waiting = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("recuento de repasos")
        verbose_name_plural = _("recuentos de repasos")
        constraints = [
            models.UniqueConstraint(fields=["tally", "subject", "key"], name="recall_tally_subject")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.key}"
