"""A session as a calendar file (RFC 5545). Pure; instants are written in UTC, so summer time cannot err."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

LINE_OCTETS = 75
"""Section 3.1: a line holds at most 75 octets without its end; the rest goes on after a space."""
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


@dataclass(frozen=True)
class CalendarEvent:
    """What a calendar needs. ``uid`` stays the same; ``sequence`` grows with each change (3.8.7.4)."""

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    title: str
    description: str
    location: str
    url: str
    is_cancelled: bool = False


def build_calendar(*, event: CalendarEvent) -> str:
    """The whole file, with CRLF line ends."""
    return "".join(f"{fold_line(line=line)}\r\n" for line in _lines(event))


def _lines(event: CalendarEvent) -> Iterator[str]:
    yield "BEGIN:VCALENDAR"
    yield "VERSION:2.0"
    yield "PRODID:-//Aula Abierta//Talleres//ES"
    yield "CALSCALE:GREGORIAN"
    yield "METHOD:PUBLISH"
    yield "BEGIN:VEVENT"
    yield f"UID:{escape_text(text=event.uid)}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTAMP:{spell_instant(instant=event.changed_at)}"
    yield f"DTSTART:{spell_instant(instant=event.starts_at)}"
    yield f"DTEND:{spell_instant(instant=event.ends_at)}"
    yield f"SUMMARY:{escape_text(text=event.title)}"
    yield f"DESCRIPTION:{escape_text(text=event.description)}"
    yield f"LOCATION:{escape_text(text=event.location)}"
    yield f"URL:{_one_line(event.url)}"
    yield f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"
    yield "END:VCALENDAR"


def spell_instant(*, instant: datetime) -> str:
    """``20261205T123000Z``: form 2 of 3.3.5."""
    return instant.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def escape_text(*, text: str) -> str:
    """A TEXT value (3.3.11): backslash, semicolon, comma and line break are escaped; controls go."""
    unified = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    for mark in ("\\", ";", ","):
        unified = unified.replace(mark, f"\\{mark}")
    return unified.replace("\n", "\\n")


def fold_line(*, line: str) -> str:
    """``line`` in pieces of at most 75 octets; no character is cut in two."""
    pieces, piece, room = [], "", LINE_OCTETS
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", LINE_OCTETS - 1  # the space that marks a continued line
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece])


def _one_line(value: str) -> str:
    return _CONTROLS.sub("", value).replace("\n", "")
