"""Who looks at which people, in which requirement, on which day: settled once for every compliance page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.http import Http404

from lms.lib.clock import local_date
from lms.people.models import Institution
from lms.people.policy import Action, Grant, Reach, Viewer, grants_for, reach_of, require_any
from lms.people.selectors.places import list_institutions_within
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.models.assigned import AssignedTrainingQuerySet
from lms.progress.selectors.requirements import list_visible
from lms.reports.compliance.standing_filters import StandingFilters, read_standing_filters


@dataclass(frozen=True)
class StandingScope:
    """What a page may show. ``unit_ids`` not ``None``: only these units of the institution.

    ``requirement`` is ``None`` where nothing is asked of the institution yet.
    """

    viewer: Viewer
    grant: Grant
    institution: Institution
    institutions: list[Institution]
    unit_ids: frozenset[int] | None
    requirement: TrainingRequirement | None
    requirements: list[TrainingRequirement]
    filters: StandingFilters
    at: datetime
    today: date

    @property
    def day(self) -> date:
        return self.filters.day or self.today

    @property
    def is_today(self) -> bool:
        return self.filters.day is None

    def rows(self) -> AssignedTrainingQuerySet:
        """The segments of the day that may be shown, before any filter. No query."""
        rows = AssignedTraining.objects.on(self.day).filter(
            requirement=self.requirement, institution=self.institution
        )
        return rows if self.unit_ids is None else rows.filter(unit_id__in=self.unit_ids)


class NothingToShowError(Exception):
    """The viewer may look, but there are no people of an institution yet."""


def enter_scope(*, viewer: Viewer, action: Action, data: Mapping[str, str], at: datetime) -> StandingScope:
    """The scope of a request. Three queries: institutions, requirements, people they reach.

    Raises:
        NotAllowedError: no grant for the action.
        Http404: an unknown institution or requirement, or not within the grants.
        NothingToShowError: see there.
    """
    require_any(viewer=viewer, action=action)
    today = local_date(at)
    filters = read_standing_filters(data, today=today)
    reach = reach_of(viewer=viewer, action=action)
    institutions = list_institutions_within(reach=reach)
    if not institutions:
        raise NothingToShowError
    institution = _choose(institutions, filters.institution, viewer)
    requirements = list_visible(institution_id=institution.pk, day=today)
    chosen = [one for one in requirements if str(one.public_id) == filters.requirement]
    if filters.requirement and not chosen:
        raise Http404
    return StandingScope(
        viewer=viewer,
        grant=_grant_for(viewer, action, institution.pk),
        institution=institution,
        institutions=institutions,
        unit_ids=_units_of(reach, institution.pk),
        requirement=next(iter(chosen or requirements), None),
        requirements=requirements,
        filters=filters,
        at=at,
        today=today,
    )


def _choose(institutions: list[Institution], code: str, viewer: Viewer) -> Institution:
    """The one asked for; else the viewer's own, else the first."""
    if code:
        found = next((one for one in institutions if one.code == code), None)
        if found is None:
            raise Http404
        return found
    own = next((one for one in institutions if one.pk == viewer.institution_id), None)
    return own or institutions[0]


def _units_of(reach: Reach, institution_id: int) -> frozenset[int] | None:
    """``None`` where the whole institution may be seen."""
    return None if reach.everywhere or institution_id in reach.institution_ids else reach.unit_ids


def _grant_for(viewer: Viewer, action: Action, institution_id: int) -> Grant:
    """The grant under which the look is written down: one of the whole institution before one of a unit."""
    grants = grants_for(viewer=viewer, action=action)
    whole = next((grant for grant in grants if grant.covers(institution_id)), None)
    return whole or next(grant for grant in grants if grant.institution_id == institution_id)
