"""Frozen reports, schedules, small groups, kept addresses: the rules, without a database."""

import json
from datetime import date, timedelta
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.lib.canonical import canonical
from lms.reports.rules import frozen
from lms.reports.rules.frozen import DetailError, Heading, PersonLine
from lms.reports.rules.queries import LONGEST, keep_filters
from lms.reports.rules.schedules import due_period, next_due, period_of
from lms.reports.rules.small_groups import FEWEST, hidden_groups

LINES = st.lists(
    st.builds(
        PersonLine,
        pseudonym=st.uuids().map(lambda one: one.hex),
        unit=st.sampled_from(["A", "B", "C"]),
        estamento=st.sampled_from(["profesionales", "tecnicos"]),
        legal_quality=st.sampled_from(["planta", "contrata"]),
        standing=st.none() | st.integers(1, 7),
    ),
    max_size=30,
    unique_by=lambda line: line.pseudonym,
)
HEADING = Heading("uno", "AA900", "dos", "2026-11-20", "Informe", "2026", "2026-11-20T15:00:00+00:00", 1)


# --- Frozen -----------------------------------------------------------------------------------------
@given(LINES)
def test_detail_is_read_as_it_was_written(lines: list[PersonLine]) -> None:
    text = frozen.write_detail(lines)
    assert sorted(frozen.read_detail(text), key=lambda line: line.pseudonym) == sorted(
        lines, key=lambda line: line.pseudonym
    )
    assert frozen.unpack(frozen.pack(text)) == text


@given(LINES, st.randoms())
def test_the_order_of_reading_changes_nothing(lines: list[PersonLine], chance: object) -> None:
    mixed = list(lines)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert frozen.write_detail(mixed) == frozen.write_detail(lines)
    assert canonical(frozen.count_figures(mixed)) == canonical(frozen.count_figures(lines))


@given(LINES)
def test_groups_add_up_to_the_total(lines: list[PersonLine]) -> None:
    figures = frozen.count_figures(lines)
    for name in ("by_unit", "by_estamento", "by_quality"):
        groups = figures[name].values()
        assert sum(group["headcount"] for group in groups) == figures["total"]["headcount"] == len(lines)
        for standing, people in figures["total"]["standings"].items():
            assert sum(group["standings"].get(standing, 0) for group in groups) == people


@pytest.mark.parametrize("change", ["title", "day", "period", "institution", "created_at", "version"])
def test_every_word_of_the_heading_is_sealed(change: str) -> None:
    def seal_with(heading: Heading) -> str:
        return frozen.seal(heading=heading, definition="{}", figures="{}", detail_sha256="0")

    other = {**HEADING.__dict__, change: 2 if change == "version" else "otro"}
    assert seal_with(HEADING) != seal_with(Heading(**other))


def test_the_seal_covers_figures_definition_and_detail() -> None:
    seals = {
        frozen.seal(heading=HEADING, definition=definition, figures=figures, detail_sha256=detail)
        for definition in ("{}", '{"a":1}')
        for figures in ("{}", '{"b":1}')
        for detail in ("0", "1")
    }
    assert len(seals) == 8


def test_the_seal_is_the_same_forever() -> None:
    """A change of how it is computed would call every old report false."""
    figures = canonical(frozen.count_figures([PersonLine("p", "A", "profesionales", "planta", 4)]))
    sealed = frozen.seal(
        heading=HEADING, definition='{"words":["Ñandú"]}', figures=figures, detail_sha256="0"
    )
    assert json.loads(figures)["total"] == {"headcount": 1, "standings": {"4": 1}}
    assert sealed == "86f1f776e5d9bbb17764d3581d1f41d6016d69f628c66001b3f4bb74a92ee53a"


@pytest.mark.parametrize("text", ["{", '{"pseudonym": 1}\n', "[]\n", "1\n"])
def test_a_detail_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DetailError):
        frozen.read_detail(text)


@pytest.mark.parametrize("packed", [b"", b"nada", b"x\x9c\x00"])
def test_packed_bytes_that_are_none_are_refused(packed: bytes) -> None:
    with pytest.raises(DetailError):
        frozen.unpack(packed)


def test_people_are_compared_by_what_became_of_them() -> None:
    then = [
        PersonLine("a", "A", "p", "q", 4),
        PersonLine("b", "A", "p", "q", 3),
        PersonLine("c", "A", "p", "q"),
    ]
    now = [
        PersonLine("a", "A", "p", "q", 4),
        PersonLine("b", "B", "p", "q", 3),
        PersonLine("d", "A", "p", "q"),
    ]
    found = frozen.compare_lines(then=then, now=now)
    assert (found.same, found.changed, found.only_then, found.only_now) == (1, 1, 1, 1)
    assert not found.is_equal


# --- Schedules --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("every", "day", "today", "name", "due"),
    [
        ("week", 1, date(2026, 11, 20), "2026-W47", date(2026, 11, 16)),
        ("week", 7, date(2026, 11, 20), "2026-W47", date(2026, 11, 22)),
        ("week", 1, date(2027, 1, 1), "2026-W53", date(2026, 12, 28)),
        ("month", 28, date(2026, 2, 3), "2026-02", date(2026, 2, 28)),
        ("month", 1, date(2026, 12, 31), "2026-12", date(2026, 12, 1)),
    ],
)
def test_a_day_belongs_to_one_period(every: str, day: int, today: date, name: str, due: date) -> None:
    period = period_of(every=every, day=day, today=today)
    assert (period.name, period.due_on) == (name, due)


@pytest.mark.parametrize(
    ("created", "today", "is_due"),
    [
        (date(2026, 11, 1), date(2026, 11, 17), False),  # its Wednesday has not come
        (date(2026, 11, 1), date(2026, 11, 18), True),
        (date(2026, 11, 1), date(2026, 11, 22), True),  # missed, made up for on Sunday
        (date(2026, 11, 18), date(2026, 11, 18), True),
        (date(2026, 11, 19), date(2026, 11, 20), False),  # asked after its day
    ],
)
def test_a_week_is_due_from_its_day_on(created: date, today: date, is_due: bool) -> None:
    period = due_period(every="week", day=3, created_on=created, today=today)
    assert bool(period) is is_due


DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(
    st.sampled_from([("week", d) for d in range(1, 8)] + [("month", d) for d in (1, 15, 28)]),
    DAYS,
    st.integers(0, 400),
)
def test_every_period_is_due_exactly_once(rhythm: tuple[str, int], created: date, days: int) -> None:
    every, day = rhythm
    seen = [
        period.name
        for back in range(days + 1)
        if (
            period := due_period(
                every=every, day=day, created_on=created, today=created + timedelta(days=back)
            )
        )
    ]
    sent = list(dict.fromkeys(seen))
    assert len(sent) == len(set(sent))
    assert len(sent) <= days // (7 if every == "week" else 28) + 2


@given(st.sampled_from([("week", 1), ("week", 5), ("month", 1), ("month", 28)]), DAYS)
def test_the_next_day_is_not_in_the_past(rhythm: tuple[str, int], today: date) -> None:
    found = next_due(every=rhythm[0], day=rhythm[1], created_on=today, today=today, last_period="")
    assert today <= found <= today + timedelta(days=62)


# --- Small groups -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("people", "hidden"),
    [
        ({}, set()),
        ({"a": 5, "b": 50}, set()),
        ({"a": 0, "b": 50}, set()),
        ({"a": 4, "b": 50, "c": 9}, {"a", "c"}),
        ({"a": 4, "b": 3, "c": 9}, {"a", "b"}),
        ({"a": 4}, {"a"}),
    ],
)
def test_small_groups_are_hidden_and_never_one_alone(people: dict[str, int], hidden: set[str]) -> None:
    assert hidden_groups(people) == hidden


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 30), max_size=12))
def test_no_small_group_can_be_subtracted(people: dict[str, int]) -> None:
    hidden = hidden_groups(people)
    assert all(number == 0 or number >= FEWEST for key, number in people.items() if key not in hidden)
    assert len(hidden) != 1 or sum(number > 0 for number in people.values()) == 1


# --- Kept addresses ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("unidad=3&pagina=2", {"institucion": "AA900", "unidad": "3"}),
        ("institucion=OTRA&q=ana", {"institucion": "AA900", "q": "ana"}),
        ("curso=a&curso=b", {"institucion": "AA900", "curso": "b"}),
        ("csrfmiddlewaretoken=x&siguiente=//mal.example", {"institucion": "AA900"}),
        ("q=%00", {"institucion": "AA900"}),
        ("&".join(f"q={n}" for n in range(200)), {"institucion": "AA900"}),
        ("q=" + "a" * 3000, {"institucion": "AA900"}),
    ],
)
def test_only_filters_are_kept(query: str, kept: dict[str, str]) -> None:
    found = keep_filters(query, fixed={"institucion": "AA900"})
    assert dict(parse_qsl(found)) == kept
    assert len(found) <= LONGEST
