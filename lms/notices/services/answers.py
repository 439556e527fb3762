"""Putting down that a question about a record was answered: each answer once."""

from datetime import datetime

from lms.lib.clock import local_date, start_of_day
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.rules.planning import CATCH_UP
from lms.notices.selectors.answers import UntoldAnswer, list_untold_answers
from lms.notices.services.storing import store_notices


def plan_answers(*, at: datetime, calendar: Calendar) -> int:
    """Put down the answers of the last days; how many. Two queries per 900 answers, and one.

    A person gets one e-mail a day about its questions to an institution, which replies go to.
    """
    answers = list_untold_answers(since=start_of_day(local_date(at) - CATCH_UP))
    return store_notices(notices=[_notice(one) for one in answers], at=at, calendar=calendar)


def _notice(one: UntoldAnswer) -> Notice:
    return Notice(
        person_id=one.person_id,
        kind=Kind.ANSWER.value,
        answer_id=one.answer_id,
        key=one.asked_on,
        institution_id=one.institution_id,
        topic=f"answers-{one.institution_id}",
    )
