"""Who may write and when, how a draft is cut, how often a space meets."""

from datetime import UTC, date, datetime, timedelta

import pytest

from lms.participation.rules.contributions import (
    Kind,
    Refusal,
    WriterFacts,
    days_between,
    fingerprint,
    is_late,
    may_edit,
    refuse,
)
from lms.participation.rules.following import digests_allowed, is_time_for_digests, normalise_address
from lms.participation.rules.meetings import months_later, rhythm
from lms.participation.rules.moderation import Act, possible_acts
from lms.participation.rules.sections import DraftError, DraftSection, join_draft, split_draft

AT = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
DAY = date(2026, 11, 20)


def facts(**changes: object) -> WriterFacts:
    values: dict[str, object] = {
        "kind": Kind.CONTRIBUTION, "comments_open": True, "opens_on": DAY, "closes_on": DAY,
        "written_lately": 0, "has_twin": False,
    }  # fmt: skip
    return WriterFacts(**(values | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({}, None),
        ({"opens_on": DAY + timedelta(days=1)}, Refusal.NOT_OPEN_YET),
        ({"closes_on": DAY - timedelta(days=1)}, Refusal.OVER),
        ({"written_lately": 5}, None),
        ({"written_lately": 6}, Refusal.TOO_MANY),
        ({"has_twin": True, "written_lately": 6}, Refusal.WRITTEN_BEFORE),
        ({"comments_open": False}, None),
        ({"comments_open": False, "kind": Kind.COMMENT}, Refusal.COMMENTS_CLOSED),
    ],
)
def test_writing_is_refused_for_the_most_lasting_reason(
    changes: dict[str, object], refusal: Refusal | None
) -> None:
    assert refuse(facts=facts(**changes), on=DAY) == refusal


@pytest.mark.parametrize(
    ("state", "answered", "minutes", "allowed"),
    [
        ("shown", False, 29, True),
        ("waiting", False, 29, True),
        ("shown", False, 30, False),
        ("shown", True, 1, False),
        ("hidden", False, 1, False),
        ("withdrawn", False, 1, False),
    ],
)
def test_words_are_corrected_for_thirty_minutes_before_an_answer(
    state: str, answered: bool, minutes: int, allowed: bool
) -> None:
    written_at = AT - timedelta(minutes=minutes)
    assert may_edit(state=state, is_answered=answered, written_at=written_at, at=AT) is allowed


@pytest.mark.parametrize(("days", "late"), [(0, False), (30, False), (31, True)])
def test_what_waits_for_more_than_thirty_days_is_late(days: int, late: bool) -> None:
    assert is_late(shown_on=DAY - timedelta(days=days), on=DAY) is late


def test_an_answer_of_the_same_day_took_no_day() -> None:
    assert days_between(shown_on=DAY, replied_on=DAY) == 0


def test_the_same_words_spelled_otherwise_are_the_same() -> None:
    assert fingerprint("¿Quién REVISA\n los datos?") == fingerprint("Quien revisa los datos")
    assert fingerprint("Quién revisa") != fingerprint("Quién publica")


@pytest.mark.parametrize(
    ("state", "reported", "acts"),
    [
        ("waiting", False, (Act.SHOW, Act.HIDE)),
        ("shown", True, (Act.HIDE, Act.DISMISS)),
        ("hidden", False, (Act.RESTORE,)),
        ("withdrawn", False, ()),
    ],
)
def test_what_can_be_decided_depends_on_the_state(state: str, reported: bool, acts: tuple[Act, ...]) -> None:
    assert possible_acts(state=state, has_words=True, is_reported=reported) == acts


def test_words_that_are_gone_are_not_published_again() -> None:
    assert possible_acts(state="hidden", has_words=False, is_reported=False) == ()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        (" Vecina@Correo.Example ", "vecina@correo.example"),
        ("vecina@ÑANDÚ.example", "vecina@xn--and-6ma2c.example"),
        ("vecina@" + "a" * 80, "vecina@" + "a" * 80),
        ("", ""),
    ],
)
def test_an_address_has_one_spelling(typed: str, address: str) -> None:
    assert normalise_address(typed) == address


@pytest.mark.parametrize(
    ("handed", "waiting", "allowed"), [(0, 0, 50), (70, 0, 30), (0, 60, 40), (0, 500, 0), (120, 0, 0)]
)
def test_digests_leave_room_for_notices(handed: int, waiting: int, allowed: int) -> None:
    assert digests_allowed(per_minute=100, handed=handed, notices_waiting=waiting) == allowed


def test_a_draft_is_cut_at_its_titles_and_put_together_again() -> None:
    text = "Entrada.\n\n# Uno\nPrimero.\n\nSegundo.\n\n# Dos"
    sections = split_draft(text)
    assert sections == (
        DraftSection("", "Entrada."), DraftSection("Uno", "Primero.\n\nSegundo."), DraftSection("Dos", ""),
    )  # fmt: skip
    assert split_draft(join_draft(sections)) == sections


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("# \nTexto", "no_title"),
        ("# Uno\n\n# uno\n", "twice"),
        ("# " + "a" * 201, "long_title"),
        ("# Uno\n" + "a" * 20_001, "long_text"),
        ("\n".join(f"# S{number}" for number in range(61)), "too_many"),
    ],
)
def test_a_draft_that_cannot_be_cut_says_why(text: str, problem: str) -> None:
    with pytest.raises(DraftError) as error:
        split_draft(text)
    assert error.value.problem == problem


@pytest.mark.parametrize(
    ("last_on", "on", "overdue"),
    [
        (None, DAY, True),
        (date(2026, 5, 20), DAY, False),
        (date(2026, 5, 19), DAY, True),
        (date(2026, 8, 31), date(2027, 2, 28), False),
        (date(2026, 8, 31), date(2027, 3, 1), True),
    ],
)
def test_a_space_that_did_not_meet_in_six_months_is_overdue(
    last_on: date | None, on: date, overdue: bool
) -> None:
    assert rhythm(last_on=last_on, on=on).is_overdue is overdue


def test_six_months_after_the_last_of_august_is_the_last_of_february() -> None:
    assert months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)


@pytest.mark.parametrize(("hour", "expected"), [(10, False), (11, True), (22, True), (23, False)])
def test_digests_go_out_by_day_in_chile(hour: int, expected: bool) -> None:
    assert is_time_for_digests(at=AT.replace(hour=hour, minute=30)) is expected
