"""What is shown of others: enough of them, never one by difference."""

from datetime import datetime, timedelta
from random import Random

import pytest

from lms.diagnostics.models import PeerSummary, Questionnaire
from lms.diagnostics.rules import Quartiles, is_safe, next_group, quartiles
from lms.diagnostics.services import set_published
from lms.people.models import Institution
from tests.diagnostics.attacker import SCALE, Publication, possible
from tests.factories.diagnostics import MINIMUM, finish, finish_many, install, make_content
from tests.factories.people import InstitutionFactory


# --- Rules ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([50], (50, 50, 50)),
        ([0, 100], (25, 50, 75)),
        ([10, 20, 30, 40, 50], (20, 30, 40)),
        ([50, 10, 40, 20, 30, 60], (23, 35, 48)),
        ([0, 1], (0, 1, 1)),
    ],
)
def test_quartiles_are_whole_numbers_between_neighbours(values: list[int], expected: tuple[int, ...]) -> None:
    assert quartiles(values=values) == Quartiles(*expected)


def group(first: int, count: int, *, assessment: int = 100) -> dict[int, int]:
    """``{institution: assessment}``"""
    return {place: place + assessment for place in range(first, first + count)}


def test_a_group_is_shown_from_one_more_than_the_minimum() -> None:
    assert next_group(history=[], now=group(1, 5), public=set(), minimum=5) is None
    assert next_group(history=[], now=group(1, 6), public=set(), minimum=5) == group(1, 6)


@pytest.mark.parametrize("more", [1, 4])
def test_fewer_than_the_minimum_do_not_change_the_group(more: int) -> None:
    last = group(1, 6)

    assert next_group(history=[last], now=last | group(7, more), public=set(), minimum=5) is None
    assert (
        next_group(history=[last], now=last | group(1, more, assessment=900), public=set(), minimum=5) is None
    )


def test_so_many_as_the_minimum_join_together() -> None:
    last = group(1, 6)

    assert next_group(history=[last], now=group(1, 11), public=set(), minimum=5) == group(1, 11)


def test_one_that_answered_again_waits_while_others_join() -> None:
    last = group(1, 6)
    now = group(1, 11) | group(1, 1, assessment=900)

    assert next_group(history=[last], now=now, public=set(), minimum=5) == group(1, 11)


def test_nobody_is_left_behind_alone() -> None:
    last = group(1, 6)

    assert next_group(history=[last], now=last | group(1, 5, assessment=900), public=set(), minimum=5) is None
    all_of_them = group(1, 6, assessment=900)
    assert next_group(history=[last], now=all_of_them, public=set(), minimum=5) == all_of_them


def test_those_that_publish_do_not_hide_the_others() -> None:
    public = {101, 102, 103, 104, 105}

    assert next_group(history=[], now=group(1, 10), public=public, minimum=5) is None
    assert next_group(history=[], now=group(1, 11), public=public, minimum=5) == group(1, 11)


def test_public_changes_alone_do_not_bring_a_new_group() -> None:
    last = group(1, 6)
    joined = group(7, 5)

    assert next_group(history=[last], now=last | joined, public=set(joined.values()), minimum=5) is None


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ([0, 0, 0, 0, 0, 50], False),
        ([50, 50, 50, 50, 50, 50], False),
        ([0, 0, 0, 0, 50, 50], True),
        ([0, 10, 20, 30, 40, 50], True),
    ],
)
def test_a_figure_is_safe_where_without_any_one_the_results_still_differ(
    results: list[int], expected: bool
) -> None:
    values = {100 + place: value for place, value in enumerate(results, start=1)}

    assert is_safe(groups=[group(1, 6)], is_shown=[True], values=values, public=set()) is expected


def test_a_class_that_splits_is_looked_at_again_in_the_earlier_group() -> None:
    first, second = group(1, 10), group(1, 10) | group(1, 5, assessment=900)
    values = {place + 100: 0 if place <= 5 else place * 10 for place in first}
    values |= {place + 900: place * 10 for place in range(1, 6)}

    assert is_safe(groups=[first], is_shown=[True], values=values, public=set())
    assert not is_safe(groups=[first, second], is_shown=[True, True], values=values, public=set())


# --- Attacks -------------------------------------------------------------------------------------
def test_the_attacker_finds_who_joined_alone() -> None:
    """Otherwise the attacks below could fail for want of skill."""
    own, rest, newcomer = 0, [0, 0, 0, 67, 100], 100
    first = Publication(quartiles(values=[own, *rest]), own, ("kept",))
    second = Publication(quartiles(values=[own, *rest, newcomer]), own, ("kept", "joined"))

    assert possible(publications=[first, second], sizes={"kept": 5, "joined": 1})["joined"] == {100}


def figures_of(
    groups: list[dict[int, int]], earlier: list[Quartiles | None], values: dict[int, int]
) -> Quartiles | None:
    """What the last of the groups shows."""
    shown = [*(one is not None for one in earlier), True]
    if not is_safe(groups=groups, is_shown=shown, values=values, public=set()):
        return None
    return quartiles(values=[values[one] for one in groups[-1].values()])


def test_one_publication_gives_no_other_result_away() -> None:
    chance = Random(1)
    for _trial in range(200):
        values = {100 + place: chance.choice(SCALE) for place in range(1, 7)}
        if shown := figures_of([group(1, 6)], [], values):
            seen = Publication(shown, values[101], ("others",))
            assert len(possible(publications=[seen], sizes={"others": 5})["others"]) > 1, values


def test_two_publications_give_no_result_away_when_the_minimum_joined() -> None:
    chance = Random(2)
    for _trial in range(25):
        values = {100 + place: chance.choice(SCALE) for place in range(1, 12)}
        groups = [group(1, 6), group(1, 11)]
        first = figures_of(groups[:1], [], values)
        second = figures_of(groups, [first], values)
        seen = [
            Publication(first, values[101], ("kept",)),
            Publication(second, values[101], ("kept", "joined")),
        ]
        found = possible(publications=seen, sizes={"kept": 5, "joined": 5})
        assert all(len(results) > 1 for results in found.values()), values


def test_two_publications_give_no_result_away_when_the_minimum_answered_again() -> None:
    chance = Random(3)
    for _trial in range(4):
        first_group = group(1, 11)
        groups = [first_group, first_group | group(7, 5, assessment=900)]
        values = {one: chance.choice(SCALE) for each in groups for one in each.values()}
        first = figures_of(groups[:1], [], values)
        second = figures_of(groups, [first], values)
        own = values[101]
        seen = [Publication(first, own, ("kept", "before")), Publication(second, own, ("kept", "after"))]
        found = possible(publications=seen, sizes={"kept": 5, "before": 5, "after": 5})
        assert all(len(results) > 1 for results in found.values()), values


# --- What is kept --------------------------------------------------------------------------------
def latest() -> PeerSummary | None:
    return PeerSummary.objects.first()


def test_nothing_is_shown_of_the_minimum(questionnaire: Questionnaire, at: datetime) -> None:
    finish_many(MINIMUM, questionnaire=questionnaire, at=at)

    assert latest() is None


def test_one_more_shows_quartiles_of_the_total_and_each_dimension(
    questionnaire: Questionnaire, at: datetime
) -> None:
    finish_many(MINIMUM + 1, questionnaire=questionnaire, at=at)

    shown = latest()
    assert shown is not None and shown.institution_count == 6
    assert set(shown.figures) == {"overall", "creacion", "uso"}
    assert all(len(figures) == 3 for figures in shown.figures.values())


def test_what_is_shown_stays_until_the_minimum_changed(questionnaire: Questionnaire, at: datetime) -> None:
    finish_many(6, questionnaire=questionnaire, at=at)
    before = latest()
    finish_many(4, questionnaire=questionnaire, at=at + timedelta(days=30))
    assert latest() == before

    finish_many(1, questionnaire=questionnaire, at=at + timedelta(days=60))

    after = latest()
    assert after is not None and after != before and after.institution_count == 11


def test_only_the_latest_result_of_an_institution_counts(questionnaire: Questionnaire, at: datetime) -> None:
    place = InstitutionFactory()
    finish(place, (0, 0, 0, 0), questionnaire=questionnaire, at=at)
    again = finish(place, (3, 3, 3, 3), questionnaire=questionnaire, at=at + timedelta(days=1))
    finish_many(5, questionnaire=questionnaire, at=at + timedelta(days=2))

    shown = latest()
    assert shown is not None and shown.members[str(place.pk)] == again.pk


def test_kinds_and_versions_are_never_mixed(questionnaire: Questionnaire, at: datetime) -> None:
    finish_many(5, questionnaire=questionnaire, at=at)
    finish_many(5, questionnaire=questionnaire, at=at, kind=Institution.Kind.MUNICIPALITY)
    newer = install(at=at, title="Otro título", dimensions=make_content()["dimensions"])
    finish_many(5, questionnaire=newer, at=at)

    assert latest() is None


def test_publishing_may_withdraw_what_is_shown(questionnaire: Questionnaire, at: datetime) -> None:
    done = finish_many(6, questionnaire=questionnaire, at=at)

    set_published(assessment_id=done[0].pk, is_published=True, by_id=None, minimum_peers=MINIMUM, at=at)

    shown = latest()
    assert shown is not None and shown.withdrawn_at == at


def test_a_figure_that_would_say_nearly_all_is_not_shown_but_the_others_are(
    questionnaire: Questionnaire, at: datetime
) -> None:
    for number in range(6):
        finish(InstitutionFactory(), (3, 3, number % 4, 0), questionnaire=questionnaire, at=at)

    shown = latest()
    assert shown is not None
    assert shown.figures["creacion"] is None
    assert shown.figures["uso"] is not None
