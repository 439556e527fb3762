"""What an e-mail says of the slots that somebody keeps, read on the day of sending."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from lms.integrity.models import SlotKind
from lms.notices.models import Notice
from lms.notices.rules.kinds import OF_ONE_SLOT, Kind, Reason
from lms.notices.rules.slots import find_slot_obstacle
from lms.notices.selectors.slots import Gap, Keepers, read_gaps, read_keepers

SLOT = "slot"
SLOT_WORDS = ("slot__text",)
"""What a query of notices joined with ``SLOT`` leaves where it is."""


@dataclass(frozen=True)
class SlotLine:
    """One slot to be reviewed."""

    kind: SlotKind
    institution_name: str
    institution_code: str
    review_by: date


@dataclass(frozen=True)
class SlotFacts:
    """Who keeps what, and what is lacking where; empty for a batch without such notices."""

    keepers: Keepers | None = None
    places: Mapping[int, list[int]] = field(default_factory=dict)
    gaps: Mapping[int, Gap] = field(default_factory=dict)

    def find_obstacle(self, notice: Notice, day: date) -> Reason:
        """Why the notice is not sent any more; ``Reason.NONE`` when it holds."""
        if notice.kind == Kind.SLOT_EMPTY:
            if notice.person_id not in self.places:
                return Reason.ROLE_ENDED
            return Reason.NONE if self.gaps_of(notice.person_id) else Reason.NOTHING
        assert notice.slot and notice.institution_id and self.keepers is not None
        keepers = self.keepers.people_of(institution_id=notice.institution_id, owner_id=notice.slot.owner_id)
        if notice.person_id not in keepers:
            return Reason.ROLE_ENDED
        return find_slot_obstacle(
            kind=notice.kind, review_by=notice.key, is_current=notice.slot.is_current, day=day
        )

    def gaps_of(self, person_id: int) -> tuple[Gap, ...]:
        """What lacks in the institutions that the person keeps, by name."""
        mine = set(self.places.get(person_id, ()))
        return tuple(gap for place, gap in self.gaps.items() if place in mine)


def read_slot_facts(*, notices: Collection[Notice], day: date, at: datetime) -> SlotFacts:
    """No query without such notices; two, and two more for yearly summaries."""
    if not any(notice.kind in OF_ONE_SLOT or notice.kind == Kind.SLOT_EMPTY for notice in notices):
        return SlotFacts()
    keepers = read_keepers(at=at)
    people = {notice.person_id for notice in notices if notice.kind == Kind.SLOT_EMPTY}
    places = {person: found for person, found in keepers.places().items() if person in people}
    wanted = {place for found in places.values() for place in found}
    return SlotFacts(keepers, places, read_gaps(institution_ids=wanted, day=day) if wanted else {})


def slot_lines(notices: Sequence[Notice]) -> tuple[SlotLine, ...]:
    """Each slot once, what is soonest first."""
    found = {
        notice.slot.pk: SlotLine(
            notice.slot.slot, notice.institution.name, notice.institution.code, notice.key
        )
        for notice in notices
        if notice.slot and notice.institution
    }
    return tuple(sorted(found.values(), key=lambda line: (line.review_by, line.institution_name)))
