"""A target that is down, slow or difficult: nothing is lost, nobody else waits, and it is tried again."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic

import pytest

from lms.xapi.models import DeadLetter, ForwardTarget
from lms.xapi.services import forwarding, lrs_client
from tests.xapi.sayings import say_some
from tests.xapi.stub_lrs import (
    Behaviour,
    Reply,
    StubLrs,
    accept,
    answer,
    answer_after,
    hang_up,
    in_turn,
    open_stub,
    refuse,
    take_at_most,
)
from tests.xapi.targets import AT, forward_all, fresh, open_target

pytestmark = pytest.mark.usefixtures("committed_record")
SECOND = timedelta(seconds=1)
DOWN: dict[str, Behaviour] = {
    "500": answer(500, "se cayó"),
    "503": answer(503),
    "401": answer(401, "no te conozco"),
    "403": answer(403),
    "404": answer(404),
    "429": answer(429, Retry_After="5"),
    "302": answer(302, Location="http://127.0.0.1:9/"),
    "hang-up": hang_up,
}


@pytest.fixture
def stub() -> Iterator[StubLrs]:
    with open_stub() as found:
        yield found


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Behaviour]:
    """Answers when the client has long given up."""
    monkeypatch.setattr(lrs_client, "READ_SECONDS", 0.2)
    event = threading.Event()
    yield answer_after(event)
    event.set()


@pytest.mark.parametrize("behave", DOWN.values(), ids=DOWN)
def test_a_target_that_is_down_gets_everything_later(stub: StubLrs, behave: Behaviour) -> None:
    ids = say_some(3)
    target = open_target(stub)
    stub.behave = behave
    assert forward_all() == 0
    stub.behave = accept
    assert forward_all(now=fresh(target).next_attempt_at or AT) == 3
    assert stub.taken == ids
    assert not DeadLetter.objects.exists()


@pytest.mark.parametrize("behave", DOWN.values(), ids=DOWN)
def test_the_others_get_theirs_while_one_is_down(stub: StubLrs, behave: Behaviour) -> None:
    ids = say_some(3)
    stub.behave = behave
    open_target(stub)
    with open_stub() as other:
        open_target(other)
        assert forward_all() == 3
        assert other.taken == ids


def test_nobody_listens_and_nothing_is_lost() -> None:
    with open_stub() as gone:
        target = open_target(gone)
    say_some(1)
    assert forward_all() == 0
    assert fresh(target).last_error.startswith("No responde")


def test_a_slow_target_is_given_up_and_the_others_do_not_wait(stub: StubLrs, slow: Behaviour) -> None:
    ids = say_some(2)
    stub.behave = slow
    target = open_target(stub)
    with open_stub() as other:
        open_target(other)
        began = monotonic()
        assert forward_all() == 2
        assert monotonic() - began < 5
        assert other.taken == ids
    assert fresh(target).failures == 1


def test_an_answer_without_end_is_given_up(stub: StubLrs) -> None:
    poured: list[int] = []
    stopped = threading.Event()

    def pour(write: Callable[[bytes], object]) -> None:
        try:
            for _ in range(256):
                write(b"x" * 65536)
                poured.append(65536)
        finally:
            stopped.set()

    stub.behave = lambda heard: Reply(pour=pour)
    target = open_target(stub)
    say_some(1)
    assert forward_all() == 0
    assert "demasiado larga" in fresh(target).last_error
    assert stopped.wait(10)
    # What lies in the buffers of two sockets comes on top of the megabyte.
    assert sum(poured) < 12 * 1024 * 1024


def test_an_answer_that_drips_is_given_up(stub: StubLrs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lrs_client, "READ_SECONDS", 0.3)
    tick = threading.Event()

    def pour(write: Callable[[bytes], object]) -> None:
        for _ in range(30):
            write(b" ")
            tick.wait(0.1)

    stub.behave = lambda heard: Reply(pour=pour)
    open_target(stub)
    say_some(1)
    began = monotonic()
    forward_all()
    assert monotonic() - began < 2


def test_the_pause_doubles_up_to_an_hour(stub: StubLrs) -> None:
    stub.behave = answer(500)
    target = open_target(stub)
    say_some(1)
    now, pauses = AT, []
    for _ in range(11):
        forward_all(now=now)
        following = fresh(target).next_attempt_at
        assert following is not None
        pauses.append(round((following - now).total_seconds()))
        now = following
    assert pauses == [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]


def test_before_its_time_a_target_is_left_in_peace(stub: StubLrs) -> None:
    stub.behave = answer(500)
    open_target(stub)
    say_some(1)
    forward_all()
    forward_all(now=AT + 14 * SECOND)
    assert len(stub.heard) == 1
    forward_all(now=AT + 15 * SECOND)
    assert len(stub.heard) == 2


@pytest.mark.parametrize(
    ("asked", "pause"), [("600", 600), ("2", 15), ("86400", 3600), ("-5", 15), ("mañana", 15), ("", 15)]
)
def test_the_wait_that_a_target_asks_for_is_kept_within_reason(stub: StubLrs, asked: str, pause: int) -> None:
    stub.behave = answer(503, Retry_After=asked.encode().decode("latin-1"))
    target = open_target(stub)
    say_some(1)
    forward_all()
    assert fresh(target).next_attempt_at == AT + pause * SECOND


def test_success_after_failures_forgets_them(stub: StubLrs) -> None:
    stub.behave = in_turn(answer(500), accept)
    target = open_target(stub)
    say_some(1)
    forward_all()
    forward_all(now=AT + 60 * SECOND)
    found = fresh(target)
    assert (found.failures, found.last_error, found.next_attempt_at) == (0, "", None)
    assert (found.sent_count, found.last_sent_at) == (1, AT + 60 * SECOND)


def test_a_failure_after_a_success_in_the_same_turn_is_the_first(
    stub: StubLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding, "BATCH", 1)
    stub.behave = in_turn(accept, answer(500))
    target = open_target(stub)
    ForwardTarget.objects.update(failures=7)
    say_some(2)
    forward_all()
    assert fresh(target).failures == 1


@pytest.mark.parametrize("status", [400, 409, 413, 422])
def test_poison_is_set_aside_with_its_reason_and_the_rest_arrives_in_order(
    stub: StubLrs, status: int
) -> None:
    ids = say_some(9)
    stub.behave = refuse(ids[4], status=status)
    target = open_target(stub)
    assert forward_all() == 8
    assert stub.taken == [*ids[:4], *ids[5:]]
    letter = DeadLetter.objects.get()
    assert (str(letter.statement_id), letter.target, letter.at) == (ids[4], target, AT)
    assert letter.reason == f"Respondió {status}: no me gusta {ids[4]}"
    assert fresh(target).failures == 0


def test_poison_is_sent_once_and_not_again(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    open_target(stub)
    forward_all()
    forward_all()
    assert len(stub.heard) == 1


def test_poison_at_one_target_is_none_at_another(stub: StubLrs) -> None:
    ids = say_some(3)
    stub.behave = refuse(*ids)
    open_target(stub)
    with open_stub() as other:
        open_target(other)
        forward_all()
        assert other.taken == ids
    assert DeadLetter.objects.count() == 3


def test_what_is_too_much_at_once_is_sent_in_halves(stub: StubLrs) -> None:
    ids = say_some(10)
    stub.behave = take_at_most(3)
    open_target(stub)
    assert forward_all() == 10
    assert stub.taken == ids
    assert not DeadLetter.objects.exists()


def test_a_failure_between_two_halves_loses_nothing(stub: StubLrs) -> None:
    ids = say_some(4)
    stub.behave = in_turn(answer(413), accept, answer(500), accept)
    open_target(stub)
    forward_all()
    assert stub.taken == ids[:2]
    forward_all(now=AT + 60 * SECOND)
    assert stub.taken == [*ids[:2], *ids]


def test_connections_are_kept_between_requests(stub: StubLrs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "BATCH", 1)
    say_some(5)
    open_target(stub)
    forward_all()
    assert (len(stub.heard), stub.connections) == (5, 1)
