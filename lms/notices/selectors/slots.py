"""Slots of institutions of which somebody is reminded, and who that is."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from lms.integrity.models import SLOT_KINDS, SlotKind, SlotVersion
from lms.integrity.rules.slots import SlotState
from lms.integrity.selectors.matrix import cells_of, read_matrix
from lms.lib.clock import local_date
from lms.notices.rules.hours import Calendar
from lms.notices.rules.slots import KeptSlot, review_days
from lms.people.models import Institution, Role, RoleAssignment
from lms.people.selectors.holders import Holders, read_holders


@dataclass(frozen=True)
class Gap:
    """What an institution's slots lack: those that are empty, and those whose review is overdue."""

    institution_name: str
    empty: tuple[SlotKind, ...]
    expired: tuple[SlotKind, ...]


@dataclass(frozen=True)
class Keepers:
    """Who keeps the slots of institutions at an instant."""

    holders: Holders

    def people_of(self, *, institution_id: int, owner_id: int | None) -> frozenset[int]:
        """Ids of whom to remind: the owner while the role lasts, else the institution's coordinators."""
        everybody = self.holders.everybody_of(institution_id)
        owner = [one for one in everybody if one.user_id == owner_id and one.person_id]
        chosen = owner or self.holders.nearest_of(institution_id)
        return frozenset(one.person_id for one in chosen if one.person_id)

    def places(self) -> dict[int, list[int]]:
        """The institutions of which each person is to know all; by person."""
        found: dict[int, list[int]] = defaultdict(list)
        for institution_id in sorted({*self.holders.own, *self.holders.above}):
            for person_id in self.people_of(institution_id=institution_id, owner_id=None):
                found[person_id].append(institution_id)
        return found


def read_keepers(*, at: datetime) -> Keepers:
    """Two queries."""
    return Keepers(read_holders(role=Role.INTEGRITY_COORDINATOR, at=at))


def keeps_slots(*, person_id: int, at: datetime) -> bool:
    """Whether the person coordinates the integrity of some institution. One query."""
    roles = RoleAssignment.objects.valid_at(at).filter(role=Role.INTEGRITY_COORDINATOR)
    return roles.filter(user__person=person_id).exists()


def list_kept_slots(*, day: date, calendar: Calendar) -> list[KeptSlot]:
    """Filled slots of which ``day`` may have to tell something. One query."""
    first, last = review_days(day, calendar)
    rows = SlotVersion.objects.current().filled()
    found = rows.filter(review_by__range=(first, last)).order_by("pk")
    return [
        KeptSlot(row.pk, row.institution_id, row.owner_id, local_date(row.written_at), row.review_by)
        for row in found.only("institution_id", "owner_id", "written_at", "review_by")
        if row.review_by
    ]


def read_gaps(*, institution_ids: Collection[int], day: date) -> dict[int, Gap]:
    """What these institutions lack, of those that exist on ``day`` and lack something. Two queries."""
    matrix = read_matrix(day=day, institution_ids=institution_ids)
    gaps = {}
    for place in Institution.objects.valid_on(day).filter(pk__in=institution_ids).order_by("name", "pk"):
        cells = cells_of(matrix=matrix, institution_id=place.pk, kinds=SLOT_KINDS)
        states = list(zip(SLOT_KINDS, cells, strict=True))
        empty = tuple(kind for kind, cell in states if cell.state == SlotState.EMPTY)
        expired = tuple(kind for kind, cell in states if cell.state == SlotState.EXPIRED)
        if empty or expired:
            gaps[place.pk] = Gap(place.name, empty, expired)
    return gaps
