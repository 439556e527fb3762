from dataclasses import replace

import pytest

from courses.outline import (
    AssessmentRule,
    CompletionRule,
    DrawSpec,
    UnknownUnitError,
    digest,
    outline_from_json,
    outline_to_json,
)
from tests.factories.courses import make_outline


def keys(units: tuple) -> list[str | None]:
    return [unit.key if unit else None for unit in units]


def test_an_outline_survives_json() -> None:
    outline = make_outline()
    assert outline_from_json(outline_to_json(outline)) == outline


def test_an_outline_without_assessment_survives_json() -> None:
    outline = make_outline(assessment=None)
    assert outline_from_json(outline_to_json(outline)) == outline


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Otro título"},
        {"summary": "Otras palabras."},
        {"outcomes": ("Otro logro",)},
        {"certificate_months": 0},
        {"commitments": ()},
    ],
)
def test_other_words_keep_the_structure(change: dict) -> None:
    assert make_outline(**change).structure_hash == make_outline().structure_hash


def test_a_new_title_of_a_lesson_keeps_the_structure() -> None:
    outline = make_outline()
    first = outline.modules[0]
    renamed = replace(first, units=(replace(first.units[0], title="Otro", minutes=99), *first.units[1:]))
    assert make_outline(modules=(renamed, *outline.modules[1:])).structure_hash == outline.structure_hash


@pytest.mark.parametrize(
    "change",
    [
        {"completion": CompletionRule(require_dilemmas=2)},
        {"assessment": None},
        {"assessment": AssessmentRule(80, 3, 24, (DrawSpec("INT-1", 10),))},
        {"assessment": AssessmentRule(70, 3, 24, (DrawSpec("INT-1", 9),))},
        {"modules": make_outline().modules[1:]},
    ],
)
def test_other_demands_change_the_structure(change: dict) -> None:
    assert make_outline(**change).structure_hash != make_outline().structure_hash


def test_a_new_practice_question_changes_the_structure() -> None:
    outline = make_outline()
    first = outline.modules[0]
    asked = replace(first, units=(replace(first.units[0], checks=("l1-p1", "l1-p2")), *first.units[1:]))
    assert make_outline(modules=(asked, *outline.modules[1:])).structure_hash != outline.structure_hash


def test_the_first_unit_has_nothing_before() -> None:
    assert keys(make_outline().neighbours("l1")) == [None, "l2"]


def test_neighbours_cross_modules() -> None:
    assert keys(make_outline().neighbours("l3")) == ["l2", "final"]


def test_the_last_unit_has_nothing_after() -> None:
    assert keys(make_outline().neighbours("final")) == ["l3", None]


@pytest.mark.parametrize("method", ["get_unit", "module_of", "neighbours"])
def test_an_unknown_unit_is_said(method: str) -> None:
    with pytest.raises(UnknownUnitError):
        getattr(make_outline(), method)("no-existe")


def test_a_unit_knows_its_module() -> None:
    assert make_outline().module_of("l3").key == "m2"


def test_the_assessment_is_not_a_lesson() -> None:
    assert keys(make_outline().lessons) == ["l1", "l2", "l3"]


def test_pedagogical_hours_are_rounded_down() -> None:
    assert make_outline().minutes == 53
    assert make_outline().pedagogical_hours == 1.1  # 1.177…


@pytest.mark.parametrize(("count", "percent", "needed"), [(15, 70, 11), (10, 70, 7), (3, 67, 3), (1, 1, 1)])
def test_answers_needed_are_whole(count: int, percent: int, needed: int) -> None:
    assert AssessmentRule(percent, 3, 24, (DrawSpec("INT-1", count),)).correct_needed == needed


def test_a_digest_does_not_depend_on_the_order_of_keys() -> None:
    assert digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
