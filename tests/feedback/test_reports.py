"""Errors in lessons: reported with measure, settled once."""

from datetime import datetime, timedelta

import pytest

from lms.feedback.models import LessonReport
from lms.feedback.services.reports import (
    MOST_A_DAY,
    AlreadySettledError,
    TooManyReportsError,
    settle_report,
)
from tests.factories.feedback import report
from tests.factories.learning import Learner


def test_a_form_sent_twice_reports_once(learner: Learner, at: datetime) -> None:
    assert report(learner.enrolment, at) == report(learner.enrolment, at)
    assert LessonReport.objects.count() == 1


def test_a_person_reports_so_much_a_day_and_more_the_next(learner: Learner, at: datetime) -> None:
    for number in range(MOST_A_DAY):
        report(learner.enrolment, at, text=f"Error {number}")
    with pytest.raises(TooManyReportsError):
        report(learner.enrolment, at + timedelta(hours=23), text="Otro")
    assert report(learner.enrolment, at + timedelta(hours=25), text="Otro")


def test_a_report_is_settled_once(learner: Learner, at: datetime) -> None:
    found = report(learner.enrolment, at)
    settle = {"report_id": found.pk, "answer": "Gracias.", "settled_by_id": None, "at": at}
    settle_report(state="solved", **settle)  # type: ignore[arg-type]
    with pytest.raises(AlreadySettledError):
        settle_report(state="dismissed", **settle)  # type: ignore[arg-type]
    assert LessonReport.objects.get().state == "solved"


def test_a_report_cannot_be_made_new_again(learner: Learner, at: datetime) -> None:
    with pytest.raises(ValueError, match="new"):
        settle_report(
            report_id=report(learner.enrolment, at).pk, state="new", answer="", settled_by_id=None, at=at
        )
