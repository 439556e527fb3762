"""What e-mails say to those who keep the slots of institutions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.integrity.models import SlotKind
from lms.notices.selectors.letters import Letter
from lms.notices.selectors.slot_letters import SlotLine
from lms.notices.selectors.slots import Gap
from lms.ui.spelling import spell_date


@dataclass(frozen=True)
class SaidSlot:
    """One slot in an e-mail: its name, whose it is, what there is to do."""

    title: str
    place: str
    sentence: str


@dataclass(frozen=True)
class SaidGap:
    """One institution in the yearly summary."""

    place: str
    sentences: list[str]


def slot_subject(letter: Letter) -> str:
    """One line; the number of slots where there are several."""
    if letter.gaps:
        return _("Textos de integridad que faltan al %(day)s") % {"day": spell_date(value=letter.day)}
    count = len(letter.slots)
    if count > 1:
        return _("Tienes %(count)s textos de integridad por revisar") % {"count": count}
    line = letter.slots[0]
    return _("%(what)s: %(slot)s") % {"what": _headline(line, letter.day), "slot": line.kind.name}


def say_slots(*, lines: Sequence[SlotLine], day: date) -> list[SaidSlot]:
    """The slots in words, as of ``day``."""
    return [SaidSlot(str(line.kind.name), line.institution_name, _sentence(line, day)) for line in lines]


def say_gaps(*, gaps: Collection[Gap]) -> list[SaidGap]:
    """What lacks, by institution."""
    return [SaidGap(gap.institution_name, list(_gap_sentences(gap))) for gap in gaps]


def slot_path(letter: Letter) -> str:
    """Where it is done: the slot, the institution's list, or the matrix of all of them."""
    places = {line.institution_code for line in letter.slots} or {letter.institution_code}
    if len(places) > 1 or len(letter.gaps) > 1:
        return reverse("integrity:matrix")
    query = f"?institucion={places.pop()}"
    if len(letter.slots) == 1:
        return reverse("integrity:slot", args=[letter.slots[0].kind.slug]) + query
    return reverse("integrity:system") + query


def recall_slot(*, is_late: bool, key: date) -> str:
    """What a reminder was about, in words that stay true afterwards."""
    day = {"day": spell_date(value=key)}
    return (_("Valía hasta el %(day)s y falta revisarlo.") if is_late else _("Vale hasta el %(day)s.")) % day


def _headline(line: SlotLine, day: date) -> str:
    left = (line.review_by - day).days
    if left < 0:
        return _("Revisión pendiente")
    words = ngettext("Queda %(left)s día para revisar", "Quedan %(left)s días para revisar", left)
    return words % {"left": left}


def _sentence(line: SlotLine, day: date) -> str:
    when = {"day": spell_date(value=line.review_by)}
    if line.review_by < day:
        return _("Valía hasta el %(day)s. Las lecciones avisan que falta revisarlo.") % when
    return _("Vale hasta el %(day)s. Si sigue igual, cambia solo la fecha.") % when


def _gap_sentences(gap: Gap) -> list[str]:
    found = []
    if gap.empty:
        found.append(_("Vacíos: %(count)s. %(names)s.") % _counted(gap.empty))
    if gap.expired:
        found.append(_("Vencidos: %(count)s. %(names)s.") % _counted(gap.expired))
    return found


def _counted(kinds: Sequence[SlotKind]) -> dict[str, object]:
    return {"count": len(kinds), "names": "; ".join(str(kind.name) for kind in kinds)}
