"""Goals of several populations, and what parts of a whole tell together."""

from collections.abc import Mapping
from dataclasses import replace

from lms.people.models import LegalQuality
from lms.plan.rules import Figure, Motive, Tally, TrueCell
from lms.plan.rules.joint import publish_together
from lms.plan.rules.joint_people import GoalTable
from lms.plan.rules.links import EVERYBODY, Definition, Scope
from tests.plan.goal_tables import A, B, K, goal_of, is_detailed, release_of, somebody
from tests.plan.populations import true_cell


def with_fees(fees: Mapping[str, int]) -> tuple[list[TrueCell], list[TrueCell]]:
    """Everybody, and everybody but the few paid by fees."""
    some = [true_cell(place, estamento, 100, 50) for place in "pqr" for estamento in (A, B)]
    return some + [
        true_cell(place, A, count, count // 2, "honorarios") for place, count in fees.items()
    ], some


NO_FEES = Scope(legal_qualities=frozenset(LegalQuality.values) - {"honorarios"})


def test_few_who_come_with_another_population_are_not_told_beside_earlier_figures() -> None:
    """Of two goals of the population so far one gave its total only."""
    everybody, some = with_fees({"p": 4, "q": 8, "r": 3})
    old = [
        GoalTable(1, Definition(NO_FEES, frozenset("c")), some),
        GoalTable(2, Definition(NO_FEES, frozenset("cd")), some),
    ]
    before = release_of(old, publish_together(tables=old, k=K), "2026-10-01")
    new = GoalTable(3, Definition(EVERYBODY, frozenset("e")), everybody)
    cubes = publish_together(tables=[*old, new], k=K, before=before)
    places = [cell.headcount for goal in (1, 2, 3) for cell in cubes[goal].cells if cell.institution]
    assert not any(places)


def test_an_old_total_does_not_stay_for_ever_beside_a_wider_one() -> None:
    """Four people made the difference."""
    pilot = GoalTable(
        1,
        Definition(Scope(institutions=frozenset("pq")), frozenset("c")),
        [true_cell(i, A, 60, 30) for i in "pq"],
    )
    national = GoalTable(2, Definition(EVERYBODY, frozenset("d")), [*pilot.cells, true_cell("r", A, 4, 2)])
    before = release_of([pilot], publish_together(tables=[pilot], k=K), "2026-10-01")
    for day in range(2, 8):
        cubes = publish_together(tables=[pilot, national], k=K, before=before)
        before = [*release_of([pilot, national], cubes, f"2026-10-0{day}"), *before[:2]]
        totals = [cubes[goal].cells[0].headcount for goal in (1, 2)]
        assert None in totals


def test_several_parts_together_do_not_tell_of_what_is_in_none_of_them() -> None:
    """Three of sixty were assessed outside the two pilots."""
    cells = [
        TrueCell(place, A, "contrata", Tally(60, 60, 50, assessed, 30))
        for place, assessed in zip("pqr", (40, 45, 3), strict=True)
    ]
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), cells),
        *(
            GoalTable(
                n,
                Definition(Scope(institutions=frozenset(cells[n - 2].institution)), frozenset("c")),
                [cells[n - 2]],
            )
            for n in (2, 3)
        ),
    ]
    cubes = publish_together(tables=tables, k=K)
    for goal in (2, 3):
        assert cubes[goal].cells[0].assessed == Figure(motive=Motive.PROTECTS)


def test_reasons_of_parts_do_not_add_up_to_a_hidden_headcount() -> None:
    """Twenty-seven are paid by fees, and each part would say that it has fewer than ten of them."""
    cells = [
        cell
        for place in "pqr"
        for cell in (true_cell(place, A, 90, 45), true_cell(place, A, 9, 4, "honorarios"))
    ]
    parts = [
        GoalTable(
            n + 2,
            Definition(Scope(institutions=frozenset(place)), frozenset("d")),
            [cell for cell in cells if cell.institution == place],
        )
        for n, place in enumerate("pqr")
    ]
    whole = GoalTable(1, Definition(EVERYBODY, frozenset("c")), cells)
    cubes = publish_together(tables=[whole, *parts], k=K)
    assert {c.headcount for c in cubes[1].cells if c.legal_quality == "honorarios"} == {27}
    for goal in (2, 3, 4):
        assert not any(cell.legal_quality for cell in cubes[goal].cells)
        assert cubes[goal].legal_qualities_together == ()


def test_other_figures_of_the_total_keep_their_day_alone() -> None:
    first = [TrueCell(i, A, "contrata", Tally(60, 55, 50, 40, 30)) for i in "pqr"]
    later = [TrueCell(i, A, "contrata", Tally(60, 56, 50, 40, 34)) for i in "pqr"]
    tables = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), first)]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    again = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), later)]
    total = publish_together(tables=again, k=K, before=before)[1].cells[0]
    assert (total.completed.value, total.as_of) == (102, "")
    assert total.reached is not None
    assert (total.reached.value, total.reached.as_of) == (165, "2026-10-01")


def test_one_goal_that_stands_still_does_not_hold_the_headcounts_of_all() -> None:
    """Its completions changed by three people; sixty people came."""
    first = [true_cell(i, A, 60, 30) for i in "pqr"]
    later = [true_cell("p", A, 120, 33), *(true_cell(i, A, 120, 30) for i in "qr")]
    tables = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), first),
        GoalTable(2, Definition(EVERYBODY, frozenset("d")), first),
    ]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    again = [
        GoalTable(1, Definition(EVERYBODY, frozenset("c")), later),
        GoalTable(
            2,
            Definition(EVERYBODY, frozenset("d")),
            [replace(c, tally=Tally(120, 60, 60, 60, 60)) for c in later],
        ),
    ]
    total = publish_together(tables=again, k=K, before=before)[2].cells[0]
    assert (total.headcount, total.completed.value, total.as_of) == (360, 180, "")


def test_what_hardly_changed_is_supposed_although_an_institution_came() -> None:
    first = [true_cell("q", A, 60, 30), true_cell("r", A, 60, 30)]
    later = [true_cell("p", A, 60, 4), true_cell("q", A, 60, 34), true_cell("r", A, 60, 45)]
    tables = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), first)]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    again = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), later)]
    cube = publish_together(tables=again, k=K, before=before)[1]
    new = {
        cell.institution
        for cell in cube.cells
        if cell.institution and not cell.as_of and cell.completed.value
    }
    assert not {"q", "r"} & new


def test_common_categories_with_other_members_are_not_taken_for_the_same() -> None:
    places = {"p": 120, "r": 120, "q": 9, "t": 11}
    first = [true_cell(i, A, people, people // 2) for i, people in places.items()]
    later = [true_cell(i, A, people, people // 2) for i, people in {**places, "t": 60, "u": 4}.items()]
    tables = [GoalTable(1, Definition(EVERYBODY, frozenset("c")), first)]
    before = release_of(tables, publish_together(tables=tables, k=K), "2026-10-01")
    cube = publish_together(
        tables=[GoalTable(1, Definition(EVERYBODY, frozenset("c")), later)], k=K, before=before
    )[1]
    assert not any(cell.as_of for cell in cube.cells if cell.institution == "*")


def test_goals_of_people_who_do_not_meet_are_published_each_in_full() -> None:
    people = somebody(9)
    tables = [
        goal_of(n, people, scope=Scope(institutions=frozenset({place})), courses="c")
        for n, place in ((1, "i0"), (2, "i1"))
    ]
    cubes = publish_together(tables=tables, k=K)
    assert is_detailed(cubes[1]) and is_detailed(cubes[2])


def test_codes_that_nobody_has_take_nothing_from_a_sum() -> None:
    """A goal names an institution without staff, and legal qualities that nobody has."""
    everybody, _some = with_fees({"p": 40, "q": 40, "r": 40})
    whole = GoalTable(1, Definition(EVERYBODY, frozenset("c")), everybody)
    part = [cell for cell in everybody if cell.institution in "pq"]
    named = Scope(institutions=frozenset({"p", "q", "nobody"}))
    cubes = publish_together(tables=[whole, GoalTable(2, Definition(named, frozenset("d")), part)], k=K)
    assert cubes[2].cells[0].headcount == 480
