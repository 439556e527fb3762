"""Invented ways through the dilemmas of a course, so that what groups choose can be seen."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

from django.db import transaction

from courses.models import CourseRelease, ReleaseUnit
from courses.outline import UnitKind
from lms.progress.models import DilemmaBallot, DilemmaTally
from lms.progress.services.dilemmas import cast_ballot

WAYS = 60
"""For each dilemma."""


@transaction.atomic
def go_through_dilemmas(*, release: CourseRelease, group: int, keys: Sequence[str], chance: Random) -> int:
    """Cast ballots where nobody has yet; how many. Safe to repeat."""
    is_begun = any(
        table.objects.filter(course=release.course).exists() for table in (DilemmaTally, DilemmaBallot)
    )
    if is_begun:
        return 0
    stories = list(_stories(release))
    for story in stories:
        for _way in range(WAYS):
            cast_ballot(
                course_id=release.course_id,
                dilemma=story["code"],
                path=list(_walk(story, chance)),
                group=group,
                keys=keys,
            )
    return len(stories) * WAYS


def _stories(release: CourseRelease) -> Iterator[dict[str, Any]]:
    keys = [unit.key for unit in release.outline.units if unit.kind == UnitKind.DILEMMA]
    for row in ReleaseUnit.objects.filter(release=release, key__in=keys):
        yield next(block["value"] for block in row.payload["body"] if block["type"] == "dilemma")


def _walk(story: dict[str, Any], chance: Random) -> Iterator[tuple[str, str]]:
    """One way from a beginning to an ending; the first choices of a scene are taken more often."""
    scenes = {member["value"]["key"]: member["value"] for member in story["scenes"]}
    starts = [member["value"]["start"] for member in story.get("roles", ())] or [""]
    key = chance.choice(starts) or story["start"]
    while key:
        choices = [member["value"] for member in scenes[key]["choices"]]
        choice = chance.choices(choices, weights=range(len(choices) + 1, 1, -1))[0]
        yield key, choice["key"]
        key = choice["next"]
