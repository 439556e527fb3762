"""Where a person works, and which units a posting may have, within a reach."""

from lms.people.models import Institution, Person, Posting
from lms.people.policy import Reach
from lms.people.selectors.units import list_open_units, unit_paths
from lms.reports.people.selectors_people import list_postings

UnitChoices = list[tuple[str, list[tuple[str, str]]]]


def list_workplaces(*, person: Person, reach: Reach) -> list[Institution]:
    """Institutions in which the person has a posting within the reach, the latest first. One query."""
    jobs = list_postings(person_id=person.pk, reach=reach)
    return list(dict.fromkeys(job.institution for job in jobs))


def list_unit_choices(
    *, reach: Reach, also: Posting | None = None, institution_id: int | None = None
) -> UnitChoices:
    """Open units within the reach, by institution, each with its path. Two queries.

    ``also``: the unit of this posting can be kept, even if it is closed.
    """
    units = list_open_units(reach=reach, institution_id=institution_id)
    if also is not None and also.unit not in units:
        also.unit.institution = also.institution
        units.append(also.unit)
    paths = unit_paths(institution_ids={unit.institution_id for unit in units})
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(unit.institution.name, []).append((str(unit.pk), paths[unit.pk]))
    return [(name, sorted(choices, key=lambda choice: choice[1])) for name, choices in sorted(groups.items())]
