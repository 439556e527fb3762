"""Putting down what feedback has to tell: askings that fall due, errors that were reported or settled."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from lms.feedback.models import Asking, LessonReport
from lms.feedback.selectors.askings import list_newly_due
from lms.feedback.selectors.readers import read_readers
from lms.feedback.selectors.reports import list_newly_settled, list_report_days
from lms.lib.clock import local_date, start_of_day
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Kind
from lms.notices.rules.planning import CATCH_UP
from lms.notices.services.storing import store_notices

REPORTS = "reports"


def plan_askings(*, at: datetime, calendar: Calendar) -> int:
    """Put down what people are asked from these days on; how many. Two queries per 900, and one.

    Each asking has an e-mail and a link of its own.
    """
    told = Notice.objects.filter(asking=OuterRef("pk"))
    rows = list_newly_due(day=local_date(at), since=CATCH_UP).filter(~Exists(told))
    askings = list(rows.select_related("enrolment").order_by("pk"))
    return store_notices(notices=[_of_asking(asking) for asking in askings], at=at, calendar=calendar)


def plan_settled_reports(*, at: datetime, calendar: Calendar) -> int:
    """Put down to those who reported and want to know that it was settled; how many."""
    told = Notice.objects.filter(report=OuterRef("pk"))
    rows = list_newly_settled(since=start_of_day(local_date(at) - CATCH_UP)).filter(~Exists(told))
    notices = [_of_report(report) for report in rows.order_by("pk")]
    return store_notices(notices=notices, at=at, calendar=calendar)


def plan_reported_errors(*, at: datetime, calendar: Calendar) -> int:
    """Put down for each trainer each whole day on which errors of their courses were reported; how many.

    So one e-mail a day tells all of the day before. Five queries at most.
    """
    today = local_date(at)
    days = list_report_days(since=today - CATCH_UP, until=today)
    readers = read_readers(course_codes={code for _day, code in days}, at=at)
    wanted = {(person_id, day) for day, code in days for person_id in readers[code]}
    if not wanted:
        return 0
    told = Notice.objects.filter(kind=Kind.REPORTS.value, key__in={day for _person, day in wanted})
    new = [
        Notice(person_id=person_id, kind=Kind.REPORTS.value, key=day, topic=REPORTS)
        for person_id, day in sorted(wanted - set(told.values_list("person_id", "key")))
    ]
    return store_notices(notices=new, at=at, calendar=calendar)


def _of_asking(asking: Asking) -> Notice:
    return Notice(
        person_id=asking.enrolment.person_id,
        kind=Kind(asking.kind).value,
        asking=asking,
        key=asking.due_on,
        topic=f"asking-{asking.pk}",
    )


def _of_report(report: LessonReport) -> Notice:
    return Notice(
        person_id=report.person_id,
        kind=Kind.SETTLED.value,
        report=report,
        key=local_date(report.reported_at),
        topic=f"report-{report.pk}",
    )
