"""Meetings of the space for dialogue, as screens and files read them."""

from datetime import date

from django.db.models import Max, QuerySet

from lms.participation.models import DialogueMeeting
from lms.participation.rules.meetings import MeetingRhythm, rhythm


def list_meetings(*, plan_id: int) -> QuerySet[DialogueMeeting]:
    """Published ones, newest first, with attendance. Two queries for a page, one to count."""
    return list_all_meetings(plan_id=plan_id).filter(is_published=True)


def list_all_meetings(*, plan_id: int) -> QuerySet[DialogueMeeting]:
    """Unpublished ones too, for those who keep the plan."""
    rows = DialogueMeeting.objects.filter(plan_id=plan_id)
    return rows.prefetch_related("attendance").order_by("-held_on", "-pk")


def read_rhythm(*, plan_id: int, on: date) -> MeetingRhythm:
    """When the last published meeting was, of those held by that day. One query."""
    rows = DialogueMeeting.objects.filter(plan_id=plan_id, is_published=True, held_on__lte=on)
    return rhythm(last_on=rows.aggregate(last=Max("held_on"))["last"], on=on)


def find_meeting(*, plan_id: int, meeting_id: int) -> DialogueMeeting | None:
    """One query."""
    return DialogueMeeting.objects.filter(plan_id=plan_id, pk=meeting_id).first()
