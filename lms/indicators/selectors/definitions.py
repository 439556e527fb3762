"""The indicator as a release was made with it: what figures mean does not change under them."""

from collections.abc import Collection, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lms.indicators.models import Indicator, IndicatorRevision
from lms.indicators.rules.definitions import MEASURE, REFERENCES, Redefined, find_redefined
from lms.indicators.rules.dimension_text import spell_dimensions
from lms.indicators.rules.shapes import read_dimensions


@dataclass(frozen=True)
class FieldChange:
    """One field before and after, in words."""

    label: str
    before: str
    after: str


def as_released(*, indicator: Indicator, revision: IndicatorRevision) -> Indicator:
    """The indicator with the words and the shape of the release: a copy to read, never to save. No query."""
    return _with(indicator, revision.said, names=revision.said)


def _with(indicator: Indicator, said: Mapping[str, Any], *, names: Collection[str]) -> Indicator:
    found = copy(indicator)
    for field in Indicator._meta.concrete_fields:
        if field.name in said and field.name in names:
            setattr(found, field.name, field.to_python(said[field.name]))
    return found


def as_measured(*, indicator: Indicator, revision: IndicatorRevision | None) -> Indicator:
    """By what the figures that count are read: by today's words, but what is measured by those of their
    release. Where values are read otherwise since, so are its target and baseline. No query."""
    if revision is None:
        return indicator
    found = find_redefined(before=revision.said, after=indicator.said)
    if not found:
        return indicator
    moved = REFERENCES if any(one.moves_values for one in found) else ()
    return _with(indicator, revision.said, names={*MEASURE, *moved})


def redefined_since(*, indicator: Indicator, revision: IndicatorRevision | None) -> list[FieldChange]:
    """What is measured otherwise since the release, in words; none without a release. No query."""
    if revision is None:
        return []
    return redefined_words(find_redefined(before=revision.said, after=indicator.said))


def redefined_between(*, revision: IndicatorRevision, previous: IndicatorRevision) -> list[FieldChange]:
    """What a release measures otherwise than the one before it, in words. No query."""
    return redefined_words(find_redefined(before=previous.said, after=revision.said))


def redefined_words(found: Sequence[Redefined]) -> list[FieldChange]:
    return [field_change(name=one.field, before=one.before, after=one.after) for one in found]


def field_change(*, name: str, before: Any, after: Any) -> FieldChange:
    """One field of an indicator, as plain JSON has it, in words."""
    label = str(getattr(Indicator._meta.get_field(name), "verbose_name", name))
    return FieldChange(label[:1].upper() + label[1:], _spell(name, before), _spell(name, after))


def _spell(name: str, value: Any) -> str:
    if value is None or value == "":
        return ""
    if name == "dimensions":
        return spell_dimensions(read_dimensions(value)).replace("\n", " / ")
    if isinstance(value, bool):
        return _("sí") if value else _("no")
    choices = dict(getattr(Indicator._meta.get_field(name), "choices", None) or ())
    return str(choices.get(value, value))
