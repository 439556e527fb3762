"""Dilemmas: that one was worked through, and, apart from any person, which ways people went."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class DilemmaRun(models.Model):
    """A dilemma was worked through to an ending. Unique by enrolment and unit. Says nothing of the way.

    PII: belongs to the enrolment; HR sees at most that the lesson is finished.
    """

    enrolment = models.ForeignKey("progress.Enrolment", on_delete=models.CASCADE, related_name="dilemma_runs")
    unit_key = models.CharField(max_length=60)
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = _("dilema recorrido")
        verbose_name_plural = _("dilemas recorridos")
        constraints = [models.UniqueConstraint(fields=["enrolment", "unit_key"], name="dilemma_run_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.unit_key}"


class DilemmaTally(models.Model):
    """How many people chose one way at one scene of a dilemma. Unique by course, dilemma, scene, choice.

    No row, key or time leads to a person. Choices wait in ``waiting`` until a whole group has
    decided and are then shown together, so that nobody can read one person's choice from the
    change of a figure.
    """

    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="+")
    dilemma = models.CharField(max_length=40)
    scene = models.CharField(max_length=40)
    choice = models.CharField(max_length=40)
    shown = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("recuento de dilema")
        verbose_name_plural = _("recuentos de dilema")
        constraints = [
            models.UniqueConstraint(
                fields=["course", "dilemma", "scene", "choice"], name="dilemma_tally_choice"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dilemma}/{self.scene}/{self.choice}"


class DilemmaBallot(models.Model):
    """The way that somebody went through a dilemma, sealed until a whole group has gone through it.

    Nothing in the row leads to a person, and nothing but the sealed text says which way: it is padded
    to one length and carries no time, and its key is not in the database. So neither a copy of the
    database nor the difference of two tells what the one person chose who worked through a dilemma
    between them. Opened ballots are added to ``DilemmaTally`` and deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    course = models.ForeignKey("courses.Course", on_delete=models.CASCADE, related_name="+")
    dilemma = models.CharField(max_length=40)
    sealed = models.TextField()

    class Meta:
        verbose_name = _("voto sellado de dilema")
        verbose_name_plural = _("votos sellados de dilema")
        indexes = [models.Index(fields=["course", "dilemma"], name="ballot_of_dilemma")]

    def __str__(self) -> str:
        return self.dilemma
