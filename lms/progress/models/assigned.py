from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from lms.people.models import Estamento, LegalQuality
from lms.progress.rules.dates import FOREVER
from lms.progress.rules.timeline import MET, NOT_ASKED, OPEN, Standing


class StandingChoice(models.IntegerChoices):
    """:class:`~lms.progress.rules.timeline.Standing` with the words of the screens."""

    NOT_STARTED = Standing.NOT_STARTED, _("Sin iniciar")
    IN_PROGRESS = Standing.IN_PROGRESS, _("En curso")
    LATE = Standing.LATE, _("Atrasada")
    DONE = Standing.DONE, _("Completada")
    EXPIRING = Standing.EXPIRING, _("Por vencer")
    EXEMPT = Standing.EXEMPT, _("Eximida")
    ON_LEAVE = Standing.ON_LEAVE, _("Con permiso")


class AssignedTrainingQuerySet(models.QuerySet["AssignedTraining"]):
    def on(self, day: date) -> "AssignedTrainingQuerySet":
        """The segments of one day: at most one per person and requirement."""
        return self.filter(first_day__lte=day, last_day__gte=day)

    def met(self) -> "AssignedTrainingQuerySet":
        return self.filter(standing__in=MET)

    def open(self) -> "AssignedTrainingQuerySet":
        return self.filter(standing__in=OPEN)

    def asked(self) -> "AssignedTrainingQuerySet":
        """Of whom it is asked that day: neither exempt nor on leave."""
        return self.exclude(standing__in=NOT_ASKED)


class AssignedTraining(models.Model):
    """A run of days on which one person stands alike in one requirement: one segment of its timeline.

    Drawn by ``rules.timeline`` from postings, leaves, completions and the requirement's versions,
    and drawn again in the transaction in which any of these changes. Segments reach into the
    future (the day after the due day is already "late"), so that nothing has to happen at
    midnight. Unique by requirement, person and first day; they do not overlap. ``last_day`` of
    what goes on is the last date there is. The place and rank are those of the posting in which
    it was asked. ``written_at``: when the row was drawn, for those who copy what changed.

    PII: whether a person has done what its job asks; kept as the training record is.
    """

    requirement = models.ForeignKey(
        "progress.TrainingRequirement", on_delete=models.CASCADE, related_name="assigned", db_index=False
    )
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="assigned", db_index=False
    )
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+", db_index=False)
    estamento = models.CharField(max_length=16, choices=Estamento.choices)
    legal_quality = models.CharField(max_length=16, choices=LegalQuality.choices)
    standing = models.PositiveSmallIntegerField(choices=StandingChoice.choices)
    first_day = models.DateField()
    last_day = models.DateField(default=FOREVER)
    assigned_on = models.DateField()
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)
    written_at = models.DateTimeField()

    objects = AssignedTrainingQuerySet.as_manager()

    class Meta:
        verbose_name = _("formación asignada")
        verbose_name_plural = _("formaciones asignadas")
        constraints = [
            models.UniqueConstraint(fields=["person", "requirement", "first_day"], name="assigned_segment")
        ]
        indexes = [
            models.Index(
                fields=["requirement", "institution", "standing", "last_day"], name="assigned_of_institution"
            ),
            models.Index(fields=["unit", "requirement", "last_day"], name="assigned_of_unit"),
            models.Index(fields=["requirement", "first_day"], name="assigned_turning"),
            models.Index(fields=["institution", "written_at"], name="assigned_written"),
            models.Index(
                fields=["requirement", "due_on"], name="assigned_due", condition=models.Q(standing__in=OPEN)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.person_id} {self.first_day} {self.standing}"


class StandingChange(models.Model):
    """People who come into (or leave) one standing on one day in one cell. Sums of it are counts.

    Two families of cells are kept: by unit (``unit`` set, ``estamento`` and ``legal_quality``
    empty) and by rank (``unit`` null). Rows are only added, in the transaction that draws the
    segments, so that nobody waits for anybody; a job adds up equal rows and moves those of past
    months into ``StandingBalance``.

    PII: none; counts.
    """

    requirement = models.ForeignKey(
        "progress.TrainingRequirement", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "people.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    estamento = models.CharField(max_length=16, blank=True)
    legal_quality = models.CharField(max_length=16, blank=True)
    standing = models.PositiveSmallIntegerField()
    day = models.DateField()
    change = models.IntegerField()

    class Meta:
        verbose_name = _("cambio de situación")
        verbose_name_plural = _("cambios de situación")
        indexes = [
            models.Index(fields=["requirement", "institution", "day"], name="standing_change_of_place")
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.institution_id} {self.day} {self.change:+d}"


class StandingBalance(models.Model):
    """How many people stood so in one cell on the eve of a month: the sum of the changes taken in.

    ``is_latest``: the month from which the present is counted on. Older months are kept by rank
    only, for the curve over time. Unique by requirement, month and cell.

    PII: none; counts.
    """

    requirement = models.ForeignKey(
        "progress.TrainingRequirement", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    institution = models.ForeignKey(
        "people.Institution", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    unit = models.ForeignKey(
        "people.Unit", null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    estamento = models.CharField(max_length=16, blank=True)
    legal_quality = models.CharField(max_length=16, blank=True)
    standing = models.PositiveSmallIntegerField()
    month = models.DateField()
    people = models.IntegerField()
    is_latest = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("saldo de situación")
        verbose_name_plural = _("saldos de situación")
        indexes = [
            models.Index(
                fields=["requirement", "institution", "is_latest", "month"], name="standing_balance_of_place"
            )
        ]

    def __str__(self) -> str:
        return f"{self.requirement_id} {self.institution_id} {self.month} {self.people}"
