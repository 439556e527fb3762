"""At least once, and once where it can be: crashes, two workers, repetition, the periodic job."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from lms.jobs.schedule import list_jobs
from lms.xapi.models import DeadLetter, Statement
from lms.xapi.services import forwarding
from lms.xapi.services.forward_targets import delete_target, replay_from
from lms.xapi.services.forwarding import LaterError, retry_dead_letter
from tests.xapi.installation import open_installation
from tests.xapi.sayings import say, say_some, saying
from tests.xapi.stub_lrs import StubLrs, accept, answer, open_stub, refuse
from tests.xapi.targets import AT, forward_all, fresh, open_target, sending
from tests.xapi.threads import run_at_once

pytestmark = pytest.mark.usefixtures("committed_record")
MINUTE = timedelta(minutes=1)


class CrashError(BaseException):
    """The process dies."""


@pytest.fixture
def stub() -> Iterator[StubLrs]:
    with open_stub() as found:
        yield found


@pytest.fixture
def crash(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """One turn that dies between the answer and the move of the cursor."""

    def die(*args: Any) -> None:
        raise CrashError

    def run() -> None:
        with monkeypatch.context() as patch:
            patch.setattr(forwarding, "_advance", die)
            with pytest.raises(CrashError):
                forward_all()

    return run


def test_after_a_crash_the_same_ids_go_again(stub: StubLrs, crash: Callable[[], None]) -> None:
    ids = say_some(3)
    open_target(stub)
    crash()
    forward_all(now=AT + 5 * MINUTE)
    assert stub.taken == [*ids, *ids]
    assert stub.heard[0].body == stub.heard[1].body


def test_after_a_crash_an_lrs_of_our_own_keeps_one_of_each(tmp_path: Path, crash: Callable[[], None]) -> None:
    ids = say(saying(), saying(), saying(result={"extensions": {"urn:n": 1.5}}))
    with open_installation(tmp_path) as other:
        target = open_target(other.endpoint, key=other.key, secret=other.secret, own_pseudonyms=True)
        crash()
        assert forward_all(now=AT + 5 * MINUTE) == 3
        replay_from(target_id=target.pk, since=Statement.objects.earliest("position").stored)
        assert forward_all(now=AT + 10 * MINUTE) == 3
        assert [statement["id"] for statement in other.list_statements()] == ids
    assert not DeadLetter.objects.exists()


def test_two_workers_at_once_send_once(stub: StubLrs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forwarding, "BATCH", 2)
    ids = say_some(9)
    open_target(stub)
    assert run_at_once(*[forward_all] * 4) == []
    assert stub.taken == ids


def test_a_target_that_another_worker_serves_is_left_alone(stub: StubLrs) -> None:
    say_some(1)
    target = open_target(stub)
    type(target).objects.update(leased_until=AT + MINUTE)
    assert forward_all() == 0
    assert stub.heard == []


def test_a_lease_that_nobody_renewed_is_taken_over(stub: StubLrs) -> None:
    ids = say_some(1)
    target = open_target(stub)
    type(target).objects.update(leased_until=AT - MINUTE)
    assert forward_all() == 1
    assert stub.taken == ids


@pytest.mark.parametrize("behave", [accept, answer(500), answer(400)])
def test_after_a_turn_the_target_is_free(stub: StubLrs, behave: Any) -> None:
    say_some(1)
    stub.behave = behave
    target = open_target(stub)
    forward_all()
    assert fresh(target).leased_until is None


def test_a_turn_ends_with_its_time_and_the_next_goes_on_at_once(
    stub: StubLrs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(forwarding, "BATCH", 1)
    ids = say_some(3)
    open_target(stub)
    assert forward_all(seconds=0) == 1
    assert forward_all(now=AT + MINUTE / 2, seconds=60) == 2
    assert stub.taken == ids


def test_replaying_sends_everything_since_then_again(stub: StubLrs) -> None:
    early, late = say_some(2), say_some(2)
    target = open_target(stub)
    forward_all()
    replay_from(target_id=target.pk, since=Statement.objects.get(id=late[0]).stored)
    assert forward_all() == 2
    assert stub.taken == [*early, *late, *late]


def test_replaying_wakes_a_target_that_failed_or_was_stopped(stub: StubLrs) -> None:
    ids = say_some(1)
    target = open_target(stub)
    type(target).objects.update(is_active=False, failures=9, next_attempt_at=AT + MINUTE)
    replay_from(target_id=target.pk, since=AT - timedelta(days=3650))
    assert forward_all() == 1
    assert stub.taken == ids


def test_a_replay_during_a_turn_stands_and_starts_at_once(stub: StubLrs) -> None:
    ids = say_some(2)
    target = open_target(stub)
    since = Statement.objects.earliest("position").stored

    def behave(heard: Any) -> Any:
        stub.behave = accept
        replay_from(target_id=target.pk, since=since)
        connection.close()  # of the stub's thread
        return accept(heard)

    stub.behave = behave
    forward_all()
    forward_all(now=AT + MINUTE / 2)
    assert stub.taken == [*ids, *ids]


def test_a_letter_that_is_accepted_now_is_gone(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    target = open_target(stub)
    forward_all()
    stub.behave = accept
    assert retry_dead_letter(letter_id=DeadLetter.objects.get().pk, sending=sending(), at=AT)
    assert not DeadLetter.objects.exists()
    assert stub.taken == ids
    assert fresh(target).sent_count == 1


def test_a_letter_that_is_refused_again_says_when_and_why(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    open_target(stub)
    forward_all()
    stub.behave = answer(400, "sigo sin quererla")
    assert not retry_dead_letter(letter_id=DeadLetter.objects.get().pk, sending=sending(), at=AT + MINUTE)
    letter = DeadLetter.objects.get()
    assert (letter.reason, letter.at) == ("Respondió 400: sigo sin quererla", AT + MINUTE)


def test_a_letter_stays_where_the_target_cannot_now(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    open_target(stub)
    forward_all()
    stub.behave = answer(503)
    with pytest.raises(LaterError, match="503"):
        retry_dead_letter(letter_id=DeadLetter.objects.get().pk, sending=sending(), at=AT)
    assert DeadLetter.objects.count() == 1


def test_a_replay_over_a_dead_letter_leaves_one_letter(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    target = open_target(stub)
    forward_all()
    replay_from(target_id=target.pk, since=Statement.objects.get().stored)
    forward_all()
    assert DeadLetter.objects.count() == 1


def test_what_a_replay_delivers_is_no_dead_letter_any_more(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    target = open_target(stub)
    forward_all()
    stub.behave = accept
    replay_from(target_id=target.pk, since=Statement.objects.get().stored)
    forward_all()
    assert not DeadLetter.objects.exists()


def test_a_deleted_target_takes_its_letters_along(stub: StubLrs) -> None:
    ids = say_some(1)
    stub.behave = refuse(*ids)
    target = open_target(stub)
    forward_all()
    delete_target(target_id=target.pk)
    assert not DeadLetter.objects.exists()
    assert forward_all() == 0


def test_the_periodic_job_forwards(stub: StubLrs, settings: Any, at: datetime) -> None:
    settings.XAPI_FORWARD_PRIVATE = True
    ids = say_some(2)
    open_target(stub)
    (job,) = [job for job in list_jobs() if job.name == "lms.xapi.periodic.forward_statements"]
    job.function(at=at)
    assert stub.taken == ids


def test_the_periodic_job_keeps_to_public_addresses_by_default(stub: StubLrs, at: datetime) -> None:
    say_some(1)
    open_target(stub)
    (job,) = [job for job in list_jobs() if job.name == "lms.xapi.periodic.forward_statements"]
    job.function(at=at)
    assert stub.connections == 0
