"""Putting down that a question about a record was answered: each answer once."""

from collections.abc import Sequence
from datetime import datetime

from lms.lib.clock import local_date, start_of_day
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar, next_working_moment
from lms.notices.rules.kinds import Kind
from lms.notices.rules.planning import CATCH_UP
from lms.notices.selectors.answers import UntoldAnswer, list_untold_answers
from lms.notices.selectors.candidates import ROWS
from lms.notices.selectors.zones import read_zones


def plan_answers(*, at: datetime, calendar: Calendar) -> int:
    """Put down the answers of the last days; how many. Two queries per 900 answers, and one.

    A person gets one e-mail a day about its questions to an institution, which replies go to.
    """
    answers = list_untold_answers(since=start_of_day(local_date(at) - CATCH_UP))
    for start in range(0, len(answers), ROWS):
        _store(answers[start : start + ROWS], at, calendar)
    return len(answers)


def _store(answers: Sequence[UntoldAnswer], at: datetime, calendar: Calendar) -> None:
    zones = read_zones(person_ids={one.person_id for one in answers}, day=local_date(at))
    Notice.objects.bulk_create(
        (
            Notice(
                person_id=one.person_id,
                kind=Kind.ANSWER.value,
                answer_id=one.answer_id,
                key=one.asked_on,
                institution_id=one.institution_id,
                topic=f"answers-{one.institution_id}",
                planned_at=at,
                not_before=next_working_moment(at=at, zone=zones[one.person_id], calendar=calendar),
            )
            for one in answers
        ),
        ignore_conflicts=True,
        batch_size=ROWS,
    )
