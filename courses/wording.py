"""The words of an outline apart from what it demands, and an outline in other words. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from courses.outline import CourseOutline, ModuleSpec, UnitSpec


@dataclass(frozen=True)
class UnitWords:
    title: str
    summary: str = ""


@dataclass(frozen=True)
class OutlineWords:
    """What an outline says in one language; by key, those that are translated."""

    title: str
    short_title: str
    summary: str
    audience: str = ""
    outcomes: tuple[str, ...] = ()
    modules: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, UnitWords] = field(default_factory=dict)
    competences: Mapping[str, str] = field(default_factory=dict)


def words_to_json(words: OutlineWords) -> dict[str, Any]:
    """Plain dicts and lists, as kept in a release."""
    data: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(words))
    return data


def words_from_json(data: Mapping[str, Any]) -> OutlineWords:
    """The inverse of :func:`words_to_json`."""
    return msgspec.convert(data, type=OutlineWords)


def in_words(outline: CourseOutline, *, language: str, words: OutlineWords) -> CourseOutline:
    """The outline in another language. What has no translation keeps its words, and says so.

    It demands the same: ``structure_hash`` does not change.
    """
    modules = tuple(_module(module, words) for module in outline.modules)
    keys = {key for module in outline.modules for key in (module.key, *(u.key for u in module.units))}
    return replace(
        outline,
        title=words.title,
        short_title=words.short_title,
        summary=words.summary,
        audience=words.audience or outline.audience,
        outcomes=words.outcomes or outline.outcomes,
        language=language,
        modules=modules,
        competences=tuple(
            replace(one, name=words.competences.get(one.code, one.name)) for one in outline.competences
        ),
        untranslated=frozenset(keys - words.modules.keys() - words.units.keys()),
    )


def _module(module: ModuleSpec, words: OutlineWords) -> ModuleSpec:
    units = tuple(_unit(unit, words.units.get(unit.key)) for unit in module.units)
    return replace(module, title=words.modules.get(module.key, module.title), units=units)


def _unit(unit: UnitSpec, words: UnitWords | None) -> UnitSpec:
    return replace(unit, title=words.title, summary=words.summary) if words else unit
