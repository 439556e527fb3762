"""Which accounts hold a role in which institutions, for those who write to them or count on them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from lms.people.models import RoleAssignment
from lms.people.rules import below
from lms.people.selectors.places import institution_parents


@dataclass(frozen=True, order=True)
class Holder:
    """An account with the role. ``person_id`` None: it has nobody to whom a notice could be put down."""

    name: str
    user_id: int
    person_id: int | None


@dataclass(frozen=True)
class Holders:
    """By institution: who holds the role there, and who holds it from an institution above."""

    own: Mapping[int, tuple[Holder, ...]]
    above: Mapping[int, tuple[Holder, ...]]

    def everybody_of(self, institution_id: int) -> tuple[Holder, ...]:
        """Each account once, the institution's own first."""
        found: dict[int, Holder] = {}
        for holder in (*self.own.get(institution_id, ()), *self.above.get(institution_id, ())):
            found.setdefault(holder.user_id, holder)
        return tuple(found.values())

    def nearest_of(self, institution_id: int) -> tuple[Holder, ...]:
        """The institution's own; without any, those from above."""
        return self.own.get(institution_id) or self.above.get(institution_id, ())


def read_holders(*, role: str, at: datetime) -> Holders:
    """Accounts that can log in and hold the role in a whole institution at ``at``. Two queries."""
    parent_of = institution_parents()
    own: dict[int, set[Holder]] = defaultdict(set)
    above: dict[int, set[Holder]] = defaultdict(set)
    rows = RoleAssignment.objects.valid_at(at).filter(
        role=role, institution__isnull=False, unit__isnull=True, user__is_active=True
    )
    for assignment in rows.select_related("user__person"):
        place = assignment.institution_id
        assert place is not None
        holder = _holder(assignment)
        own[place].add(holder)
        if assignment.with_dependents:
            for dependent in below(roots=[place], parent_of=parent_of) - {place}:
                above[dependent].add(holder)
    return Holders(_sorted(own), _sorted(above))


def _holder(assignment: RoleAssignment) -> Holder:
    user = assignment.user
    person = getattr(user, "person", None)
    is_present = person is not None and person.erased_at is None and person.merged_into_id is None
    name = user.get_full_name() or user.email or ""
    return Holder(name, user.pk, person.pk if person and is_present else None)


def _sorted(found: Mapping[int, set[Holder]]) -> dict[int, tuple[Holder, ...]]:
    return {
        place: tuple(sorted(holders, key=lambda one: (one.name, one.user_id)))
        for place, holders in found.items()
    }
