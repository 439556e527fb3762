"""Keys, tags and categories of Moodle, in GIFT and in XML."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from courses.quizzes.formats.base import Adapted

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
COMPETENCE = re.compile(r"[A-Z]{2,6}-[0-9]{1,2}")
"""As ours are written: ``INT-1``."""
LONGEST_TAGS = 200
"""Characters of all tags of a question, commas between them."""
TOP = "top"
"""The category that holds all others of a place."""


@dataclass(frozen=True)
class Labels:
    """What a category says of the questions after it."""

    competence: str = ""
    tags: tuple[str, ...] = ()


def read_key(idnumber: str) -> str:
    """A question's own number, where it can be a key of ours; empty otherwise."""
    return idnumber if KEY.fullmatch(idnumber) else ""


def read_category(path: str) -> Labels:
    """The innermost category of ``$course$/top/Probidad/Regalos``; a slash in a name is doubled."""
    last = path.replace("//", "\0").split("/")[-1].replace("\0", "/").strip()
    if not last or last == TOP or (last.startswith("$") and last.endswith("$")):
        return Labels()
    return Labels(competence=last) if COMPETENCE.fullmatch(last) else Labels(tags=(last,))


def write_category(competence: str) -> str:
    """The inverse of :func:`read_category` for a code of ours."""
    return f"$course$/{TOP}/{competence.replace('/', '//')}"


def read_tags(written: Sequence[str]) -> tuple[tuple[str, ...], tuple[Adapted, ...]]:
    """Tags in lower case, each once, as many as a question holds; and whether some were left out."""
    clean = dict.fromkeys(" ".join(tag.replace(",", " ").split()).lower() for tag in written)
    tags: list[str] = []
    for tag in filter(None, clean):
        if len(", ".join([*tags, tag])) <= LONGEST_TAGS:
            tags.append(tag)
    is_whole = len(tags) == len([tag for tag in clean if tag])
    return tuple(tags), () if is_whole else (Adapted.TEXT_SHORTENED,)
