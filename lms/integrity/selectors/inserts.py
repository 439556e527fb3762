"""What lessons read of an institution's integrity system."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef

from lms.integrity.models import ARTICLE_OF, EXAMPLE_OF, SLOT_KINDS, Acknowledgement, EthicsCode, SlotVersion
from lms.integrity.rules.slots import SlotContent, SlotState, state_of
from lms.integrity.rules.ways import Way, find_unserved_ways

CODE, CHANNELS, EXAMPLE = "code_of_ethics", "channels", "local_example"
OWN_KINDS = frozenset({CODE, CHANNELS, EXAMPLE})
"""The kinds of a lesson's blocks that show something of the learner's institution."""


@dataclass(frozen=True)
class ShownSlot:
    """A filled slot as a lesson shows it. ``reviewed_until`` None: no day was set."""

    label: str
    content: SlotContent
    state: SlotState
    reviewed_until: date | None

    @property
    def awaits_review(self) -> bool:
        return self.state == SlotState.EXPIRED


@dataclass(frozen=True)
class InstitutionInsert:
    """All that a lesson shows of the learner's own institution. Empty without an institution."""

    institution_name: str = ""
    code_id: int | None = None
    code_public_id: UUID | None = None
    code_title: str = ""
    code_url: str = ""
    code_version: int = 0
    slots: Mapping[str, ShownSlot] = field(default_factory=dict)
    acknowledged: bool = False

    @property
    def has_code(self) -> bool:
        return self.code_id is not None

    def article(self, topic: str) -> ShownSlot | None:
        """What the code says on ``topic``; the code in general does not stand in for another topic."""
        return self.slots.get(ARTICLE_OF[topic].value)

    def example(self, topic: str) -> ShownSlot | None:
        """The institution's own example on ``topic``."""
        return self.slots.get(EXAMPLE_OF[topic].value)

    @property
    def contacts(self) -> list[ShownSlot]:
        """Those that are filled, in the order in which they are asked."""
        return [self.slots[kind.value] for kind in SLOT_KINDS if kind.is_contact and kind.value in self.slots]

    @property
    def needs_whom_to_ask(self) -> bool:
        """Whether the general text on whom to ask is shown too."""
        return Way.ASK in self._unserved

    @property
    def needs_where_to_report(self) -> bool:
        """Whether the channel that is open to anybody is shown too."""
        return Way.REPORT in self._unserved

    @property
    def _unserved(self) -> frozenset[Way]:
        return find_unserved_ways(states={kind: slot.state for kind, slot in self.slots.items()})


def find_current_code(*, institution_id: int) -> EthicsCode | None:
    """The code in force. One query."""
    return (
        EthicsCode.objects.filter(institution_id=institution_id, is_current=True)
        .select_related("institution")
        .first()
    )


def get_insert(
    *,
    kinds: Collection[str],
    institution_id: int | None,
    institution_name: str,
    person_id: int,
    day: date,
) -> InstitutionInsert:
    """What blocks of these kinds show to the person on ``day``. One query, and one more for ``CODE``."""
    if institution_id is None or not OWN_KINDS & set(kinds):
        return InstitutionInsert()
    insert = InstitutionInsert(institution_name=institution_name, slots=_read_slots(institution_id, day))
    code = _find_declared_code(institution_id, person_id) if CODE in kinds else None
    if code is None:
        return insert
    return replace(
        insert,
        code_id=code.pk,
        code_public_id=code.public_id,
        code_title=code.title,
        code_url=code.url,
        code_version=code.version,
        acknowledged=code.acknowledged,
    )


def _find_declared_code(institution_id: int, person_id: int) -> Any:
    declared = Acknowledgement.objects.filter(person_id=person_id, code=OuterRef("pk"))
    rows = EthicsCode.objects.filter(institution_id=institution_id, is_current=True)
    return rows.annotate(acknowledged=Exists(declared)).first()


def _read_slots(institution_id: int, day: date) -> dict[str, ShownSlot]:
    rows = SlotVersion.objects.current().filter(institution_id=institution_id)
    return {
        row.kind: ShownSlot(
            label=str(row.slot.label),
            content=row.content,
            state=state_of(is_filled=True, review_by=row.review_by, day=day),
            reviewed_until=row.review_by,
        )
        for row in rows
        if row.content.is_filled
    }
