"""What is kept of a roster's file, for how long, and that no RUN ever is."""

import io
import re
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.files.storage import storages
from django.db import connection

from lms.people.models import RosterChunk, RosterImport, RosterStatus
from lms.people.rosters.problems import RosterFileError
from lms.people.selectors.rosters import list_problems, list_wrong_rows
from lms.people.services import rosters
from tests.factories.people import make_run
from tests.people.rosters import TERMS, Reader, apply_roster, line

pytestmark = pytest.mark.django_db


def test_a_file_that_cannot_be_read_leaves_no_trace(read: Reader) -> None:
    with pytest.raises(RosterFileError):
        read(io.BytesIO(b"nada"))

    assert not RosterImport.objects.exists()


def test_a_decision_erases_the_file_the_rows_and_what_was_quoted(
    read: Reader, at: datetime, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    for decide in (
        lambda roster: apply_roster(roster, at=at, include_errors=True),
        lambda roster: rosters.discard_roster(roster=roster, at=at),
    ):
        roster = read([line(n) for n in range(60)] + [line(99, estamento="Rey"), line(1)])
        name = roster.file
        assert storages["rosters"].exists(name)

        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            decide(roster)

        roster.refresh_from_db()
        assert (roster.file, roster.titles, roster.inspection) == ("", [], {})
        assert not storages["rosters"].exists(name)
        assert not RosterChunk.objects.exclude(rows=None, wrong="").exists()
        details = [problem.detail for problem in list_problems(roster=roster, keys=[TERMS.sealing_key])]
        assert details == ["", "3"]


def test_the_same_upload_twice_leaves_one_preview(read: Reader) -> None:
    first, second = read([line(1)]), read([line(1)])

    first.refresh_from_db()
    assert (first.status, second.status) == (RosterStatus.DISCARDED, RosterStatus.PREVIEW)


def test_unused_previews_are_discarded_after_a_week(read: Reader, at: datetime) -> None:
    roster = read([line(1)])

    assert rosters.discard_unused_rosters(at=at + timedelta(days=7)) == 0
    assert rosters.discard_unused_rosters(at=at + timedelta(days=7, seconds=1)) == 1

    roster.refresh_from_db()
    assert (roster.status, roster.file) == (RosterStatus.DISCARDED, "")


def test_no_run_stays_anywhere_in_the_database(read: Reader, at: datetime) -> None:
    wrong = make_run(11_000_900)
    lines = [line(n) for n in range(40)] + [line(99, run="11.000.900-" + ("1" if wrong[-1] != "1" else "2"))]
    roster = read(lines, name="nomina 11.000.001-9.csv")
    _assert_no_run()

    apply_roster(roster, at=at, include_errors=True)

    _assert_no_run()


def _assert_no_run() -> None:
    """Looks for the bodies of the tests' RUN in every column of every table, rows unpacked."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for values in cursor.fetchall():
                text = " ".join(map(_readable, values))
                assert not re.search(r"1100(00|09)\d\d|11\.000\.[09]", text), table


def _readable(value: object) -> str:
    """The value as text, without fingerprints and identifiers, whose random digits may be any."""
    if isinstance(value, memoryview):
        value = bytes(value)
    if isinstance(value, bytes) and value.startswith(b"x\x9c"):
        value = zlib.decompress(value).decode()
    return re.sub(r"[0-9a-f-]{32,}", "", str(value))


def test_wrong_rows_are_kept_encrypted_and_come_back_as_they_were(read: Reader) -> None:
    roster = read([line(1), line(2, run="12.345.678-4", nombres="=1+1")])

    stored = RosterChunk.objects.get().wrong
    rows = list(list_wrong_rows(roster=roster, keys=[TERMS.sealing_key]))

    assert "12.345.678" not in stored
    assert [row.cells[:2] for row in rows] == [["12.345.678-4", "=1+1"]]
    assert [problem.problem for problem in rows[0].problems] == ["wrong_digit", "formula"]
