"""What the author of a dilemma left to be filled in: keys, recaps, and scenes called by number or title.

Works on anything that reads like dicts and lists: a block's value, or raw data.
"""

from collections.abc import Iterable
from typing import Any

from courses.blocks.story import ROLE
from courses.keys import free_key, make_key

LONGEST_KEY = 40
LONGEST_RECAP = 160


def name_story(story: Any) -> None:
    """Give roles, scenes and decisions their keys and decisions their recap; find what others refer to.

    Changes ``story`` in place. What names no scene or decision stays as it is, for
    :func:`courses.blocks.story.find_story_problem` to tell.
    """
    scenes, roles = list(story["scenes"]), list(story["roles"])
    _name_all(
        scenes,
        [make_key(scene["heading"], LONGEST_KEY, default="escena") for scene in scenes],
        reserved=[ROLE],
    )
    _name_all(roles, [make_key(role["name"], LONGEST_KEY, default=ROLE) for role in roles])
    for scene in scenes:
        _name_choices(list(scene["choices"]), scenes)
    for role in roles:
        role["start"] = _find_scene(scenes, role["start"])
    for echo in [*(echo for scene in scenes for echo in scene["echoes"]), *story["epilogue"]]:
        echo["after"] = _find_decision(scenes, echo["after"])
    if scenes:
        story["start"] = _find_scene(scenes, story["start"]) or scenes[0]["key"]


def _name_choices(choices: list[Any], scenes: list[Any]) -> None:
    _name_all(choices, [chr(ord("a") + number) for number in range(len(choices))])
    for choice in choices:
        choice["recap"] = choice["recap"] or _shorten(choice["text"])
        choice["next"] = _find_scene(scenes, choice["next"])


def _name_all(rows: list[Any], wanted: list[str], reserved: Iterable[str] = ()) -> None:
    taken = {*reserved, *(row["key"] for row in rows)}
    for row, key in zip(rows, wanted, strict=True):
        row["key"] = row["key"] or free_key(key, taken, LONGEST_KEY)
        taken.add(row["key"])


def _find_scene(scenes: list[Any], text: str | None) -> str:
    """The key of the scene that is meant by its key, its title or its number, from 1."""
    return _find(scenes, text, title="heading")


def _find_decision(scenes: list[Any], text: str) -> str:
    """``scene:choice`` in keys, of a decision that is meant by those of its scene and its own."""
    place, colon, decision = text.rpartition(":")
    scene_key = _find_scene(scenes, place)
    scene = next((scene for scene in scenes if scene["key"] == scene_key), None)
    if scene is None:
        return text
    return f"{scene_key}{colon}{_find(list(scene['choices']), decision, title='text')}"


def _find(rows: list[Any], text: str | None, *, title: str) -> str:
    wanted = (text or "").strip()
    for name in ("key", title):
        for row in rows:
            if wanted and _plain(row[name]) == _plain(wanted):
                found: str = row["key"]
                return found
    if wanted.isascii() and wanted.isdigit() and len(wanted) < 4 and 1 <= int(wanted) <= len(rows):
        by_number: str = rows[int(wanted) - 1]["key"]
        return by_number
    return wanted


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _shorten(text: str) -> str:
    words = " ".join(text.split())
    if len(words) <= LONGEST_RECAP:
        return words
    return words[: LONGEST_RECAP - 1].rpartition(" ")[0] + "…"
