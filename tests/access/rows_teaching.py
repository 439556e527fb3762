"""Teaching: the courses of one's own teams."""

from collections.abc import Mapping

from tests.access.cases import (
    EDITORS,
    NOT_ALLOWED,
    Case,
    in_course,
    of_asked_question,
    of_late_attempt,
    of_lesson_report,
    of_member,
    of_regrade,
    of_sign,
    with_id,
)
from tests.access.world import World


def _paper(world: World) -> Mapping[str, object]:
    return {**in_course(world), **with_id("public_id")(world)}


ROWS: dict[str, list[Case]] = {
    "teaching:courses": [Case(EDITORS)],
    "teaching:dilemmas": [Case(EDITORS, args=in_course)],
    "teaching:questions": [Case(EDITORS, args=in_course)],
    "teaching:regrade": [Case(EDITORS, 200, 400, args=of_asked_question)],
    "teaching:regraded": [Case(EDITORS, args=of_regrade)],
    "teaching:marking": [Case(EDITORS, args=in_course)],
    "teaching:take_next": [Case(EDITORS, NOT_ALLOWED, 302, args=in_course)],
    "teaching:mark": [Case(EDITORS, 302, 302, args=_paper)],
    "teaching:put_back": [Case(EDITORS, NOT_ALLOWED, 302, args=_paper)],
    "teaching:review": [Case(EDITORS, args=in_course)],
    "teaching:late": [Case(EDITORS, NOT_ALLOWED, 302, args=of_late_attempt)],
    "teaching:sign": [Case(EDITORS, NOT_ALLOWED, 302, args=of_sign)],
    "teaching:release": [Case(EDITORS, 200, 302, args=in_course)],
    "teaching:team": [Case(EDITORS, 200, 400, args=in_course, names_to=EDITORS)],
    "teaching:leave_team": [Case(EDITORS, NOT_ALLOWED, 302, args=of_member)],
    "teaching:opinions": [Case(EDITORS, args=in_course)],
    "teaching:recall": [Case(EDITORS, args=in_course)],
    "teaching:reports": [Case(EDITORS, args=in_course)],
    "teaching:report": [Case(EDITORS, 200, 400, args=of_lesson_report)],
}
