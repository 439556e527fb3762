"""How many people stand how in a requirement, without a name."""

from collections.abc import Sequence
from datetime import date

from lms.api.selectors.places import institution_ids_of
from lms.people.policy import Reach
from lms.people.selectors.reach import within
from lms.progress.models import AssignedTraining
from lms.progress.selectors.standings import CellTally, count_by_rank, count_by_unit, count_standings

DIMENSIONS = {
    "institution": ("institution_id",),
    "unit": ("institution_id", "unit_id"),
    "estamento": ("estamento",),
    "legal_quality": ("legal_quality",),
}


def list_counts(*, requirement_id: int, reach: Reach, by: str, day: date, today: date) -> list[CellTally]:
    """Counts of the day by one dimension. One query; one more for a reach without limits.

    From today on they are added up from changes; of a past day its segments are counted.
    """
    dimensions: Sequence[str] = DIMENSIONS[by]
    if day < today:
        rows = AssignedTraining.objects.on(day).filter(within(reach), requirement_id=requirement_id)
        return count_standings(rows=rows, dimensions=dimensions)
    count = count_by_unit if by == "unit" else count_by_rank
    return count(
        requirement_id=requirement_id,
        institution_ids=institution_ids_of(reach=reach),
        day=day,
        dimensions=dimensions,
    )
