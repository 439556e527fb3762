"""The order of the record: positions, what is settled, and several writers at once."""

import threading
import uuid
from datetime import timedelta

import pytest
from django.db import transaction

from lms.lib import clock
from lms.xapi.engines import consistent_through, current_engine
from lms.xapi.models import Reference, Statement, StatementKey
from lms.xapi.rules.formats import parse_instant
from lms.xapi.rules.positions import LAST, TIES, month_bounds, position_at, stored_at
from lms.xapi.services.storing import ATTEMPTS
from tests.xapi.sayings import kept, say, say_some, saying
from tests.xapi.threads import run_at_once, uncommitted

pytestmark = pytest.mark.usefixtures("committed_record")


def list_positions() -> list[int]:
    return list(Statement.objects.order_by("position").values_list("position", flat=True))


def test_statements_have_the_order_in_which_they_were_stored() -> None:
    ids = [say_some(1)[0] for _ in range(20)]
    assert [str(row.id) for row in Statement.objects.order_by("position")] == ids


def test_a_batch_has_the_order_in_which_it_was_sent() -> None:
    ids = say_some(50)
    assert [str(row.id) for row in Statement.objects.order_by("position")] == ids


def test_stored_is_the_position_as_an_instant() -> None:
    for statement_id in say_some(5):
        row = Statement.objects.get(id=statement_id)
        assert parse_instant(kept(statement_id)["stored"]) == stored_at(row.position)


def test_stored_is_the_time_of_day() -> None:
    before = clock.now()
    (statement_id,) = say_some(1)
    stored = parse_instant(kept(statement_id)["stored"])
    assert before - timedelta(seconds=1) <= stored <= clock.now() + timedelta(seconds=1)


def test_no_two_statements_of_a_batch_have_one_instant() -> None:
    say_some(50)
    assert len({stored_at(position) for position in list_positions()}) == 50


def test_positions_of_many_writers_are_unique_and_grow_with_each() -> None:
    mine: list[list[str]] = [[], [], [], []]

    def write(place: int) -> None:
        for _ in range(15):
            mine[place] += say_some(3)

    assert run_at_once(*[lambda place=place: write(place) for place in range(4)]) == []
    rows = {str(row.id): row.position for row in Statement.objects.all()}
    assert len(set(rows.values())) == 180
    for ids in mine:
        assert [rows[found] for found in ids] == sorted(rows[found] for found in ids)


def test_everything_committed_is_settled() -> None:
    say_some(3)
    assert current_engine().settled_before() > list_positions()[-1]
    assert consistent_through() >= stored_at(list_positions()[-1])


def test_an_empty_record_is_settled_too() -> None:
    assert current_engine().settled_before() <= position_at(clock.now() + timedelta(seconds=1))


def test_what_is_not_committed_yet_is_not_settled() -> None:
    early = saying()
    with uncommitted(lambda: say(early)):
        settled, through = current_engine().settled_before(), consistent_through()
    position = Statement.objects.get(id=early["id"]).position
    assert settled <= position
    assert through < stored_at(position)


def test_a_transaction_that_is_taken_back_holds_nothing_back() -> None:
    with transaction.atomic():
        say_some(1)
        transaction.set_rollback(True)
    say_some(1)
    assert current_engine().settled_before() > list_positions()[-1]


def test_nothing_appears_before_what_was_settled() -> None:
    """A reader that looks again and again, as forwarding does, sees each statement once."""
    done, seen, cursor = threading.Event(), list[int](), [-LAST]

    def read() -> None:
        settled = current_engine().settled_before()
        found = Statement.objects.filter(position__gt=cursor[0], position__lt=settled)
        new = list(found.order_by("position").values_list("position", flat=True))
        seen.extend(new)
        cursor[0] = max(cursor[0], settled - 1)

    def keep_reading() -> None:
        while not done.is_set():
            read()

    def write() -> None:
        for _ in range(25):
            say_some(2)

    def write_all() -> None:
        try:
            writers.extend(run_at_once(write, write, write))
        finally:
            done.set()

    writers: list[BaseException] = []
    assert run_at_once(keep_reading, write_all) == []
    read()
    assert writers == []
    assert seen == list_positions()


def test_overlapping_ids_in_opposite_order_are_stored_once_and_nobody_sees_an_error() -> None:
    for _ in range(5):
        batch = [saying() for _ in range(20)]
        assert run_at_once(lambda b=batch: say(*b), lambda b=batch: say(*b[::-1])) == []
        assert Statement.objects.filter(id__in=[said["id"] for said in batch]).count() == 20


def test_statements_that_refer_to_each_other_do_not_block_each_other_for_ever() -> None:
    """Each writer holds its own key and wants the other's: a deadlock, tried again."""
    for _ in range(ATTEMPTS):
        first, second = str(uuid.uuid4()), str(uuid.uuid4())

        def refer(own: str, other: str) -> None:
            say(saying(object={"objectType": "StatementRef", "id": other}) | {"id": own})

        works = [lambda a=first, b=second: refer(a, b), lambda a=second, b=first: refer(a, b)]
        assert run_at_once(*works) == []
    assert Statement.objects.count() == 2 * ATTEMPTS
    assert Reference.objects.count() == 2 * ATTEMPTS
    assert not StatementKey.objects.filter(position=None).exists()


def test_two_that_say_the_same_at_once_leave_one() -> None:
    said = saying()
    assert run_at_once(*[lambda: say(said)] * 6) == []
    assert Statement.objects.count() == 1


@pytest.mark.parametrize("year", [2000, 2026, 2069])
@pytest.mark.parametrize("month", [1, 2, 12])
def test_months_follow_each_other_without_gap(year: int, month: int) -> None:
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    low, high = month_bounds(year, month)
    assert high == month_bounds(*following)[0]
    assert low % TIES == high % TIES == 0
    assert stored_at(high - 1) < stored_at(high)
