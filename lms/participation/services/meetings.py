"""Meetings of the space for dialogue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from lms.participation.models import DialogueMeeting, MeetingAttendance
from lms.participation.rules.contributions import Sector


@dataclass(frozen=True)
class MeetingValues:
    """``attendance``: people by sector; sectors that are not there were not counted."""

    held_on: date
    title: str
    is_online: bool
    place: str
    agenda: str
    minutes_text: str
    minutes_url: str
    agreements: str
    is_published: bool
    attendance: Mapping[Sector, int]


@transaction.atomic
def save_meeting(
    *, plan_id: int, meeting_id: int | None, values: MeetingValues, at: datetime
) -> DialogueMeeting:
    """A new meeting, or what is known of one by now, with its attendance."""
    row = DialogueMeeting(plan_id=plan_id)
    if meeting_id is not None:
        row = DialogueMeeting.objects.select_for_update().get(pk=meeting_id, plan_id=plan_id)
    row.held_on, row.title, row.saved_at = values.held_on, values.title, at
    row.is_online, row.place, row.agenda = values.is_online, values.place, values.agenda
    row.minutes_text, row.minutes_url = values.minutes_text, values.minutes_url
    row.agreements, row.is_published = values.agreements, values.is_published
    row.save()
    row.attendance.all().delete()
    MeetingAttendance.objects.bulk_create(
        MeetingAttendance(meeting=row, sector=sector.value, people=people)
        for sector, people in values.attendance.items()
    )
    return row
