"""The columns that a roster may have beside the required ones: grade, position, region, unit above, absence."""

from datetime import date, datetime

import pytest

from lms.people.models import Institution, Leave, Posting, Unit
from lms.people.regions import REGIONS
from lms.people.rosters.problems import Problem, ValueProblemError
from lms.people.rosters.region_words import NUMBERS, read_region
from lms.people.rosters.unit_tree import Hung, UnitTree
from tests.factories.people import InstitutionFactory, UnitFactory
from tests.people.rosters import EARLIER, HEADER, apply_roster, check_file, csv_file, line, read_roster


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Región Metropolitana de Santiago", "CL-RM"), ("metropolitana", "CL-RM"), ("RM", "CL-RM"), ("XIII", "CL-RM"),
        ("13", "CL-RM"), ("CL-NB", "CL-NB"), ("Ñuble", "CL-NB"), ("XVI Región", "CL-NB"), ("16", "CL-NB"),
        ("Región del Bío-Bío", "CL-BI"), ("8", "CL-BI"), ("08", "CL-BI"), ("I", "CL-TA"), ("i región", "CL-TA"),
        ("Región de Los Ríos", "CL-LR"), ("O'Higgins", "CL-LI"), ("Libertador General Bernardo O’Higgins", "CL-LI"),
        ("Región de la Araucanía", "CL-AR"), ("Aysén", "CL-AI"), ("Magallanes", "CL-MA"), ("XV", "CL-AP"),
    ],
)  # fmt: skip
def test_a_region_is_known_by_name_code_and_number(text: str, code: str) -> None:
    assert read_region(text) == code


def test_every_region_has_a_number_of_its_own() -> None:
    assert set(NUMBERS) == {region.code for region in REGIONS}
    assert {number for number, _ in NUMBERS.values()} == set(range(1, 17))


@pytest.mark.parametrize("text", ["XVII", "0", "17", "Lima", "CL-XX"])
def test_what_is_no_region_is_refused(text: str) -> None:
    with pytest.raises(ValueProblemError):
        read_region(text)


# --- The tree of units ---------------------------------------------------------------------------
def test_a_unit_hangs_from_what_its_first_row_says() -> None:
    tree = UnitTree()

    assert tree.add(code="A", name="", parent="B", number=2) == Hung()
    assert tree.add(code="a ", name="", parent="b", number=3) == Hung()
    assert tree.add(code="A", name="", parent="C", number=4) == Hung(contradicts=2)
    assert tree.add(code="A", name="", parent="", number=5) == Hung()


@pytest.mark.parametrize(
    "recorded", [{}, {"c": "b"}, {"a": "", "b": "a"}], ids=["in the file", "over the records", "recorded"]
)
def test_a_circle_is_found_whoever_says_it(recorded: dict[str, str]) -> None:
    tree = UnitTree(recorded=recorded)
    tree.add(code="b", name="", parent="a", number=2)
    tree.add(code="c", name="", parent="b", number=3)

    assert tree.add(code="a", name="", parent="c", number=4).is_circle
    assert tree.add(code="d", name="", parent="D", number=5).is_circle


def test_units_that_change_places_are_no_circle_when_the_upper_one_comes_first() -> None:
    tree = UnitTree(recorded={"a": "", "b": "a"})

    assert tree.add(code="A", name="", parent="ROOT", number=2) == Hung()
    assert not tree.add(code="B", name="", parent="A", number=3).is_circle
    assert tree.add(code="C", name="", parent="B", number=4) == Hung()


def test_a_unit_named_by_its_name_is_the_one_of_that_code() -> None:
    tree = UnitTree(recorded={"fin": ""}, codes={"finanzas": "fin"})

    assert tree.add(code="", name="Finanzas", parent="FIN", number=2).is_circle
    assert tree.add(code="", name="Oficina de Partes", parent="oficina-de-partes", number=3).is_circle


def test_a_circle_and_a_contradiction_are_row_errors() -> None:
    header = (*HEADER[:4], "Código unidad", *HEADER[5:], "Unidad superior")
    lines = [
        [*line(1, unidad="A"), "B"],
        [*line(2, unidad="B"), "A"],
        [*line(3, unidad="A"), "C"],
    ]

    _, checked = check_file(csv_file(lines, header=header))

    found = [(problem.row, problem.problem, problem.detail) for problem in checked.problems]
    assert found == [(3, Problem.CIRCLE, ""), (4, Problem.OTHER_PARENT, "2")]


# --- Loaded --------------------------------------------------------------------------------------
FULL = (
    *HEADER[:4],
    "Código unidad",
    *HEADER[5:],
    "Grado",
    "Cargo",
    "Región",
    "Código unidad superior",
    "Ausente desde",
    "Ausente hasta",
)


def _load(
    institution: Institution, lines: list[list[object]], at: datetime, header: tuple[str, ...] = FULL
) -> None:
    roster = read_roster(institution, lines, at=at, header=header, day=EARLIER)
    assert roster.counts["wrong"] == 0, roster.counts
    apply_roster(roster, at=at)


@pytest.mark.django_db
def test_the_extra_columns_are_recorded(at: datetime) -> None:
    institution = InstitutionFactory()

    _load(institution, [[*line(1, unidad="A1"), "5", "Jefa de sección", "XVI", "A", "01-05-2026", ""]], at)

    posting, leave = Posting.objects.get(), Leave.objects.get()
    assert (posting.grade, posting.position, posting.region) == ("5", "Jefa de sección", "CL-NB")
    assert (leave.person, leave.first_day, leave.last_day) == (posting.person, date(2026, 5, 1), None)
    assert (posting.unit.code, posting.unit.parent.code) == ("A1", "A")


@pytest.mark.django_db
def test_a_file_without_the_extra_columns_leaves_them_alone(at: datetime) -> None:
    institution = InstitutionFactory()
    _load(institution, [[*line(1, unidad="A1"), "5", "Jefa", "XVI", "A", "01-05-2026", ""]], at)
    header = (*HEADER[:4], "Código unidad", *HEADER[5:])

    roster = read_roster(institution, [line(1, unidad="A1")], at=at, header=header)

    assert roster.counts["unchanged"] == 1


@pytest.mark.django_db
def test_an_empty_cell_of_an_absence_ends_it(at: datetime) -> None:
    institution = InstitutionFactory()
    _load(institution, [[*line(1, unidad="A1"), "", "", "", "", "01-05-2026", ""]], at)

    _load(institution, [[*line(1, unidad="A1"), "", "", "", "", "", ""]], at)

    assert Leave.objects.get().last_day == date(2026, 5, 31)


@pytest.mark.django_db
def test_a_recorded_unit_is_hung_from_another_one(at: datetime) -> None:
    institution = InstitutionFactory()
    upper = UnitFactory(institution=institution, code="A", name="División A")
    unit = UnitFactory(institution=institution, code="A1", name="Depto. A1")

    _load(institution, [[*line(1, unidad="A1"), "", "", "", "a", "", ""]], at)

    unit.refresh_from_db()
    assert unit.parent == upper
    assert Unit.objects.count() == 2


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"Región": "Lima"}, "region", Problem.UNKNOWN_REGION),
        ({"Grado": "x" * 11}, "grado", Problem.TOO_LONG),
        ({"Cargo": "=1+1"}, "cargo", Problem.FORMULA),
        ({"Ausente hasta": "01-10-2026"}, "ausente_desde", Problem.MISSING),
        (
            {"Ausente desde": "02-10-2026", "Ausente hasta": "01-10-2026"},
            "ausente_hasta",
            Problem.ENDS_BEFORE_START,
        ),
        ({"Ausente desde": "ayer"}, "ausente_desde", Problem.WRONG_DATE),
    ],
)
def test_a_wrong_extra_cell_is_named(cells: dict[str, str], column: str, problem: Problem) -> None:
    row = [*line(1), *(cells.get(title, "") for title in FULL[9:])]

    _, checked = check_file(csv_file([row], header=FULL))

    assert [(found.column, found.problem) for found in checked.problems] == [(column, problem)]
