"""People who answer what they are asked after a course, through the real services."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from lms.feedback.models import Asking, LessonReport
from lms.feedback.rules.askings import AskingKind
from lms.feedback.rules.recall import PointsBefore, RecalledPoints
from lms.feedback.services.opinions import count_opinion
from lms.feedback.services.recall import count_recall
from lms.feedback.services.reports import report_error
from lms.lib.clock import local_date
from lms.progress.models import Enrolment
from tests.factories.learning import Learner

TWO_WEEKS, THREE_MONTHS = timedelta(days=14), timedelta(days=90)


def asking_of(learner: Learner, kind: AskingKind) -> Asking:
    found: Asking = learner.enrolment.askings.get(kind=kind)
    return found


def give_opinions(
    release_id: int, count: int, at: datetime, *, kind: AskingKind = AskingKind.END, **values: int
) -> None:
    """So many people; each writes «texto» and its number."""
    question = "best" if kind == AskingKind.END else "example"
    for number in range(count):
        count_opinion(
            release_id=release_id,
            kind=kind,
            values=values or {"useful": 4},
            texts={question: f"texto {number}"},
            day=local_date(at),
        )


def recall(release_id: int, count: int, at: datetime, *, points: int = 1) -> None:
    """So many people, who had all of INT-1 before, and now are asked ``q0``."""
    for _number in range(count):
        count_recall(
            release_id=release_id,
            recalled=[RecalledPoints("q0", "INT-1", Fraction(points))],
            before={"INT-1": PointsBefore(Decimal(2), 2), "INT-2": PointsBefore(Decimal(1), 1)},
            day=local_date(at),
        )


def report(
    enrolment: Enrolment, at: datetime, *, text: str = "Dice «haber».", **more: object
) -> LessonReport:
    fields = {"unit_key": "l1", "title": "Lección l1", "kind": "typo", "wants_answer": False, **more}
    return report_error(enrolment=enrolment, text=text, at=at, **fields)[0]  # type: ignore[arg-type]
