"""The slots of one institution: what they hold, what they held, and who keeps them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from lms.integrity.models import SLOT_KINDS, SlotKind, SlotVersion
from lms.integrity.rules.slots import SlotState, state_of


@dataclass(frozen=True)
class SlotRow:
    """A slot in the list of an institution; ``version`` None: it was never filled."""

    kind: SlotKind
    version: SlotVersion | None
    state: SlotState


def list_slots(*, institution_id: int, day: date) -> list[SlotRow]:
    """Every slot in its order, with its owner. One query."""
    rows = SlotVersion.objects.current().filter(institution_id=institution_id).select_related("owner")
    versions = {row.kind: row for row in rows}
    return [_row(kind, versions.get(kind.value), day) for kind in SLOT_KINDS]


def read_slot(*, institution_id: int, kind: SlotKind, day: date) -> SlotRow:
    """One slot. One query."""
    versions = list_versions(institution_id=institution_id, kind=kind.value)
    return _row(kind, versions.filter(is_current=True).first(), day)


def list_versions(*, institution_id: int, kind: str) -> QuerySet[SlotVersion]:
    """All that a slot has held, latest first. One query when read."""
    rows = SlotVersion.objects.filter(institution_id=institution_id, kind=kind)
    return rows.select_related("owner", "written_by").order_by("-number")


def find_version_at(*, institution_id: int, kind: str, at: datetime) -> SlotVersion | None:
    """What lessons showed at that instant. One query."""
    return list_versions(institution_id=institution_id, kind=kind).filter(written_at__lte=at).first()


def _row(kind: SlotKind, version: SlotVersion | None, day: date) -> SlotRow:
    state = state_of(
        is_filled=version is not None and version.content.is_filled,
        review_by=version.review_by if version else None,
        day=day,
    )
    return SlotRow(kind, version, state)
