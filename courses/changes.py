"""What a new version of a course changes, as plain data. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from courses.outline import CourseOutline, UnitKind, UnitSpec

Payloads = Mapping[str, Mapping[str, Any]]

RULES = (
    "pass_percent", "pass_percent_each", "attempts", "wait_hours", "minutes", "blueprint",
    "require_all_lessons", "require_assessment", "require_dilemmas", "certificate_months",
)  # fmt: skip


class What(StrEnum):
    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class UnitChange:
    """A lesson or dilemma that is new, reads otherwise, or is gone. ``minutes``: of the unit."""

    key: str
    title: str
    what: What
    kind: UnitKind
    minutes: int


@dataclass(frozen=True)
class RuleChange:
    """One of :data:`RULES` before and after."""

    rule: str
    before: Any
    after: Any


@dataclass(frozen=True)
class QuestionChanges:
    """How many questions of the assessment are new, read or are graded otherwise, are gone."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class CourseChanges:
    """``demands_same``: nobody has to do anything else than before."""

    units: tuple[UnitChange, ...] = ()
    rules: tuple[RuleChange, ...] = ()
    questions: QuestionChanges = field(default_factory=QuestionChanges)
    demands_same: bool = True

    def __bool__(self) -> bool:
        return bool(self.units or self.rules or self.questions)


def compare_courses(
    *, old: CourseOutline, old_payloads: Payloads, new: CourseOutline, new_payloads: Payloads
) -> CourseChanges:
    """What ``new`` changes, in its order; what is gone comes last."""
    before = {unit.key: unit for unit in old.lessons}
    units = [
        change
        for unit in new.lessons
        if (change := _compare(unit, before.get(unit.key), old_payloads, new_payloads))
    ]
    kept = {unit.key for unit in new.lessons}
    units += [
        UnitChange(unit.key, unit.title, What.REMOVED, unit.kind, unit.minutes)
        for unit in old.lessons
        if unit.key not in kept
    ]
    rules = _rules(old), _rules(new)
    return CourseChanges(
        units=tuple(units),
        rules=tuple(
            RuleChange(name, rules[0][name], rules[1][name])
            for name in RULES
            if rules[0][name] != rules[1][name]
        ),
        questions=_compare_questions(_questions(old, old_payloads), _questions(new, new_payloads)),
        demands_same=old.structure_hash == new.structure_hash,
    )


def changed_blocks(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The blocks of a lesson's payload ``new`` that are new or read otherwise, in its order."""
    known = {block["id"]: block for block in old.get("body", ())}
    return [block for block in new.get("body", ()) if known.get(block["id"]) != block]


def _compare(
    unit: UnitSpec, before: UnitSpec | None, old_payloads: Payloads, new_payloads: Payloads
) -> UnitChange | None:
    if before is None:
        return UnitChange(unit.key, unit.title, What.ADDED, unit.kind, unit.minutes)
    is_same = old_payloads.get(unit.key) == new_payloads.get(unit.key) and before.title == unit.title
    return None if is_same else UnitChange(unit.key, unit.title, What.CHANGED, unit.kind, unit.minutes)


def _rules(outline: CourseOutline) -> dict[str, Any]:
    found: dict[str, Any] = dict.fromkeys(RULES)
    if outline.assessment:
        found |= {name: value for name, value in asdict(outline.assessment).items() if name in RULES}
        found["blueprint"] = outline.assessment.question_count
    found |= asdict(outline.completion)
    found["certificate_months"] = outline.certificate_months
    return found


def _questions(outline: CourseOutline, payloads: Payloads) -> dict[str, Any]:
    unit = outline.assessment_unit
    rows = payloads.get(unit.key, {}).get("questions", ()) if unit else ()
    return {row["key"]: row for row in rows}


def _compare_questions(old: Mapping[str, Any], new: Mapping[str, Any]) -> QuestionChanges:
    shared = old.keys() & new.keys()
    return QuestionChanges(
        added=len(new.keys() - shared),
        changed=sum(old[key] != new[key] for key in shared),
        removed=len(old.keys() - shared),
    )
