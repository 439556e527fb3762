"""What a course consists of, as plain data: the part of a release on which records rest. Pure.

An outline is frozen when a course is published. Records point at units by their ``key``; a key
never changes its meaning.
"""

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class UnknownUnitError(LookupError):
    """The course release has no unit with that key."""


class UnitKind(StrEnum):
    LESSON = "lesson"
    DILEMMA = "dilemma"
    ASSESSMENT = "assessment"


@dataclass(frozen=True)
class UnitSpec:
    """One thing to do. ``minutes`` is reading plus activity, for a person who works through it."""

    key: str
    kind: UnitKind
    title: str
    minutes: int
    summary: str = ""
    competences: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    dilemma: str = ""
    acknowledges_code: bool = False


@dataclass(frozen=True)
class ModuleSpec:
    key: str
    title: str
    units: tuple[UnitSpec, ...]


@dataclass(frozen=True)
class CompetenceSpec:
    """A competence and the level (1 recognises, 2 applies, 3 guides others) that the course reaches."""

    code: str
    name: str
    level: int


@dataclass(frozen=True)
class DrawSpec:
    """So many questions of one competence; only hard ones, or only with a tag, where it says so.

    ``difficulty`` 1 to 3, 0: any.
    """

    competence: str
    count: int
    difficulty: int = 0
    tag: str = ""


@dataclass(frozen=True)
class AssessmentRule:
    """The final assessment. ``pass_percent`` 1–100; ``attempts`` 0 means without limit.

    ``pass_percent_each``: of the points of each competence, 0: not asked. ``minutes``: for a whole
    attempt, 0: as long as one likes. ``is_one_page``: all questions at once. ``two_markers``: two
    people mark each open answer.
    """

    pass_percent: int
    attempts: int
    wait_hours: int
    blueprint: tuple[DrawSpec, ...]
    pass_percent_each: int = 0
    minutes: int = 0
    is_one_page: bool = False
    two_markers: bool = False

    @property
    def question_count(self) -> int:
        return sum(draw.count for draw in self.blueprint)

    @property
    def correct_needed(self) -> int:
        """Whole answers needed to reach ``pass_percent``."""
        return math.ceil(self.question_count * self.pass_percent / 100)


@dataclass(frozen=True)
class CompletionRule:
    """What counts as having completed the course."""

    require_all_lessons: bool = True
    require_assessment: bool = True
    require_dilemmas: int = 0


@dataclass(frozen=True)
class CourseOutline:
    """The whole course. ``certificate_months`` 0 means that the certificate does not expire.

    ``untranslated``: keys of modules and units that keep the words of the source language, in an
    outline in another one (``courses.wording``); not kept in a release.
    """

    code: str
    title: str
    short_title: str
    summary: str
    language: str
    modules: tuple[ModuleSpec, ...]
    completion: CompletionRule
    assessment: AssessmentRule | None = None
    competences: tuple[CompetenceSpec, ...] = ()
    outcomes: tuple[str, ...] = ()
    commitments: tuple[int, ...] = ()
    certificate_months: int = 0
    pedagogical_hour_minutes: int = 45
    audience: str = ""
    emblem: str = ""
    untranslated: frozenset[str] = frozenset()
    units: tuple[UnitSpec, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        units = tuple(unit for module in self.modules for unit in module.units)
        object.__setattr__(self, "units", units)

    @property
    def is_assessed(self) -> bool:
        """Whether completing it asks for an assessment."""
        return self.completion.require_assessment and self.assessment is not None

    @property
    def lessons(self) -> tuple[UnitSpec, ...]:
        """Units that are read: all but the assessment."""
        return tuple(unit for unit in self.units if unit.kind != UnitKind.ASSESSMENT)

    @property
    def assessment_unit(self) -> UnitSpec | None:
        return next((unit for unit in self.units if unit.kind == UnitKind.ASSESSMENT), None)

    @property
    def minutes(self) -> int:
        """Minutes of the whole course, the sum of its units."""
        return sum(unit.minutes for unit in self.units)

    @property
    def pedagogical_hours(self) -> float:
        """Hours of ``pedagogical_hour_minutes``, rounded down to a tenth: never more than is true."""
        return math.floor(self.minutes / self.pedagogical_hour_minutes * 10) / 10

    def get_unit(self, key: str) -> UnitSpec:
        """The unit with ``key``.

        Raises:
            UnknownUnitError: the course has none.
        """
        for unit in self.units:
            if unit.key == key:
                return unit
        raise UnknownUnitError(key)

    def module_of(self, key: str) -> ModuleSpec:
        """The module that holds the unit ``key``.

        Raises:
            UnknownUnitError: none does.
        """
        for module in self.modules:
            if any(unit.key == key for unit in module.units):
                return module
        raise UnknownUnitError(key)

    def neighbours(self, key: str) -> tuple[UnitSpec | None, UnitSpec | None]:
        """The units before and after ``key``; ``None`` at the ends."""
        index = self.units.index(self.get_unit(key))
        before = self.units[index - 1] if index else None
        after = self.units[index + 1] if index + 1 < len(self.units) else None
        return before, after

    @property
    def structure_hash(self) -> str:
        """Same value, same demands: unit keys and kinds, checks, dilemmas, rules. Not the words.

        A release with the structure of an earlier one only words things better, so people who
        are in the middle of the earlier one read the newer words.
        """
        demands = {
            "units": [(u.key, u.kind, u.checks, u.dilemma) for u in self.units],
            "completion": asdict(self.completion),
            "assessment": _demands(self.assessment) if self.assessment else None,
        }
        return digest(demands)


def _demands(rule: AssessmentRule) -> dict[str, Any]:
    """What the assessment asks for. Fields that came later count where they ask for something."""
    later = {"pass_percent_each": 0, "minutes": 0}
    rows = [
        {name: value for name, value in asdict(part).items() if name in ("competence", "count") or value}
        for part in rule.blueprint
    ]
    data = asdict(rule) | {"blueprint": rows}
    del data["is_one_page"], data["two_markers"]
    return {name: value for name, value in data.items() if later.get(name) != value or name not in later}


def digest(data: Any) -> str:
    """SHA-256 of the canonical JSON of ``data``, 64 hexadecimal characters."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(text.encode()).hexdigest()


def outline_to_json(outline: CourseOutline) -> dict[str, Any]:
    """Plain dicts and lists, as kept in a release."""
    data = asdict(outline)
    del data["units"], data["untranslated"]
    return data


def outline_from_json(data: dict[str, Any]) -> CourseOutline:
    """The inverse of :func:`outline_to_json`."""
    assessment = data.get("assessment")
    rest = {
        key: data[key]
        for key in (
            "code", "title", "short_title", "summary", "language", "certificate_months",
            "pedagogical_hour_minutes", "audience", "emblem",
        )
    }  # fmt: skip
    return CourseOutline(
        **rest,
        outcomes=tuple(data["outcomes"]),
        commitments=tuple(data["commitments"]),
        competences=tuple(CompetenceSpec(**c) for c in data["competences"]),
        completion=CompletionRule(**data["completion"]),
        assessment=AssessmentRule(
            **{k: v for k, v in assessment.items() if k != "blueprint"},
            blueprint=tuple(DrawSpec(**d) for d in assessment["blueprint"]),
        )
        if assessment
        else None,
        modules=tuple(
            ModuleSpec(m["key"], m["title"], tuple(_unit_from_json(u) for u in m["units"]))
            for m in data["modules"]
        ),
    )


def _unit_from_json(data: dict[str, Any]) -> UnitSpec:
    return UnitSpec(
        **{
            **data,
            "kind": UnitKind(data["kind"]),
            "competences": tuple(data["competences"]),
            "checks": tuple(data["checks"]),
        }
    )
