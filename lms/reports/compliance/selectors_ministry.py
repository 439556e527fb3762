"""One requirement in several institutions: a row for each, at a cost that grows with them only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q

from lms.people.models import Institution, Posting
from lms.people.policy import Action, Viewer, institution_ids_for
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.rules.dates import ONE_DAY
from lms.progress.selectors.standing_history import last_months, standings_by_institution
from lms.progress.selectors.standings import Tally, add_up, count_by_rank, count_standings
from lms.reports.rules.small_groups import FEWEST, hidden_groups

MONTHS = 12


@dataclass(frozen=True)
class InstitutionRow:
    """An institution in the comparison. ``points``: rates at month ends and today.

    ``is_hidden``: the group is small, or would tell the number of one that is.
    """

    institution: Institution
    tally: Tally
    points: tuple[float | None, ...]
    is_hidden: bool

    @property
    def is_small(self) -> bool:
        return self.is_hidden and self.tally.people < FEWEST


@dataclass(frozen=True)
class Comparison:
    """Institutions from the least advanced on, hidden ones last; ``total`` is of all of them."""

    rows: list[InstitutionRow]
    total: Tally
    days: list[date]
    silent: int


def list_reachable(*, viewer: Viewer) -> list[Institution]:
    """Institutions with people, of which the viewer sees the reports as a whole, by name. One query."""
    allowed = institution_ids_for(viewer=viewer, action=Action.SEE_REPORTS)
    rows = Institution.objects.filter(Exists(Posting.objects.filter(institution=OuterRef("pk"))))
    return list((rows if allowed is None else rows.filter(pk__in=allowed)).order_by("name", "pk"))


def list_shared_requirements(*, institutions: Sequence[Institution]) -> list[TrainingRequirement]:
    """Requirements in force in these institutions, those asked in most of them first. One query."""
    ids = [one.pk for one in institutions]
    status = TrainingRequirement.Status
    rows = TrainingRequirement.objects.filter(
        Q(everywhere=True) | Q(institutions__in=ids), status__in=(status.LIVE, status.CHANGING)
    ).annotate(reached=Count("institutions", filter=Q(institutions__in=ids), distinct=True))
    return list(rows.order_by("-everywhere", "-reached", "-created_at", "title"))


def compare_institutions(
    *, requirement: TrainingRequirement, institutions: Sequence[Institution], day: date, today: date
) -> Comparison:
    """The rows of those where it is asked. Two queries for today, one for a past day (no curve)."""
    ids = [one.pk for one in institutions]
    dimensions = ("institution_id",)
    if day == today:
        cells = count_by_rank(
            requirement_id=requirement.pk, institution_ids=ids, day=day, dimensions=dimensions
        )
        days, points = _curves(requirement, ids, today)
    else:
        rows = AssignedTraining.objects.on(day).filter(requirement=requirement, institution_id__in=ids)
        cells = count_standings(rows=rows, dimensions=dimensions)
        days, points = [], {}
    tallies = {cell.institution_id: cell.tally for cell in cells if cell.tally.people}
    hidden = hidden_groups({pk: tally.people for pk, tally in tallies.items()})
    shown = [
        InstitutionRow(
            one, tallies[one.pk], (*points.get(one.pk, ()), tallies[one.pk].rate), one.pk in hidden
        )
        for one in institutions
        if one.pk in tallies
    ]
    shown.sort(key=_order)
    return Comparison(shown, add_up(tallies.values()), days, len(institutions) - len(shown))


def _order(row: InstitutionRow) -> tuple[bool, float, str]:
    rate = row.tally.rate
    # Hidden ones by name: their place among the others would tell their rate.
    return row.is_hidden, 0.0 if row.is_hidden else 101.0 if rate is None else rate, row.institution.name


def _curves(
    requirement: TrainingRequirement, ids: list[int], today: date
) -> tuple[list[date], dict[int, tuple[float | None, ...]]]:
    """Days of the points, and the rates of each institution at the ends of past months. One query."""
    months = last_months(today=today, count=MONTHS)
    past = standings_by_institution(requirement_id=requirement.pk, institution_ids=ids, months=months)
    points = {pk: tuple(tally.rate for tally in tallies) for pk, tallies in past.items()}
    return [*(month - ONE_DAY for month in months), today], points
