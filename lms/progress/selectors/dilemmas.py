"""Which ways groups went through dilemmas."""

from collections import defaultdict

from lms.progress.models import DilemmaTally
from lms.progress.rules.patterns import Pattern, to_pattern

Scene = tuple[str, str]
"""A dilemma's code and the key of one of its scenes."""


def list_patterns(*, course_id: int, group: int, dilemma: str = "") -> dict[Scene, Pattern]:
    """What was chosen in each scene that at least ``group`` people have decided. One query."""
    rows = DilemmaTally.objects.filter(course_id=course_id, shown__gt=0)
    if dilemma:
        rows = rows.filter(dilemma=dilemma)
    counts: dict[Scene, dict[str, int]] = defaultdict(dict)
    for code, scene, choice, people in rows.values_list("dilemma", "scene", "choice", "shown"):
        counts[code, scene][choice] = people
    found = {scene: to_pattern(counts=chosen, group=group) for scene, chosen in counts.items()}
    return {scene: pattern for scene, pattern in found.items() if pattern}
