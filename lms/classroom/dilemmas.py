"""Playing a dilemma: where a path of choices leads. Plain data in, plain data out.

The path travels in the form, never in an address: addresses end in logs and histories.
"""

from dataclasses import dataclass
from typing import Any


class BrokenPathError(ValueError):
    """The path does not belong to this story."""


@dataclass(frozen=True)
class Step:
    """One decision taken: the scene, the choice, and the choice's own words."""

    scene: str
    choice: str
    recap: str


@dataclass(frozen=True)
class Play:
    """Where the story stands.

    ``scene`` is the scene to decide now (``None`` after an ending); ``last`` the choice just made
    with its outcome and effects (``None`` at the start).
    """

    steps: tuple[Step, ...]
    scene: Any | None
    last: Any | None
    last_scene: str

    @property
    def path(self) -> str:
        return ",".join(f"{step.scene}:{step.choice}" for step in self.steps)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple((step.scene, step.choice) for step in self.steps)

    @property
    def is_over(self) -> bool:
        return self.scene is None


def parse_path(text: str) -> tuple[tuple[str, str], ...]:
    """``"cafe:a,oficina:c"`` as pairs.

    Raises:
        BrokenPathError: another form, or longer than any story.
    """
    if not text:
        return ()
    parts = text.split(",")
    if len(parts) > 20 or any(part.count(":") != 1 for part in parts):
        raise BrokenPathError(text[:80])
    return tuple((scene, choice) for scene, choice in (part.split(":") for part in parts))


def play(*, dilemma: Any, path: tuple[tuple[str, str], ...]) -> Play:
    """Walk the path from the first scene. ``dilemma`` is the value of a dilemma block.

    Raises:
        BrokenPathError: a scene or choice that does not follow.
    """
    scenes = {scene["key"]: scene for scene in dilemma["scenes"]}
    scene = scenes.get(dilemma["start"])
    steps: list[Step] = []
    last: Any | None = None
    last_scene = ""
    for scene_key, choice_key in path:
        if scene is None or scene["key"] != scene_key:
            raise BrokenPathError(scene_key)
        last = next((choice for choice in scene["choices"] if choice["key"] == choice_key), None)
        if last is None:
            raise BrokenPathError(choice_key)
        steps.append(Step(scene_key, choice_key, last["recap"]))
        last_scene = scene_key
        scene = scenes.get(last["next"]) if last["next"] else None
    return Play(tuple(steps), scene, last, last_scene)
