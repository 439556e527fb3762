"""Playing a dilemma: where a path of choices leads. Plain data in, plain data out.

The path travels in the form, never in an address: addresses end in logs and histories. Where one
may choose a role, the first step is that choice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from courses.blocks.story import ROLE

Pairs = tuple[tuple[str, str], ...]
"""``(scene, choice)`` in order."""

MOST_STEPS = 20


class BrokenPathError(ValueError):
    """The path does not belong to this story."""


@dataclass(frozen=True)
class Step:
    """One decision taken: its scene and choice as the author wrote them, and the path that led there."""

    scene: Any
    choice: Any
    before: str

    @property
    def pair(self) -> tuple[str, str]:
        return self.scene["key"], self.choice["key"]

    @property
    def recap(self) -> str:
        return str(self.choice["recap"])


@dataclass(frozen=True)
class Play:
    """Where the story stands.

    ``scene`` is the scene to decide now, ``None`` after an ending and while a role is to be chosen.
    """

    role: Any | None
    steps: tuple[Step, ...]
    scene: Any | None

    @property
    def pairs(self) -> Pairs:
        chosen = ((ROLE, self.role["key"]),) if self.role else ()
        return chosen + self.decisions

    @property
    def decisions(self) -> Pairs:
        """What was decided, the role apart."""
        return tuple(step.pair for step in self.steps)

    @property
    def path(self) -> str:
        return write_path(self.pairs)

    @property
    def last(self) -> Step | None:
        return self.steps[-1] if self.steps else None

    @property
    def needs_role(self) -> bool:
        return self.scene is None and not self.steps

    @property
    def is_over(self) -> bool:
        return self.scene is None and bool(self.steps)

    def echoes(self, entries: Iterable[Any]) -> list[str]:
        """What comes back of the decisions taken so far, of a scene's or the epilogue's ``entries``."""
        taken = {write_path((pair,)) for pair in self.decisions}
        return [entry["text"] for entry in entries if entry["after"] in taken]


def write_path(pairs: Pairs) -> str:
    """The pairs as a form carries them: ``"cafe:a,oficina:c"``."""
    return ",".join(f"{scene}:{choice}" for scene, choice in pairs)


def parse_path(text: str) -> Pairs:
    """The inverse of :func:`write_path`.

    Raises:
        BrokenPathError: another form, or longer than any story.
    """
    if not text:
        return ()
    parts = text.split(",")
    if len(parts) > MOST_STEPS or any(part.count(":") != 1 for part in parts):
        raise BrokenPathError(text[:80])
    return tuple((scene, choice) for scene, choice in (part.split(":") for part in parts))


def play(*, dilemma: Any, path: Pairs) -> Play:
    """Walk the path from its beginning. ``dilemma`` is the value of a dilemma block.

    Raises:
        BrokenPathError: a role, scene or choice that does not follow.
    """
    scenes = {scene["key"]: scene for scene in dilemma["scenes"]}
    role, left = _take_role(dilemma, path)
    if dilemma["roles"] and role is None:
        return Play(None, (), None)
    scene = scenes.get((role["start"] if role else "") or dilemma["start"])
    gone: Pairs = path[: len(path) - len(left)]
    steps: list[Step] = []
    for scene_key, choice_key in left:
        if scene is None or scene["key"] != scene_key:
            raise BrokenPathError(scene_key)
        choice = _find(scene["choices"], choice_key)
        steps.append(Step(scene, choice, write_path(gone)))
        gone = (*gone, (scene_key, choice_key))
        scene = scenes.get(choice["next"]) if choice["next"] else None
    return Play(role, tuple(steps), scene)


def decide(*, dilemma: Any, played: Play, choice: str) -> Play:
    """One step further: the choice of a role or of a scene.

    Raises:
        BrokenPathError: there is no such choice now.
    """
    place = ROLE if played.needs_role else played.scene["key"] if played.scene else ""
    return play(dilemma=dilemma, path=(*played.pairs, (place, choice)))


def _take_role(dilemma: Any, path: Pairs) -> tuple[Any | None, Pairs]:
    if not dilemma["roles"] or not path:
        return None, path
    if path[0][0] != ROLE:
        raise BrokenPathError(path[0][0])
    return _find(dilemma["roles"], path[0][1]), path[1:]


def _find(members: Iterable[Any], key: str) -> Any:
    found = next((member for member in members if member["key"] == key), None)
    if found is None:
        raise BrokenPathError(key)
    return found
