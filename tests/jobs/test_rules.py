import pytest

from lms.jobs import rules


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 2), (2, 4), (3, 8), (20, 300)])
def test_waiting_doubles_and_stops_at_five_minutes(attempts: int, seconds: int) -> None:
    assert rules.delay_before_attempt(attempts=attempts).total_seconds() == seconds


@pytest.mark.parametrize(("attempts", "expected"), [(0, True), (2, True), (3, False), (9, False)])
def test_three_attempts_are_the_most(attempts: int, expected: bool) -> None:
    assert rules.may_try_again(attempts=attempts) is expected


def test_worker_identity_survives_being_written() -> None:
    worker = rules.WorkerIdentity(host="aula-1", pid=42, nonce="5f")
    assert rules.parse_worker_identity(worker.as_text()) == worker


@pytest.mark.parametrize("text", ["", "abc", "host:12", "host:twelve:5f", "a:1:2:3"])
def test_text_of_another_program_is_no_worker_identity(text: str) -> None:
    assert rules.parse_worker_identity(text) is None
