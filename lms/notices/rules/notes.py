"""The few words that HR may add to a reminder: plain, short, and leading nowhere else. Pure."""

import re
from enum import StrEnum
from urllib.parse import urlsplit

from lms.lib.words import JOINERS

LONGEST = 500
_LINK = re.compile(r"(?:[a-z][a-z0-9+.-]*://|www\.)[^\s<>\"]+", re.IGNORECASE)
# Names that mail programs turn into links by themselves. An e-mail address leads to no page.
_HOST = re.compile(
    r"(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:cl|com|net|org|gob|gov|edu|int|info|io|app|dev|link|ly|me|page|site|"
    r"online|web|xyz|co|us|eu)(?![\w-])[^\s<>\"]*",
    re.IGNORECASE,
)

_WITHOUT_JOINERS = str.maketrans(dict.fromkeys(JOINERS))
"""A joiner inside an address hides nothing from whoever reads it."""


class NoteProblem(StrEnum):
    """Why a note is not sent."""

    NONE = ""
    TOO_LONG = "too_long"
    FOREIGN_LINK = "foreign_link"


def find_note_problem(*, note: str, site_url: str) -> NoteProblem:
    """What is wrong with a clean note. Links to our own site are welcome."""
    if len(note) > LONGEST:
        return NoteProblem.TOO_LONG
    own = urlsplit(site_url)
    seen = note.translate(_WITHOUT_JOINERS)
    links = [found[0] for found in _LINK.finditer(seen)]
    rest = _LINK.sub(" ", seen)
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
