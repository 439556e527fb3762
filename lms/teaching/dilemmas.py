"""The dilemmas of a course as groups went through them: scene by scene, nobody named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from courses.models import CourseRelease, ReleaseUnit
from courses.outline import CourseOutline, UnitKind
from lms.progress.pattern_words import Group, to_group
from lms.progress.rules.patterns import Pattern
from lms.progress.selectors.dilemmas import Scene, list_patterns


@dataclass(frozen=True)
class SceneLine:
    """One scene. ``group`` is empty until enough people have decided it."""

    heading: str
    question: str
    group: Group


@dataclass(frozen=True)
class DilemmaLine:
    """One dilemma of the course, with its scenes as the author ordered them."""

    title: str
    unit_title: str
    scenes: list[SceneLine]


def list_dilemmas(*, course_code: str, group: int) -> list[DilemmaLine]:
    """Those of the current release, in its order; none without a release. At most three queries."""
    release = CourseRelease.objects.filter(is_current=True, course__code=course_code).first()
    keys = list(_dilemma_keys(release.outline)) if release else []
    if release is None or not keys:
        return []
    rows = ReleaseUnit.objects.filter(release=release, key__in=keys, language=release.outline.language)
    payloads = dict(rows.values_list("key", "payload"))
    patterns = list_patterns(course_id=release.course_id, group=group)
    return [_line(release.outline, key, payloads[key], patterns) for key in keys]


def _dilemma_keys(outline: CourseOutline) -> Iterator[str]:
    return (unit.key for unit in outline.units if unit.kind == UnitKind.DILEMMA)


def _line(
    outline: CourseOutline, key: str, payload: dict[str, Any], patterns: Mapping[Scene, Pattern]
) -> DilemmaLine:
    story = next(block["value"] for block in payload["body"] if block["type"] == "dilemma")
    scenes = [
        SceneLine(
            scene["heading"],
            scene["question"],
            to_group(
                choices=[choice["value"] for choice in scene["choices"]],
                pattern=patterns.get((story["code"], scene["key"])),
            ),
        )
        for scene in (member["value"] for member in story["scenes"])
    ]
    return DilemmaLine(story["title"], outline.get_unit(key).title, scenes)
