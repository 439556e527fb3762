"""Months that are set apart and come back."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.test import Client

from lms.lib import clock
from lms.xapi.engines import current_engine
from lms.xapi.models import IndexRow, Link, Statement
from lms.xapi.rules.positions import month_bounds, month_of
from lms.xapi.services.archive import ArchiveError, attach_month, detach_month, list_months
from tests.xapi.callers import STATEMENTS, open_client, post
from tests.xapi.sayings import OTHER, kept, say, saying

pytestmark = pytest.mark.django_db
MARCH = (2025, 3)


def command(*arguments: str) -> str:
    out = io.StringIO()
    call_command("archive_statements", *arguments, stdout=out)
    return out.getvalue()


def say_in_march(**more: Any) -> dict[str, Any]:
    """A statement that was stored in March 2025."""
    said = saying(**more)
    say(said)
    current_engine().ensure_months([MARCH])
    was = Statement.objects.get(id=said["id"]).position
    place = month_bounds(*MARCH)[0] + was % 4096 + 4096
    with connection.cursor() as cursor:
        for table in ("xapi_statement", "xapi_indexrow", "xapi_link", "xapi_statementkey"):
            cursor.execute(f"UPDATE {table} SET position = %s WHERE position = %s", [place, was])
    return said


@pytest.fixture
def client() -> Client:
    return open_client(at=clock.now())


def test_a_statement_of_a_month_set_apart_is_not_found(client: Client) -> None:
    said, later = say_in_march(), saying()
    say(later)
    assert client.get(STATEMENTS, {"statementId": said["id"]}).status_code == 200
    detach_month(year=2025, month=3)
    assert client.get(STATEMENTS, {"statementId": said["id"]}).status_code == 404
    for parameters in ({}, {"verb": said["verb"]["id"]}, {"agent": json.dumps(said["actor"])}):
        found = client.get(STATEMENTS, parameters).json()["statements"]
        assert [statement["id"] for statement in found] == [later["id"]]


def test_a_month_that_comes_back_is_as_it_was(client: Client) -> None:
    said = say_in_march()
    before = kept(said["id"])
    detach_month(year=2025, month=3)
    attach_month(year=2025, month=3)
    assert client.get(STATEMENTS, {"statementId": said["id"]}).json() == before
    found = client.get(STATEMENTS, {"agent": json.dumps(said["actor"])}).json()["statements"]
    assert found == [before]


def test_what_is_set_apart_is_kept_whole_in_its_schema() -> None:
    say_in_march(actor={"objectType": "Group", "member": [OTHER, {"mbox": "mailto:b@otro.example"}]})
    before = (Statement.objects.count(), IndexRow.objects.count(), Link.objects.count())
    detach_month(year=2025, month=3)
    assert (Statement.objects.count(), IndexRow.objects.count(), Link.objects.count()) == (0, 0, 0)
    with connection.cursor() as cursor:
        found = []
        for table in ("statement", "indexrow", "link"):
            cursor.execute(f"SELECT count(*) FROM xapi_archivo.xapi_{table}_2025_03")
            found.append(cursor.fetchone()[0])
    assert tuple(found) == before


def test_an_archived_id_with_other_content_is_still_a_conflict(client: Client) -> None:
    said = say_in_march()
    detach_month(year=2025, month=3)
    assert post(client, said | {"actor": OTHER}).status_code == 409
    assert post(client, said).status_code == 200
    assert not Statement.objects.exists()


def test_the_list_of_months_says_where_each_is() -> None:
    say_in_march()
    assert (2025, 3, False) in [(m.year, m.month, m.is_archived) for m in list_months()]
    detach_month(year=2025, month=3)
    found = [(m.year, m.month, m.is_archived) for m in list_months()]
    assert (2025, 3, True) in found
    assert found == sorted(found)


def test_a_month_that_is_not_there_is_said() -> None:
    with pytest.raises(ArchiveError, match=r"1999-01 no está en el registro"):
        detach_month(year=1999, month=1)
    with pytest.raises(ArchiveError, match=r"1999-01 no está en el archivo"):
        attach_month(year=1999, month=1)


def test_a_month_is_not_set_apart_twice() -> None:
    say_in_march()
    detach_month(year=2025, month=3)
    with pytest.raises(ArchiveError, match="no está en el registro"):
        detach_month(year=2025, month=3)


def test_a_month_that_was_made_anew_meanwhile_does_not_come_back_by_an_error() -> None:
    say_in_march()
    detach_month(year=2025, month=3)
    current_engine().ensure_months([MARCH])
    with pytest.raises(ArchiveError):
        attach_month(year=2025, month=3)


def test_the_month_in_which_we_are_is_not_set_apart() -> None:
    """Every writer would make it anew, and it could never come back."""
    year, month = month_of(clock.now())
    with pytest.raises(ArchiveError):
        detach_month(year=year, month=month)


def test_the_command_lists_sets_apart_and_brings_back() -> None:
    say_in_march()
    assert "2025-03  registro" in command()
    assert "pg_dump -n xapi_archivo" in command("detach", "2025-03")
    assert "2025-03  archivo" in command("list")
    assert command("attach", "2025-03") == "2025-03 está de nuevo en el registro.\n"


def test_the_command_says_that_a_month_is_not_there() -> None:
    with pytest.raises(CommandError, match="1999-01"):
        command("detach", "1999-01")


def test_a_month_whose_making_was_taken_back_is_made_again() -> None:
    """A process that believed otherwise could store nothing until it is started again."""

    with transaction.atomic():
        for _ in range(2):
            current_engine().ensure_months([(2032, 7)])
        transaction.set_rollback(True)
    current_engine().ensure_months([(2032, 7)])
    assert (2032, 7) in [(found.year, found.month) for found in list_months()]
