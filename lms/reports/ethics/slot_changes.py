"""The history of a slot in words: what each version changed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.integrity.models import SlotVersion
from lms.lib.word_changes import Piece, compare_words
from lms.ui.spelling import spell_date

_LABELS: dict[str, Promise] = {
    "text": _("Texto"),
    "reference": _("Dónde está"),
    "name": _("Nombre"),
    "email": _("Correo"),
    "phone": _("Teléfono o anexo"),
    "url": _("Enlace"),
    "note": _("Nota"),
    "review_by": _("Vale hasta el"),
    "owner": _("Responsable"),
}


@dataclass(frozen=True)
class FieldChange:
    """One field that is not what it was."""

    label: Promise
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Entry:
    """One version and what it changed from the one before. ``author`` empty: it is not known any more."""

    version: SlotVersion
    author: str
    changes: list[FieldChange]
    is_emptied: bool


def tell_history(*, versions: Sequence[SlotVersion]) -> list[Entry]:
    """Each version with what it changed from the one after it in the list, latest first as given.

    The last one is told as if nothing came before: of a part of a history, pass one more and drop it.
    """
    return [_entry(version, before) for version, before in pairwise([*versions, None]) if version]


def _entry(version: SlotVersion, before: SlotVersion | None) -> Entry:
    author = version.written_by.get_full_name() if version.written_by else ""
    is_emptied = before is not None and before.content.is_filled and not version.content.is_filled
    return Entry(version, author, list(_changes(version, before)), is_emptied)


def _changes(version: SlotVersion, before: SlotVersion | None) -> Iterator[FieldChange]:
    old = _values(before) if before else {}
    for name, value in _values(version).items():
        if value != old.get(name, ""):
            yield FieldChange(_LABELS[name], compare_words(before=old.get(name, ""), after=value))


def _values(version: SlotVersion) -> dict[str, str]:
    content = version.content
    owner = version.owner
    return {
        "text": content.text,
        "reference": content.reference,
        "name": content.name,
        "email": content.email,
        "phone": content.phone,
        "url": content.url,
        "note": content.note,
        "review_by": spell_date(value=version.review_by) if version.review_by else "",
        "owner": owner.get_full_name() if owner else "",
    }
