"""The book of attendance that the journeys write in and replay."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from lms.journeys.attend_workshop import AttendanceFact, Attendee, Workshop
from lms.workshops.models import Attendance, WorkshopSession

BATCH = 1000
_FACT_FIELDS = ["session", "person", "context", "posting", "minutes", "marked_at", "voided_at", "void_reason"]


class AttendanceRows:
    """See :class:`lms.journeys.attend_workshop.AttendanceBook`."""

    @transaction.atomic
    def record(
        self, *, workshop: Workshop, attendees: Sequence[Attendee], marked_by_id: int | None, at: datetime
    ) -> list[AttendanceFact]:
        """Four queries. The lock on the session makes the second of two equal posts see the first."""
        session = WorkshopSession.objects.select_for_update().get(public_id=workshop.public_id)
        people = {attendee.person.pk: attendee for attendee in attendees}
        in_force = session.attendances.filter(person_id__in=people, voided_at__isnull=True)
        known = set(in_force.values_list("person_id", flat=True))
        rows = [
            Attendance(
                session=session,
                person=attendee.person,
                context=attendee.context,
                posting=attendee.posting,
                minutes=workshop.minutes,
                marked_by_id=marked_by_id,
                marked_at=at,
            )
            for person_id, attendee in people.items()
            if person_id not in known
        ]
        return [_fact(row, session.public_id) for row in Attendance.objects.bulk_create(rows)]

    @transaction.atomic
    def void(
        self,
        *,
        session_id: UUID,
        person_ids: Sequence[int],
        reason: str,
        voided_by_id: int | None,
        at: datetime,
    ) -> list[AttendanceFact]:
        """Three queries. Whoever did not attend did not under a merged record either."""
        session = WorkshopSession.objects.select_for_update().get(public_id=session_id)
        theirs = Q(person_id__in=list(person_ids)) | Q(person__merged_into_id__in=list(person_ids))
        rows = list(session.attendances.filter(theirs, voided_at__isnull=True))
        for row in rows:
            row.voided_at, row.voided_by_id, row.void_reason = at, voided_by_id, reason
        Attendance.objects.bulk_update(rows, ["voided_at", "voided_by", "void_reason"])
        return [_fact(row, session.public_id) for row in rows]

    def read(self) -> Iterator[AttendanceFact]:
        """Two queries."""
        sessions = _session_keys()
        for row in Attendance.objects.order_by("pk").iterator():
            yield _fact(row, sessions[row.session_id])

    def read_of(self, *, person_id: int) -> list[tuple[AttendanceFact, str]]:
        """One query."""
        rows = Attendance.objects.filter(person_id=person_id).select_related("session")
        return [
            (_fact(row, row.session.public_id), row.session.title)
            for row in rows.order_by("-marked_at", "-pk")
        ]

    @transaction.atomic
    def restore(self, *, facts: Sequence[AttendanceFact]) -> None:
        """Rows stay where they stand, so that who marked them stays known.

        Attendances of erased people have nobody to be stated of, and stay as they are. Facts of a
        session that no longer exists are left out.
        """
        ids = {public_id: pk for pk, public_id in _session_keys().items()}
        stated = {fact.public_id: fact for fact in facts if fact.session_id in ids}
        present = Attendance.objects.filter(person__pseudonyms__isnull=False)
        surplus = [pk for pk, key in present.values_list("pk", "public_id") if key not in stated]
        Attendance.objects.filter(pk__in=surplus).delete()
        known = {row.public_id: row for row in Attendance.objects.all()}
        rows = [_restored(fact, known.get(fact.public_id), ids) for fact in stated.values()]
        # What is voided first, so that no two rows of a person are in force on the way.
        for is_voided in (True, False):
            standing = [row for row in rows if row.pk and (row.voided_at is not None) is is_voided]
            Attendance.objects.bulk_update(standing, _FACT_FIELDS, batch_size=BATCH)
        Attendance.objects.bulk_create([row for row in rows if not row.pk], batch_size=BATCH)


def _session_keys() -> dict[int, UUID]:
    return dict(WorkshopSession.objects.values_list("pk", "public_id"))


def _fact(row: Attendance, session_id: UUID) -> AttendanceFact:
    return AttendanceFact(
        public_id=row.public_id,
        session_id=session_id,
        person_id=row.person_id,
        context=row.context,
        posting_id=row.posting_id,
        minutes=row.minutes,
        marked_at=row.marked_at,
        voided_at=row.voided_at,
        void_reason=row.void_reason,
    )


def _restored(fact: AttendanceFact, row: Attendance | None, session_ids: dict[UUID, int]) -> Attendance:
    row = row or Attendance(public_id=fact.public_id)
    row.session_id, row.person_id = session_ids[fact.session_id], fact.person_id
    row.context, row.posting_id, row.minutes = fact.context, fact.posting_id, fact.minutes
    row.marked_at, row.voided_at, row.void_reason = fact.marked_at, fact.voided_at, fact.void_reason
    return row
