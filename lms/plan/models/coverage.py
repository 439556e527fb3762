from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class TrainingGoal(models.Model):
    """Whom a commitment wants trained, with which courses. Unique by commitment and code.

    Any of ``course_codes`` counts; a workshop counts through the course it belongs to, once that is
    passed. ``institutions`` (codes), ``estamentos`` and ``legal_qualities`` narrow the employees who
    are meant; empty is all, and ``includes_honorarios`` agrees with the list. Citizens have no
    headcount. ``target_percent``, ``due_on`` and the baseline are ``None`` where no figure was
    published. ``counted_since``: when what is counted last changed; figures from before are not
    comparable. Changes are in :class:`PlanChange`. No personal data.
    """

    class Audience(models.TextChoices):
        EMPLOYEES = "employees", _("Personas que trabajan en instituciones")
        CITIZENS = "citizens", _("Ciudadanía")

    commitment = models.ForeignKey("plan.Commitment", on_delete=models.CASCADE, related_name="goals")
    code = models.SlugField(_("código"), max_length=60)
    title = models.CharField(_("título"), max_length=200)
    course_codes = models.JSONField(_("códigos de curso"))
    target_percent = models.PositiveSmallIntegerField(_("meta (%)"), null=True, blank=True)
    due_on = models.DateField(_("plazo de la meta"), null=True, blank=True)
    includes_honorarios = models.BooleanField(_("incluye honorarios"), default=True)
    audience = models.CharField(
        _("a quién se dirige"), max_length=10, choices=Audience.choices, default=Audience.EMPLOYEES
    )
    institutions = models.JSONField(_("instituciones"), default=list, blank=True)
    estamentos = models.JSONField(_("estamentos"), default=list, blank=True)
    legal_qualities = models.JSONField(_("calidades jurídicas"), default=list, blank=True)
    baseline_percent = models.PositiveSmallIntegerField(_("línea base (%)"), null=True, blank=True)
    baseline_on = models.DateField(_("fecha de la línea base"), null=True, blank=True)
    baseline_source = models.CharField(_("fuente de la línea base"), max_length=300, blank=True)
    population = models.TextField(_("a quiénes"))
    is_active = models.BooleanField(_("vigente"), default=True)
    counted_since = models.DateTimeField(_("se cuenta así desde"), null=True, blank=True)

    class Meta:
        verbose_name = _("meta de formación")
        verbose_name_plural = _("metas de formación")
        ordering = ["commitment__number", "code"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "code"], name="goal_code_in_commitment"),
            models.CheckConstraint(
                condition=Q(target_percent__isnull=True) | Q(target_percent__gte=1, target_percent__lte=100),
                name="goal_target_is_a_percentage",
            ),
            models.CheckConstraint(
                condition=Q(baseline_percent__isnull=True, baseline_on__isnull=True, baseline_source="")
                | (Q(baseline_percent__lte=100, baseline_on__isnull=False) & ~Q(baseline_source="")),
                name="goal_baseline_with_its_source",
            ),
            models.CheckConstraint(
                condition=Q(audience="employees")
                | Q(target_percent__isnull=True, baseline_percent__isnull=True),
                name="goal_of_citizens_has_no_percentage",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_for_citizens(self) -> bool:
        return self.audience == self.Audience.CITIZENS


class CoverageSnapshotQuerySet(models.QuerySet["CoverageSnapshot"]):
    def shown(self) -> "CoverageSnapshotQuerySet":
        """Current ones of goals that still count the same."""
        return self.filter(kind=CoverageSnapshot.Kind.CURRENT, is_outdated=False)


class CoverageSnapshot(models.Model):
    """Training coverage of one goal as published now, and in the releases before. One now per goal.

    ``published`` is the cube after suppression (:mod:`lms.plan.rules`) and all that public screens
    and files read; ``total`` repeats its first cell for pages that need no more, and
    ``institution_names`` the names as they were.
    ``mark`` tells whether anything has changed since; ``held_mark`` is that of a later count which
    was not published because too few people make the difference. ``is_outdated``: the goal counts
    something else since and nobody has counted it yet; then nothing of the row is shown.
    ``csv_bytes`` and ``json_bytes`` are the sizes of its part of the open-data files. ``headcounts``: where
    the number of people was read, with its day. ``known``: what was on record when it was counted
    (ids, see ``progress.selectors.coverage.Known``), never shown. ``definition``: whom and which courses
    it counted (:class:`lms.plan.selectors.recounts.GoalDefinition`); snapshots of one ``release`` were
    published together.

    No personal data: counts of groups. True counts of small groups are in :class:`CoverageCell`.
    """

    class Kind(models.TextChoices):
        CURRENT = "current", _("actual")
        EARLIER = "earlier", _("anterior")

    goal = models.ForeignKey(TrainingGoal, on_delete=models.CASCADE, related_name="snapshots")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    cutoff_date = models.DateField(_("fecha de corte"))
    computed_at = models.DateTimeField(_("calculada"))
    minimum_cell = models.PositiveSmallIntegerField()
    mark = models.CharField(max_length=64)
    held_mark = models.CharField(max_length=64, blank=True, default="")
    is_outdated = models.BooleanField(default=False)
    total = models.JSONField(null=True)
    published = models.JSONField()
    institution_names = models.JSONField(default=dict)
    institution_count = models.PositiveIntegerField(default=0)
    csv_bytes = models.PositiveIntegerField(default=0)
    json_bytes = models.PositiveIntegerField(default=0)
    known = models.JSONField(default=dict)
    headcounts = models.JSONField(default=list)
    definition = models.JSONField(default=dict)

    objects = CoverageSnapshotQuerySet.as_manager()

    class Meta:
        verbose_name = _("cobertura calculada")
        verbose_name_plural = _("coberturas calculadas")
        ordering = ["cutoff_date"]
        constraints = [
            models.UniqueConstraint(
                fields=["goal"], condition=Q(kind="current"), name="snapshot_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goal_id} {self.cutoff_date}"

    @property
    def release(self) -> str:
        """What snapshots published together have in common: their instant, and the day they speak of."""
        return f"{self.computed_at.isoformat()} {self.cutoff_date.isoformat()}"


class CoverageCell(models.Model):
    """True counts of one institution × estamento × legal quality of a current snapshot. Unique by these.

    All three are empty in the one row of a goal for citizens. Never shown: the published cube is
    derived from them, and a later count is compared with them.
    No row names a person, but a small count may speak of one: rows live only until the second
    release after, of what is counted no more until the second day with a release.
    """

    snapshot = models.ForeignKey(CoverageSnapshot, on_delete=models.CASCADE, related_name="true_cells")
    institution = models.ForeignKey(
        "people.Institution", null=True, on_delete=models.CASCADE, related_name="+"
    )
    estamento = models.CharField(max_length=16, blank=True)
    legal_quality = models.CharField(max_length=16, blank=True)
    headcount = models.PositiveIntegerField()
    reached = models.PositiveIntegerField()
    started = models.PositiveIntegerField()
    assessed = models.PositiveIntegerField()
    completed = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("recuento exacto")
        verbose_name_plural = _("recuentos exactos")
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "institution", "estamento", "legal_quality"], name="true_cell_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.snapshot_id} {self.institution_id} {self.estamento} {self.legal_quality}"
