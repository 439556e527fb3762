"""Filled, about to expire, expired, empty; what a lesson adds; what changed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.integrity.models import SLOT_KINDS, Contact
from lms.integrity.rules.slots import SlotContent, SlotState, state_of
from lms.integrity.rules.ways import SERVED_BY, Way, find_unserved_ways
from lms.lib.word_changes import Change, compare_words

DAY = date(2026, 11, 20)
EMPTY, EXPIRED, ENDING, FILLED = SlotState


@pytest.mark.parametrize(
    ("days_left", "expected"),
    [(None, FILLED), (61, FILLED), (60, ENDING), (1, ENDING), (0, ENDING), (-1, EXPIRED), (-400, EXPIRED)],
)
def test_the_state_follows_the_day_of_review(days_left: int | None, expected: SlotState) -> None:
    review_by = None if days_left is None else DAY + timedelta(days=days_left)
    assert state_of(is_filled=True, review_by=review_by, day=DAY) == expected


@pytest.mark.parametrize("review_by", [None, DAY, DAY - timedelta(days=1)])
def test_without_words_a_slot_is_empty_whatever_its_day(review_by: date | None) -> None:
    assert state_of(is_filled=False, review_by=review_by, day=DAY) == EMPTY


@pytest.mark.parametrize(
    ("content", "is_filled"),
    [
        (SlotContent(), False),
        (SlotContent(text=" \n"), False),
        (SlotContent(email="a@b.example", note="De día."), False),
        (SlotContent(text="No."), True),
        (SlotContent(name="Oficina"), True),
    ],
)
def test_a_text_or_a_name_fills_a_slot(content: SlotContent, is_filled: bool) -> None:
    assert content.is_filled is is_filled


@pytest.mark.parametrize("state", SlotState)
@pytest.mark.parametrize(("way", "kinds"), SERVED_BY.items())
def test_the_general_text_is_added_unless_a_contact_is_known_to_be_good(
    state: SlotState, way: Way, kinds: frozenset[str]
) -> None:
    for kind in kinds:
        assert (way in find_unserved_ways(states={kind: state})) is (state in (EMPTY, EXPIRED))


def test_a_committee_alone_is_not_whom_one_asks_first() -> None:
    assert find_unserved_ways(states={Contact.COMMITTEE: FILLED}) == set(Way)


def test_one_good_contact_to_ask_suffices() -> None:
    states = {Contact.COORDINATOR: EXPIRED, Contact.QUERIES: FILLED}
    assert Way.ASK not in find_unserved_ways(states=states)


def test_every_slot_has_a_value_and_an_address_of_its_own() -> None:
    assert len({kind.value for kind in SLOT_KINDS}) == len({kind.slug for kind in SLOT_KINDS}) == 22


def test_changed_words_are_told_before_and_after() -> None:
    pieces = compare_words(before="No aceptamos regalos caros.", after="No aceptamos ningún regalo.")
    assert [(piece.change, piece.text) for piece in pieces] == [
        (Change.SAME, "No aceptamos "),
        (Change.GONE, "regalos caros."),
        (Change.NEW, "ningún regalo."),
    ]


@given(before=st.text("ab \n", max_size=40), after=st.text("ab \n", max_size=40))
def test_both_texts_can_be_read_from_the_pieces(before: str, after: str) -> None:
    pieces = compare_words(before=before, after=after)
    assert "".join(piece.text for piece in pieces if not piece.is_new) == before
    assert "".join(piece.text for piece in pieces if not piece.is_gone) == after
