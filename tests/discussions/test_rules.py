"""What conversations decide without a database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.discussions.rules.cohorts import EVERYBODY, Audience, Cohort, Scope, audience_of_new, cohort_of
from lms.discussions.rules.moderation import Decision, possible_decisions
from lms.discussions.rules.posting import (
    EDIT_FOR,
    MOST_POSTS,
    PostState,
    Refusal,
    WriterFacts,
    may_edit,
    page_of,
    refuse_post,
)
from lms.discussions.rules.words import Piece, split_links

AT = datetime(2026, 11, 20, 15, tzinfo=UTC)
HERE = Cohort(Audience.INSTITUTION, 7)
CITIZENS = Cohort(Audience.CITIZENS)


@pytest.mark.parametrize(
    ("contexts", "works_at", "expected"),
    [
        (["employee"], 7, HERE),
        (["employee", "citizen"], 7, HERE),
        (["employee"], None, None),
        (["citizen"], 7, CITIZENS),
        (["employee", "citizen"], None, CITIZENS),
        ([], 7, None),
    ],
)
def test_one_speaks_with_those_of_ones_work_of_today_or_with_citizens(
    contexts: list[str], works_at: int | None, expected: Cohort | None
) -> None:
    assert cohort_of(contexts=contexts, institution_id=works_at) == expected


@pytest.mark.parametrize(
    ("scope", "cohort", "is_moderator", "expected"),
    [
        (Scope.COHORT, HERE, False, HERE),
        (Scope.EVERYBODY, HERE, False, EVERYBODY),
        (Scope.COHORT, None, False, None),
        (Scope.COHORT, HERE, True, EVERYBODY),
    ],
)
def test_a_new_subject_is_for_the_cohort_unless_the_course_or_a_trainer_speaks_to_all(
    scope: Scope, cohort: Cohort | None, is_moderator: bool, expected: Cohort | None
) -> None:
    assert audience_of_new(scope=scope, cohort=cohort, is_moderator=is_moderator) == expected


FREE = {"is_open": True, "has_joined": True, "muted_until": None, "is_closed": False, "posts_lately": 0, "is_trainer": False}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, None),
        ({"is_open": False}, Refusal.SWITCHED_OFF),
        ({"has_joined": False}, Refusal.NOT_JOINED),
        ({"muted_until": AT + timedelta(seconds=1)}, Refusal.MUTED),
        ({"muted_until": AT}, None),
        ({"muted_until": AT + timedelta(days=1), "is_trainer": True}, None),
        ({"is_closed": True}, Refusal.CLOSED),
        ({"posts_lately": MOST_POSTS - 1}, None),
        ({"posts_lately": MOST_POSTS}, Refusal.TOO_MANY),
    ],
)
def test_writing_is_refused_for_one_reason(changed: dict[str, object], expected: Refusal | None) -> None:
    assert refuse_post(facts=WriterFacts(**{**FREE, **changed}), at=AT) == expected


@pytest.mark.parametrize(
    ("state", "age", "expected"),
    [
        (PostState.PUBLISHED, EDIT_FOR - timedelta(seconds=1), True),
        (PostState.PUBLISHED, EDIT_FOR, False),
        (PostState.WAITING, timedelta(0), True),
        (PostState.HIDDEN, timedelta(0), False),
        (PostState.WITHDRAWN, timedelta(0), False),
    ],
)
def test_words_can_be_corrected_for_fifteen_minutes(state: str, age: timedelta, expected: bool) -> None:
    assert may_edit(state=state, written_at=AT - age, at=AT) is expected


@pytest.mark.parametrize(
    ("state", "is_reported", "expected"),
    [
        (PostState.WAITING, False, (Decision.APPROVE, Decision.HIDE)),
        (PostState.PUBLISHED, True, (Decision.HIDE, Decision.DISMISS)),
        (PostState.HIDDEN, False, (Decision.RESTORE,)),
        (PostState.WITHDRAWN, True, (Decision.DISMISS,)),
        (PostState.ERASED, False, ()),
    ],
)
def test_what_is_gone_cannot_be_brought_back(
    state: str, is_reported: bool, expected: tuple[Decision, ...]
) -> None:
    assert possible_decisions(state=state, is_reported=is_reported) == expected


@pytest.mark.parametrize(("number", "page"), [(1, 1), (20, 1), (21, 2), (41, 3)])
def test_a_message_stands_on_one_page(number: int, page: int) -> None:
    assert page_of(number=number, per_page=20) == page


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Mira https://www.bcn.cl/ley?id=1.", ["https://www.bcn.cl/ley?id=1"]),
        ("(véase https://a.cl/x_(y))", ["https://a.cl/x_(y)"]),
        ("HTTP://A.CL y https://b.cl,", ["HTTP://A.CL", "https://b.cl"]),
        ("javascript:alert(1) ftp://a.cl www.a.cl a@b.cl", []),
        ('https://a.cl/"onmouseover="x', ["https://a.cl/"]),
        ("https://a.cl/<script>", ["https://a.cl/"]),
        ("https:// https://...", []),
    ],
)
def test_only_whole_web_addresses_become_links(text: str, links: list[str]) -> None:
    assert [piece.text for piece in split_links(text) if piece.is_link] == links


@given(st.text(alphabet="aé .,:/()<>\"'\nhttps://x.cl"))
def test_splitting_links_loses_no_letter(text: str) -> None:
    assert "".join(piece.text for piece in split_links(text)) == text


def test_little_text_has_no_links() -> None:
    assert list(split_links("")) == [] and list(split_links("a")) == [Piece("a")]
