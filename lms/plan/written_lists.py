"""Lists as people write them in a form: lines, names of institutions, numbers of commitments."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _

from lms.lib.words import clean_line, plain_words
from lms.people.models import Institution
from lms.plan.models import ActionPlan, Commitment
from lms.plan.rules.sdg import UnknownTargetError, read_targets

MOST_LINES = 100


class UnknownInstitutionError(LookupError):
    """No institution has that name or code; the argument is what was written."""


class UnknownNumberError(LookupError):
    """No commitment has that number; the argument is what was written."""


def read_lines(text: str, *, most: int) -> list[str]:
    """Lines without blanks around, once each, in order.

    Raises:
        forms.ValidationError: too many lines, or one longer than ``most`` characters.
    """
    lines = list(dict.fromkeys(line for raw in text.splitlines() if (line := clean_line(raw))))
    if len(lines) > MOST_LINES:
        raise forms.ValidationError(_("Escribe %(most)d líneas como máximo.") % {"most": MOST_LINES})
    if long := next((line for line in lines if len(line) > most), None):
        words = _("Esta línea es demasiado larga (máximo %(most)d caracteres): %(start)s…")
        raise forms.ValidationError(words % {"most": most, "start": long[:40]})
    return lines


def read_institutions(text: str) -> list[int]:
    """Ids of institutions written by name or code, one per line. One query.

    Raises:
        UnknownInstitutionError: for the first that there is not.
        forms.ValidationError: see :func:`read_lines`.
    """
    lines = read_lines(text, most=255)
    if not lines:
        return []
    codes: dict[str, int] = {}
    names: dict[str, set[int]] = {}
    for pk, name, code in Institution.objects.values_list("pk", "name", "code"):
        codes[plain_words(code)] = pk
        names.setdefault(plain_words(name), set()).add(pk)
    return [_find_institution(line, codes, names) for line in lines]


def write_institutions(places: Iterable[Institution]) -> str:
    """As :func:`read_institutions` understands it: names, codes where others are called alike. One query."""
    places = list(places)
    if not places:
        return ""
    known = Counter(plain_words(name) for name in Institution.objects.values_list("name", flat=True))
    return "\n".join(place.name if known[plain_words(place.name)] == 1 else place.code for place in places)


def _find_institution(line: str, codes: dict[str, int], names: dict[str, set[int]]) -> int:
    """By its code, or by a name that no other has."""
    written = plain_words(line)
    if written in codes:
        return codes[written]
    found = names.get(written, set())
    if len(found) > 1:
        words = _("Hay varias instituciones que se llaman «%(name)s». Escribe el código de la que es.")
        raise forms.ValidationError(words % {"name": line})
    if not found:
        raise UnknownInstitutionError(line)
    return next(iter(found))


def read_numbers(text: str, *, plan: ActionPlan, kept: Collection[int] = ()) -> list[int]:
    """Ids of commitments written as ``3`` or ``plan-chile-4/6``. One query.

    ``kept``: ids that were there before, also where their plan is a draft now.

    Raises:
        UnknownNumberError: for the first that there is not.
    """
    words = [word for word in re.split(r"[\s,;]+", text) if word]
    if not words:
        return []
    wanted = [_read_number(word, plan=plan) for word in words]
    rows: Any = Commitment.objects.filter(plan__code__in={code for code, _number in wanted})
    # Of another plan only what everybody sees: a draft of others does not exist here.
    rows = rows.filter(~Q(plan__status=ActionPlan.Status.DRAFT) | Q(plan=plan) | Q(pk__in=kept))
    known = {(code, number): pk for pk, code, number in rows.values_list("pk", "plan__code", "number")}
    for word, key in zip(words, wanted, strict=True):
        if key not in known:
            raise UnknownNumberError(word)
    return [known[key] for key in wanted]


def _read_number(word: str, *, plan: ActionPlan) -> tuple[str, int]:
    code, slash, number = word.rpartition("/")
    if not (number.isascii() and number.isdigit() and len(number) < 6):
        raise UnknownNumberError(word)
    return (code if slash else plan.code), int(number)


def read_sdg(text: str) -> list[str]:
    """Numbers of goals and targets.

    Raises:
        forms.ValidationError: for one that is none.
    """
    try:
        return read_targets(text)
    except UnknownTargetError as error:
        words = _("«%(target)s» no es un objetivo ni una meta de los ODS. Por ejemplo: 16.5, 16.10, 4.")
        raise forms.ValidationError(words % {"target": error.args[0][:20]}) from None
