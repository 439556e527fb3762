"""Postings and leaves as a person's file shows them, and what the viewer may change there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.lib.clock import local_date
from lms.people.days import overlaps_any
from lms.people.models import Leave, Person, Posting
from lms.people.policy import Action, Viewer, reach_of
from lms.people.selectors.merges import MergeLine, list_undoable
from lms.people.selectors.units import unit_paths
from lms.reports.people.selectors_people import spans_of


@dataclass(frozen=True)
class JobLine:
    """A posting. ``overlaps``: on some days the person has another one in the same institution.

    ``is_over``: its last day has passed.
    """

    posting: Posting
    unit_path: str
    overlaps: bool
    is_over: bool
    can_change: bool


@dataclass(frozen=True)
class LeaveLine:
    """A leave in an institution whose people the viewer sees."""

    leave: Leave
    can_change: bool


@dataclass(frozen=True)
class JobFile:
    """All of it. ``shows_institution``: the leaves are of several institutions."""

    jobs: list[JobLine]
    leaves: list[LeaveLine]
    merges: list[MergeLine]
    can_change: bool
    shows_institution: bool


def get_job_file(*, viewer: Viewer, person: Person, postings: Sequence[Posting], at: datetime) -> JobFile:
    """Of the postings that the viewer may see. Three queries.

    Leaves are those of the same institutions: of another one nothing is told.
    """
    reach = reach_of(viewer=viewer, action=Action.MANAGE_PEOPLE)
    places = {posting.institution_id for posting in postings}
    paths = unit_paths(institution_ids=places)
    jobs = [
        JobLine(
            posting,
            paths[posting.unit_id],
            overlaps=_overlaps(posting, postings),
            is_over=posting.valid_until is not None and posting.valid_until < local_date(at),
            can_change=reach.covers(posting.institution_id, posting.unit_id),
        )
        for posting in postings
    ]
    mine = {job.posting.institution_id for job in jobs if job.can_change}
    leaves = Leave.objects.filter(person=person, institution_id__in=places).select_related("institution")
    return JobFile(
        jobs=jobs,
        leaves=[LeaveLine(leave, leave.institution_id in mine) for leave in leaves],
        merges=list_undoable(person_id=person.pk, at=at) if mine else [],
        can_change=bool(mine),
        shows_institution=len(places) > 1,
    )


def _overlaps(posting: Posting, postings: Sequence[Posting]) -> bool:
    others = [
        one for one in postings if one.pk != posting.pk and one.institution_id == posting.institution_id
    ]
    return overlaps_any(days=spans_of(postings=[posting])[0], others=spans_of(postings=others))
