"""The few words that HR may add to a reminder: plain, short, and leading nowhere else. Pure."""

import re
import unicodedata
from enum import StrEnum
from urllib.parse import urlsplit

LONGEST = 500
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>\"]+", re.IGNORECASE)
# Names that mail programs turn into links by themselves. An e-mail address leads to no page.
_HOST = re.compile(
    r"(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:cl|com|net|org|gob|gov|edu|int|info|io|app|dev|link|ly|me|page|site|"
    r"online|web|xyz|co|us|eu)(?![\w-])[^\s<>\"]*",
    re.IGNORECASE,
)


class NoteProblem(StrEnum):
    """Why a note is not sent."""

    NONE = ""
    TOO_LONG = "too_long"
    FOREIGN_LINK = "foreign_link"


def clean_note(text: str) -> str:
    """Without control and direction characters; lines stay, at most one empty one between two."""
    kept = "".join(_seen(letter) for letter in text.replace("\r\n", "\n"))
    lines = "\n".join(" ".join(line.split()) for line in kept.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", lines).strip()


def _seen(letter: str) -> str:
    """The letter, if a reader sees it; a space for any other kind of gap."""
    if letter == "\n" or unicodedata.category(letter)[0] != "C":
        return letter
    return " " if letter.isspace() else ""


def find_note_problem(*, note: str, site_url: str) -> NoteProblem:
    """What is wrong with a clean note. Links to our own site are welcome."""
    if len(note) > LONGEST:
        return NoteProblem.TOO_LONG
    own = urlsplit(site_url)
    links = [found[0] for found in _LINK.finditer(note)]
    rest = _LINK.sub(" ", note)
    links += [f"{own.scheme}://{found[0]}" for found in _HOST.finditer(rest)]
    if any(not _leads_home(link, own.scheme, own.netloc) for link in links):
        return NoteProblem.FOREIGN_LINK
    return NoteProblem.NONE


def _leads_home(link: str, scheme: str, netloc: str) -> bool:
    try:
        parts = urlsplit(link.rstrip(".,;:)»"))
    except ValueError:
        return False
    return (parts.scheme, parts.netloc) == (scheme, netloc)
