"""What a new version changes."""

from dataclasses import replace
from typing import Any

import pytest

from courses.changes import CourseChanges, What, compare_courses
from courses.deltas import delta_between
from courses.outline import CompletionRule, CourseOutline
from tests.outlines import small_outline


def lesson(*texts: str) -> dict[str, Any]:
    """Blocks by their place: the same place, the same block."""
    return {"body": [{"id": f"b{n}", "type": "text", "value": text} for n, text in enumerate(texts)]}


def payloads(outline: CourseOutline, **lessons: dict[str, Any]) -> dict[str, Any]:
    return {unit.key: lesson("Uno", "Dos") for unit in outline.lessons} | lessons


def compare(new: CourseOutline | None = None, **lessons: dict[str, Any]) -> CourseChanges:
    old = small_outline()
    new = new or old
    return compare_courses(
        old=old, old_payloads=payloads(old), new=new, new_payloads=payloads(new, **lessons)
    )


def first_key() -> str:
    return small_outline().lessons[0].key


def test_the_same_changes_nothing() -> None:
    assert not compare() and compare().demands_same


def test_only_blocks_that_read_otherwise_are_to_be_read() -> None:
    old, changed = small_outline(), {first_key(): lesson("Uno", "Otra cosa", "Tres")}
    assert [unit.what for unit in compare(**changed).units] == [What.CHANGED]
    delta = delta_between(old_payloads=payloads(old), new=old, new_payloads=payloads(old, **changed))
    assert delta.blocks == {first_key(): ["b1", "b2"]} and delta.minutes == 1


def test_a_block_that_was_taken_out_changes_the_lesson_and_leaves_nothing_to_read() -> None:
    old, changed = small_outline(), {first_key(): lesson("Uno")}
    assert [unit.what for unit in compare(**changed).units] == [What.CHANGED]
    assert not delta_between(old_payloads=payloads(old), new=old, new_payloads=payloads(old, **changed))


def test_new_and_gone_lessons_are_told() -> None:
    old = small_outline()
    module = old.modules[0]
    added = replace(module.units[0], key="nueva", title="Nueva")
    new = replace(old, modules=(replace(module, units=(added, *module.units[1:])), *old.modules[1:]))
    changes = compare(new)
    assert [(unit.key, unit.what) for unit in changes.units] == [
        ("nueva", What.ADDED),
        (module.units[0].key, What.REMOVED),
    ]
    assert not changes.demands_same


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"certificate_months": 99}, "certificate_months"),
        ({"completion": CompletionRule(False)}, "require_all_lessons"),
    ],
)
def test_rules_are_told_before_and_after(change: dict[str, Any], rule: str) -> None:
    old = small_outline()
    found = {one.rule: (one.before, one.after) for one in compare(replace(old, **change)).rules}
    assert rule in found and found[rule][0] != found[rule][1]
