from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from lms.workshops.ics import CalendarEvent, build_calendar, escape_text, fold_line, spell_instant

CHILE = ZoneInfo("America/Santiago")
EVENT = CalendarEvent(
    uid="7f0c@aula.example",
    sequence=2,
    changed_at=datetime(2026, 11, 1, 15, 0, tzinfo=UTC),
    starts_at=datetime(2026, 12, 2, 9, 30, tzinfo=CHILE),
    ends_at=datetime(2026, 12, 2, 13, 30, tzinfo=CHILE),
    title="Ética, transparencia; y más",
    description="Línea uno\nLínea dos",
    location="Talca",
    url="https://aula.example/talleres/7f0c/",
)


def unfold(text: str) -> list[str]:
    return text.replace("\r\n ", "").split("\r\n")


def test_calendar_says_everything() -> None:
    assert unfold(build_calendar(event=EVENT)) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Aula Abierta//Talleres//ES",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "BEGIN:VEVENT",
        "UID:7f0c@aula.example",
        "SEQUENCE:2",
        "DTSTAMP:20261101T150000Z",
        "DTSTART:20261202T123000Z",
        "DTEND:20261202T163000Z",
        "SUMMARY:Ética\\, transparencia\\; y más",
        "DESCRIPTION:Línea uno\\nLínea dos",
        "LOCATION:Talca",
        "URL:https://aula.example/talleres/7f0c/",
        "STATUS:CONFIRMED",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_cancelled_event_says_so() -> None:
    assert "STATUS:CANCELLED" in unfold(build_calendar(event=replace(EVENT, is_cancelled=True)))


@pytest.mark.parametrize(
    ("instant", "expected"),
    [
        (datetime(2026, 1, 15, 9, 30, tzinfo=CHILE), "20260115T123000Z"),  # summer time, UTC-3
        (datetime(2026, 6, 15, 9, 30, tzinfo=CHILE), "20260615T133000Z"),  # winter time, UTC-4
        (datetime(2026, 9, 5, 23, 59, tzinfo=CHILE), "20260906T035900Z"),  # the minute before the change
        (datetime(2026, 9, 6, 1, 0, tzinfo=CHILE), "20260906T040000Z"),  # the minute after
    ],
)
def test_instants_follow_summer_time(instant: datetime, expected: str) -> None:
    assert spell_instant(instant=instant) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a,b;c\\d", "a\\,b\\;c\\\\d"),
        ("uno\r\ndos\rtres\ncuatro", "uno\\ndos\\ntres\\ncuatro"),
        ("fin\nBEGIN:VALARM", "fin\\nBEGIN:VALARM"),
        ("nul\x00 y campana\x07", "nul y campana"),
    ],
)
def test_text_is_escaped(text: str, expected: str) -> None:
    assert escape_text(text=text) == expected


@pytest.mark.parametrize("character", ["a", "ñ", "€", "😀"])
@pytest.mark.parametrize("length", [10, 74, 75, 76, 150, 400])
def test_long_lines_are_folded_between_characters(character: str, length: int) -> None:
    line = character * length
    folded = fold_line(line=line)
    assert folded.replace("\r\n ", "") == line
    assert all(len(piece.encode()) <= 75 for piece in folded.split("\r\n"))


def test_short_line_stays_whole() -> None:
    assert fold_line(line="x" * 75) == "x" * 75


def test_no_line_of_a_calendar_can_be_smuggled_in() -> None:
    event = replace(EVENT, url="https://aula.example/\r\nATTACH:x", title="a\r\nATTACH:y", uid="u\nATTACH:z")
    assert not [line for line in unfold(build_calendar(event=event)) if line.startswith("ATTACH")]
