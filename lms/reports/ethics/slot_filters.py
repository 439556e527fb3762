"""What is asked of the matrix of slots, read from the address."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lms.integrity.models import KIND_BY_SLUG, SLOT_KINDS, Family, SlotKind
from lms.integrity.rules.slots import SlotState
from lms.people.models import Institution
from lms.reports.ethics.slot_words import WORDS
from lms.ui.components import Choice

FAMILY_SLUGS = {"codigo": Family.ARTICLE, "contactos": Family.CONTACT, "ejemplos": Family.EXAMPLE}
STATE_SLUGS = {
    "vigente": SlotState.FILLED,
    "por-vencer": SlotState.ENDING,
    "vencido": SlotState.EXPIRED,
    "vacio": SlotState.EMPTY,
}
SLUG_OF = {state: slug for slug, state in STATE_SLUGS.items()}


@dataclass(frozen=True)
class SlotFilters:
    """Empty fields filter nothing. ``slot``: the slug of a slot, or of a family of them."""

    state: SlotState | None = None
    ministry: str = ""
    slot: str = ""

    @property
    def kinds(self) -> tuple[SlotKind, ...]:
        """The columns to show."""
        if self.slot in KIND_BY_SLUG:
            return (KIND_BY_SLUG[self.slot],)
        family = FAMILY_SLUGS.get(self.slot)
        return tuple(kind for kind in SLOT_KINDS if family in (None, kind.family))

    def query(self, **changes: str) -> str:
        """The filters as the query of an address."""
        names = {
            "estado": SLUG_OF[self.state] if self.state else "",
            "ministerio": self.ministry,
            "espacio": self.slot,
        } | changes
        return urlencode({name: value for name, value in names.items() if value})


def read_slot_filters(data: Mapping[str, str]) -> SlotFilters:
    """From ``request.GET``; unknown values are dropped, never an error."""
    slot = data.get("espacio", "")
    return SlotFilters(
        state=STATE_SLUGS.get(data.get("estado", "")),
        ministry=data.get("ministerio", "").replace("\x00", "")[:40],
        slot=slot if slot in KIND_BY_SLUG or slot in FAMILY_SLUGS else "",
    )


def state_choices(filters: SlotFilters) -> list[Choice]:
    every = Choice("", _("Todos"), filters.state is None)
    return [every, *(Choice(SLUG_OF[s], str(text), s == filters.state) for s, text in WORDS.items())]


def slot_choices(filters: SlotFilters) -> list[Choice]:
    families = ((slug, family.label) for slug, family in FAMILY_SLUGS.items())
    slots = ((kind.slug, kind.name) for kind in SLOT_KINDS)
    every = Choice("", _("Todos"), not filters.slot)
    return [every, *(Choice(slug, str(text), slug == filters.slot) for slug, text in (*families, *slots))]


def ministry_choices(filters: SlotFilters, ministries: Iterable[Institution]) -> list[Choice]:
    every = Choice("", _("Todos"), not filters.ministry)
    return [every, *(Choice(one.code, one.name, one.code == filters.ministry) for one in ministries)]
