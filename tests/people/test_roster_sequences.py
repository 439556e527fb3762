"""Whatever rosters follow each other: nobody ever has two postings in one institution at once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from lms.journeys import import_roster as journey
from lms.people.models import Institution, Leave, Posting, RosterStatus
from tests.factories.people import InstitutionFactory
from tests.people.rosters import HEADER, TERMS, apply_roster, line, read_roster, records

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("America/Santiago"))
FIRST = date(2026, 1, 1)
DAYS = st.integers(0, 300)


@dataclass(frozen=True)
class Job:
    """One row: unit, days before and after the roster's date, absence; ``None`` leaves the cell empty."""

    unit: int
    since: int | None
    until: int | None
    away: int | None


@dataclass(frozen=True)
class Roster:
    """People by number, so many days after the roster before; undone when it was a mistake."""

    later: int
    jobs: dict[int, Job]
    is_undone: bool


JOBS = st.builds(
    Job,
    unit=st.integers(0, 2),
    since=st.none() | DAYS,
    until=st.none() | DAYS,
    away=st.none() | st.integers(-90, 90),
)
ROSTERS = st.builds(
    Roster,
    later=st.integers(0, 60),
    jobs=st.dictionaries(st.integers(1, 4), JOBS, min_size=1),
    is_undone=st.booleans(),
)


@given(rosters=st.lists(ROSTERS, min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_any_sequence_of_rosters_leaves_no_overlap_and_undoing_leaves_no_trace(rosters: list[Roster]) -> None:
    with transaction.atomic():
        institution, day, at = InstitutionFactory(), FIRST, AT
        for roster in rosters:
            day, at = day + timedelta(days=roster.later), at + timedelta(minutes=1)
            _load(institution, roster, day, at)
        transaction.set_rollback(True)


def _load(institution: Institution, roster: Roster, day: date, at: datetime) -> None:
    before = records()
    lines = [_line(number, job, day) for number, job in roster.jobs.items()]
    loaded = read_roster(institution, lines, at=at, day=day, header=(*HEADER, "Ausente desde"))
    apply_roster(loaded, at=at, confirm_ended=True)
    assert loaded.status == RosterStatus.APPLIED
    _assert_no_overlap()
    again = read_roster(institution, lines, at=at, day=day, header=(*HEADER, "Ausente desde"))
    assert again.counts["unchanged"] == len(lines), again.counts
    assert again.counts["ended"] == 0
    if roster.is_undone:
        journey.undo_roster(roster=loaded, terms=TERMS, at=at)
        assert records() == before


def _line(number: int, job: Job, day: date) -> list[object]:
    cells = line(
        number,
        unidad=f"Unidad {job.unit}",
        desde="" if job.since is None else f"{day - timedelta(days=job.since):%d-%m-%Y}",
        hasta="" if job.until is None else f"{day + timedelta(days=job.until):%d-%m-%Y}",
    )
    return [*cells, "" if job.away is None else f"{day + timedelta(days=job.away):%d-%m-%Y}"]


def _assert_no_overlap() -> None:
    for model, first, last in ((Posting, "valid_from", "valid_until"), (Leave, "first_day", "last_day")):
        rows = list(model.objects.order_by("person_id", "institution_id", first))  # type: ignore[attr-defined]
        for earlier, later in pairwise(rows):
            if (earlier.person_id, earlier.institution_id) == (later.person_id, later.institution_id):
                end = getattr(earlier, last)
                assert end is not None and end < getattr(later, first)
