"""A roster that is stopped anywhere goes on from there, and ends as if nothing had happened."""

import io
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, transaction

from lms.journeys import import_roster as journey
from lms.journeys.tasks import work_on_roster
from lms.people.models import (
    Institution,
    Leave,
    Person,
    Posting,
    RosterChunk,
    RosterImport,
    RosterStatus,
    Unit,
)
from lms.people.models.rosters import WRITING
from lms.people.services import rosters
from lms.people.services.roster_errors import RosterBusyError, RosterDecidedError, RosterTakenError
from tests.factories.people import InstitutionFactory, PostingFactory
from tests.people.rosters import (
    EARLIER,
    TERMS,
    begin_apply,
    counts_of,
    csv_file,
    facts,
    go_on,
    line,
    load_roster,
    read_roster,
    receive_only,
)

pytestmark = pytest.mark.django_db

BEFORE = [line(n, unidad=f"Unidad {n % 4}") for n in range(40)]
AFTER = [
    *(
        line(n, unidad=f"Unidad {(n + n % 3) % 5}", apellidos=f"Peña {n}{'!' if n == 7 else ''}")
        for n in range(5, 45)
    ),
    line(99, estamento="Rey"),
    line(6),
]


class CrashError(Exception):
    """The power goes."""


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.people.services.roster_reading.CHUNK_ROWS", 7)
    monkeypatch.setattr("lms.people.services.roster_ending.CHUNK_ROWS", 2)
    monkeypatch.setattr("lms.people.rosters.guards.WRONG_PERCENT_LIMIT", 50)


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory(code="AA900")


@pytest.fixture
def expected(at: datetime) -> list[set[tuple[object, ...]]]:
    """What the records say after the two rosters, never interrupted."""
    with transaction.atomic():
        institution = InstitutionFactory()
        load_roster(institution, BEFORE, at=at, day=EARLIER)
        roster = receive_only(institution, AFTER, at=at)
        go_on(roster, at=at)
        rosters.begin_apply(roster=roster, at=at, confirm_ended=True, include_errors=True)
        go_on(roster, at=at)
        found = facts()
        transaction.set_rollback(True)
    return found


def prepare(institution: Institution, at: datetime) -> RosterImport:
    """The second roster in its preview."""
    load_roster(institution, BEFORE, at=at, day=EARLIER)
    roster = receive_only(institution, AFTER, at=at)
    go_on(roster, at=at)
    return roster


@pytest.mark.parametrize("steps", range(1, 12))
def test_reading_and_comparing_stopped_after_any_step_give_the_same_numbers(
    institution: Institution, at: datetime, steps: int
) -> None:
    whole = prepare(institution, at)
    counts = counts_of(whole)
    rows = [bytes(chunk.rows or b"") for chunk in whole.chunks.order_by("number")]
    rosters.discard_roster(roster=whole, at=at)
    roster = receive_only(institution, AFTER, at=at)

    go_on(roster, at=at, steps=steps)
    go_on(roster, at=at)

    assert counts_of(roster) == counts
    assert (counts.wrong, counts.correct) == (2, 40)
    assert [bytes(chunk.rows or b"") for chunk in roster.chunks.order_by("number")] == rows


@pytest.mark.parametrize("call", range(1, 9))
def test_writing_that_crashes_in_any_chunk_ends_as_if_it_had_not(
    institution: Institution,
    at: datetime,
    expected: list[set[tuple[object, ...]]],
    monkeypatch: pytest.MonkeyPatch,
    call: int,
) -> None:
    roster = prepare(institution, at)
    rosters.begin_apply(roster=roster, at=at, confirm_ended=True, include_errors=True)

    with monkeypatch.context() as patch:
        patch.setattr(journey, "follow_people", _crash_at(call))
        with pytest.raises(CrashError):
            go_on(roster, at=at)
    roster.refresh_from_db()
    assert roster.status in WRITING
    go_on(roster, at=at)

    assert roster.status == RosterStatus.APPLIED
    assert facts() == expected


def _crash_at(call: int) -> Callable[..., None]:
    calls = iter(range(1, 1000))

    def follow(*, person_ids: Sequence[int], at: datetime) -> None:
        if next(calls) == call:
            raise CrashError

    return follow


def test_a_chunk_that_crashes_leaves_nothing_of_itself(
    institution: Institution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = receive_only(institution, BEFORE, at=at)
    go_on(roster, at=at)
    begin_apply(roster, at=at)
    monkeypatch.setattr(journey, "follow_people", _crash_at(3))

    with pytest.raises(CrashError):
        go_on(roster, at=at)

    assert RosterChunk.objects.exclude(applied_at=None).count() == 2
    assert Person.objects.count() == Posting.objects.count() == 14


def test_undoing_that_crashes_ends_as_if_it_had_not(
    institution: Institution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = prepare(institution, at)
    before = facts()
    rosters.begin_apply(roster=roster, at=at, confirm_ended=True, include_errors=True)
    go_on(roster, at=at)
    rosters.begin_undo(roster=roster, at=at)

    with monkeypatch.context() as patch:
        patch.setattr(journey, "follow_people", _crash_at(4))
        with pytest.raises(CrashError):
            go_on(roster, at=at)
    go_on(roster, at=at)

    assert roster.status == RosterStatus.UNDONE
    assert facts() == before


def test_two_processes_on_one_roster_write_it_once(
    institution: Institution, at: datetime, expected: list[set[tuple[object, ...]]]
) -> None:
    roster = prepare(institution, at)
    rosters.begin_apply(roster=roster, at=at, confirm_ended=True, include_errors=True)

    turns = [_process(roster, at) for _ in range(2)]
    while turns:
        for process in list(turns):
            try:
                next(process)
            except (StopIteration, RosterTakenError):
                turns.remove(process)
    go_on(roster, at=at)

    assert roster.status == RosterStatus.APPLIED
    assert facts() == expected


def _process(roster: RosterImport, at: datetime) -> journey.Iterator[RosterImport]:
    return journey.work_on(roster=RosterImport.objects.get(pk=roster.pk), terms=TERMS, at=at)


def test_while_one_roster_is_written_no_other_of_the_institution_can_be(
    institution: Institution, at: datetime
) -> None:
    first, second = receive_only(institution, BEFORE, at=at), receive_only(institution, AFTER[:40], at=at)
    for roster in (first, second):
        go_on(roster, at=at)
    begin_apply(first, at=at)

    with pytest.raises(RosterBusyError):
        begin_apply(second, at=at)
    with pytest.raises(RosterDecidedError):
        begin_apply(first, at=at)


def test_the_database_itself_allows_one_written_roster_per_institution(
    institution: Institution, at: datetime
) -> None:
    for _ in range(2):
        receive_only(institution, BEFORE, at=at, day=EARLIER)
        receive_only(institution, AFTER, at=at)

    with pytest.raises(IntegrityError), transaction.atomic():
        RosterImport.objects.update(status=RosterStatus.APPLYING)


def test_a_database_that_gives_up_waiting_leaves_the_rest_to_the_background(
    institution: Institution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    roster = read_roster(institution, BEFORE, at=at)
    tries: list[int] = []

    def follow(*, person_ids: Sequence[int], at: datetime) -> None:
        tries.append(len(person_ids))
        if len(tries) == 1:
            raise OperationalError("deadlock detected")

    monkeypatch.setattr(journey, "follow_people", follow)
    journey.apply_roster(roster=roster, terms=TERMS, at=at)

    assert roster.status == RosterStatus.APPLIED
    assert Posting.objects.count() == 40


def test_the_task_goes_on_with_what_is_left_and_does_nothing_more_afterwards(
    institution: Institution, at: datetime
) -> None:
    roster = receive_only(institution, BEFORE, at=at)
    go_on(roster, at=at, steps=2)

    first = work_on_roster.call(str(roster.public_id))
    second = work_on_roster.call(str(roster.public_id))

    assert first == second == RosterStatus.PREVIEW


def test_a_task_that_has_worked_long_enough_hands_over(
    institution: Institution, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.journeys.tasks.LONGEST_SECONDS", -1)
    roster = receive_only(institution, BEFORE, at=at)

    assert work_on_roster.call(str(roster.public_id)) == "later"

    roster.refresh_from_db()
    assert roster.status == RosterStatus.PREVIEW  # tests run the next task at once


def test_whoever_was_changed_while_it_was_written_is_decided_anew_and_counted(
    institution: Institution, at: datetime
) -> None:
    load_roster(institution, BEFORE, at=at, day=EARLIER)
    roster = receive_only(institution, [*BEFORE[:39], line(60)], at=at)
    go_on(roster, at=at)
    begin_apply(roster, at=at)
    roster.refresh_from_db()
    while roster.status == RosterStatus.CHECKING:
        go_on(roster, at=at, steps=1)
    Posting.objects.filter(person__family_names="Peña 30").update(estamento="tecnicos")

    go_on(roster, at=at)

    counts = counts_of(roster)
    assert (roster.status, counts.differences, counts.moved, counts.ended) == (RosterStatus.APPLIED, 1, 1, 1)
    current = Posting.objects.valid_on(roster.roster_date).get(person__family_names="Peña 30")
    assert current.estamento == "profesionales"


def test_people_added_before_it_is_written_lead_back_to_the_preview(
    institution: Institution, at: datetime
) -> None:
    load_roster(institution, BEFORE, at=at, day=EARLIER)
    roster = receive_only(institution, BEFORE, at=at)
    go_on(roster, at=at)
    PostingFactory(institution=institution)

    begin_apply(roster, at=at)
    go_on(roster, at=at)

    assert (roster.status, counts_of(roster).ended) == (RosterStatus.PREVIEW, 1)


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_it_writes_is_followed_by_one_that_ends_the_work(
    tmp_path: Path, database_url: str, at: datetime
) -> None:
    InstitutionFactory(code="AA900")
    file = tmp_path / "nomina.csv"
    file.write_bytes(csv_file(line(n, unidad=f"Unidad {n % 90}") for n in range(6_000)).getvalue())
    environment = os.environ | {"DATABASE_URL": database_url, "DJANGO_SETTINGS_MODULE": "tests.jobs.settings"}
    command = [
        sys.executable, "manage.py", "import_roster", str(file), "--institution=AA900", "--date=2026-11-01", "--apply",
    ]  # fmt: skip
    victim = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
    _wait_until(lambda: RosterChunk.objects.exclude(applied_at=None).exists())
    victim.send_signal(signal.SIGKILL)
    victim.wait()
    assert RosterImport.objects.get().status == RosterStatus.APPLYING

    call_command("import_roster", "--institution=AA900", "--resume", stdout=io.StringIO())

    assert RosterImport.objects.get().status == RosterStatus.APPLIED
    assert (Person.objects.count(), Posting.objects.count(), Unit.objects.count()) == (6_000, 6_000, 90)
    assert not Leave.objects.exists()


def _wait_until(condition: Callable[[], bool]) -> None:
    tick = threading.Event()
    for _ in range(6_000):
        if condition():
            return
        tick.wait(0.01)
    pytest.fail("Nothing happened within a minute.")
