"""Reading what people are asked."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from lms.feedback.models import Asking
from lms.feedback.rules.askings import MAILED, TIMINGS, AskingKind, open_since


def find_asking(*, public_id: UUID, course_code: str, kind: AskingKind) -> Asking | None:
    """One of a person who is there, with its enrolment, release and course. One query."""
    rows = _whole().filter(public_id=public_id, kind=kind.value, enrolment__course__code=course_code)
    return rows.filter(enrolment__person__erased_at__isnull=True).first()


def find_own_asking(*, person_id: int, course_code: str, kind: AskingKind) -> Asking | None:
    """The person's latest about a course. One query."""
    rows = _whole().filter(
        enrolment__person_id=person_id, enrolment__course__code=course_code, kind=kind.value
    )
    return rows.order_by("-due_on", "-pk").first()


def list_open_askings(*, person_id: int, day: date) -> list[Asking]:
    """What the person may answer that day, the oldest first, with its course. One query."""
    due = Q()
    for kind in TIMINGS:
        due |= Q(kind=kind.value, due_on__range=(open_since(kind=kind, day=day), day))
    rows = Asking.objects.filter(
        due, enrolment__person_id=person_id, is_answered=False, enrolment__completion__counts=True
    )
    return list(rows.select_related("enrolment__course").order_by("due_on", "pk"))


def list_newly_due(*, day: date, since: timedelta) -> QuerySet[Asking]:
    """Those to be told of: due within ``since`` before ``day`` and not answered. One query when read."""
    return Asking.objects.filter(
        kind__in=sorted(MAILED),
        due_on__range=(day - since, day),
        is_answered=False,
        enrolment__completion__counts=True,
        enrolment__person__erased_at__isnull=True,
        enrolment__person__merged_into__isnull=True,
    )


def _whole() -> QuerySet[Asking]:
    return Asking.objects.select_related("enrolment__release__course", "enrolment__course")
