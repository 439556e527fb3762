"""The level of a competence: shown by points while a completion holds, never by having been there."""

from datetime import date

import pytest

from lms.progress.rules.competences import Claim, Offer, Proof, StepKind, level_on, next_step
from lms.progress.rules.why import Held

DAY = date(2026, 11, 20)


def claim(
    level: int = 2,
    *,
    points: float = 7,
    total: int = 10,
    until: date | None = None,
    course: str = "uno",
    **held: object,
) -> Claim:
    return Claim(course, level, Held(date(2026, 3, 1), until, **held), 70, points, total)


CLAIMS = {
    "enough": (claim(), Proof.REACHED, 2),
    "a_point_less": (claim(points=6.9), Proof.BELOW, 0),
    "nothing_asked": (claim(points=0, total=0), Proof.NOT_MEASURED, 0),
    "last_day": (claim(until=DAY), Proof.REACHED, 2),
    "expired": (claim(until=date(2026, 11, 19)), Proof.EXPIRED, 0),
    "taken_back": (claim(counts=False), Proof.TAKEN_BACK, 0),
}


@pytest.mark.parametrize("case", CLAIMS)
def test_a_course_shows_a_level_by_its_points_while_it_holds(case: str) -> None:
    found, proof, level = CLAIMS[case]
    assert (found.proof_on(DAY), level_on(claims=[found], day=DAY)) == (proof, level)


def test_the_highest_level_shown_counts() -> None:
    assert level_on(claims=[claim(1), claim(3, points=2), claim(2)], day=DAY) == 2


EXPIRED, BELOW = claim(until=date(2026, 1, 1), course="viejo"), claim(points=1, course="flojo")
OFFERS = [Offer("largo", 1, 90), Offer("corto", 1, 30), Offer("alto", 3, 10)]
STEPS = {
    "top": ([claim(3)], [], OFFERS, StepKind.AT_THE_TOP, ""),
    "begun": ([EXPIRED], [Offer("medio", 2, 60)], OFFERS, StepKind.FINISH, "medio"),
    "begun_but_no_higher": ([claim(2)], [Offer("medio", 2, 60)], OFFERS, StepKind.TAKE, "alto"),
    "expired": ([EXPIRED, BELOW], [], OFFERS, StepKind.RENEW, "viejo"),
    "below": ([BELOW], [], OFFERS, StepKind.REREAD, "flojo"),
    "lowest_and_shortest": ([], [], OFFERS, StepKind.TAKE, "corto"),
    "higher_only": ([claim(1)], [], OFFERS, StepKind.TAKE, "alto"),
    "not_one_already_taken": ([claim(total=0, course="alto")], [], [OFFERS[2]], StepKind.NOTHING_HIGHER, ""),
    "one_taken_back": ([claim(course="alto", counts=False)], [], [OFFERS[2]], StepKind.TAKE, "alto"),
    "nothing": ([], [], [], StepKind.NOTHING_HIGHER, ""),
}  # fmt: skip


@pytest.mark.parametrize("case", STEPS)
def test_the_smallest_step_to_a_higher_level(case: str) -> None:
    claims, under_way, offers, kind, course = STEPS[case]
    step = next_step(claims=claims, under_way=under_way, offers=offers, day=DAY)
    assert (step.kind, step.course) == (kind, course)
