"""A file whose columns we do not know: what is shown of it, and what is kept for the next time."""

import io
from datetime import datetime

import pytest

from lms.journeys import import_roster as journey
from lms.people.models import Institution, RosterImport, RosterMapping, RosterStatus
from lms.people.rosters.columns import Column, ColumnMap, find_header
from lms.people.rosters.problems import RosterFileError
from lms.people.rosters.samples import mask, sample_file
from lms.people.services.roster_mappings import save_mapping
from tests.factories.people import InstitutionFactory
from tests.people.rosters import DAY, TERMS, check_file, counts_of, csv_file, line, read_roster, xlsx_file

OWN = (
    "Identificación", "Nombre de pila", "Apellidos", "Casilla", "Centro de costo", "Escalón", "Vínculo", "Alta", "Baja",
)  # fmt: skip
COLUMNS = {
    Column.RUN: "Identificación",
    Column.GIVEN_NAMES: "Nombre de pila",
    Column.FAMILY_NAMES: "Apellidos",
    Column.UNIT: "Centro de costo",
    Column.ESTAMENTO: "Escalón",
    Column.LEGAL_QUALITY: "Vínculo",
    Column.VALID_UNTIL: "Baja",
}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("12.345.678-5", "••.•••.••8-5"),
        ("123456785", "•••••••85"),
        ("ana.soto@servicio.cl", "a•••@servicio.cl"),
        ("01-03-2025", "01-03-2025"),
        ("2025-03-01", "2025-03-01"),
        ("Finanzas", "Finanzas"),
        ("A-120", "A-120"),
        ("x" * 60, "x" * 40),
    ],
)
def test_samples_hide_what_identifies(text: str, shown: str) -> None:
    assert mask(text) == shown


@pytest.mark.parametrize("make", [csv_file, xlsx_file])
def test_a_file_is_shown_by_its_titles_with_three_values_each(make: type) -> None:
    file = make([line(n, estamento=f"E{n % 5}") for n in range(9)], header=OWN)

    columns = {column.title: column for column in sample_file(file=file)}

    assert list(columns) == list(OWN)
    assert columns["Escalón"].samples == ("E0", "E1", "E2")
    assert columns["Apellidos"].guess == "apellidos"
    assert columns["Casilla"].guess == "correo"
    assert not any("11000" in text or "p1@" in text for column in columns.values() for text in column.samples)


@pytest.mark.parametrize("text", ["hola", "a;b;c\n1;2;3\n", "1;2;3;4;5;6\n7;8;9;1;2;3\n", "a;b;c;d;e;f"])
def test_what_cannot_carry_a_roster_is_not_shown(text: str) -> None:
    assert sample_file(file=io.BytesIO(text.encode())) == []


def test_a_mapping_finds_its_columns_without_regard_to_case_and_accents() -> None:
    header = [title.upper() for title in OWN]

    rows, checked = check_file(csv_file([line(1)], header=header), maps=[ColumnMap(COLUMNS)])

    assert not checked.problems
    assert (rows[0].family_names, rows[0].email) == ("Peña 1", "")


def test_a_mapping_whose_headers_are_not_all_there_does_not_count() -> None:
    with pytest.raises(RosterFileError) as caught:
        find_header([["Identificación", "Apellidos"]], ColumnMap(COLUMNS))

    assert "estamento" in caught.value.detail


def test_an_institution_s_own_words_are_read() -> None:
    known = ColumnMap(
        COLUMNS,
        {
            "estamento": {"nivel 2": "tecnicos"},
            "calidad_juridica": {"fijo": "planta"},
            "fecha": {"indefinido": "none"},
        },
    )
    lines = [line(1, estamento="Nivel 2", calidad="FIJO", hasta="Indefinido")]

    rows, checked = check_file(csv_file(lines, header=OWN), maps=[known])

    assert not checked.problems
    assert (rows[0].estamento, rows[0].legal_quality, rows[0].valid_until) == ("tecnicos", "planta", None)


# --- Kept ----------------------------------------------------------------------------------------
@pytest.fixture
def institution(db: None) -> Institution:
    return InstitutionFactory()


def _match(roster: RosterImport, at: datetime, **words: dict[str, str]) -> None:
    journey.match_columns(
        roster=roster, name="Sistema propio", columns=COLUMNS, words=words, by=None, terms=TERMS, at=at
    )


def test_an_unknown_file_waits_to_be_matched(institution: Institution, at: datetime) -> None:
    roster = read_roster(institution, [line(n) for n in range(5)], at=at, header=OWN)

    assert (roster.status, len(roster.inspection["columns"])) == (RosterStatus.UNMATCHED, 9)


def test_once_matched_it_is_read(institution: Institution, at: datetime) -> None:
    roster = read_roster(institution, [line(n) for n in range(5)], at=at, header=OWN)

    _match(roster, at)

    assert (roster.status, counts_of(roster).new) == (RosterStatus.PREVIEW, 5)


def test_the_next_file_with_those_headers_needs_nobody(institution: Institution, at: datetime) -> None:
    _match(read_roster(institution, [line(1)], at=at, header=OWN), at)

    roster = read_roster(institution, [line(n) for n in range(3)], at=at, header=OWN)

    assert (roster.status, roster.mapping) == (RosterStatus.PREVIEW, RosterMapping.objects.get())


def test_a_mapping_of_another_institution_does_not_count(institution: Institution, at: datetime) -> None:
    _match(read_roster(InstitutionFactory(), [line(1)], at=at, header=OWN), at)

    assert read_roster(institution, [line(1)], at=at, header=OWN).status == RosterStatus.UNMATCHED


def test_words_are_gathered_while_reading_and_can_be_given_a_meaning(
    institution: Institution, at: datetime
) -> None:
    lines = [line(n, estamento=f"Nivel {n % 2}", hasta="indefinido") for n in range(6)]
    roster = read_roster(institution, lines, at=at)
    assert roster.inspection["words"] == {"estamento": ["Nivel 0", "Nivel 1"], "fecha": ["indefinido"]}

    journey.match_columns(
        roster=roster, name="Con niveles", by=None, terms=TERMS, at=at,
        columns={Column(sample["guess"]): sample["title"] for sample in roster.inspection["columns"]},
        words={"estamento": {"Nivel 0": "tecnicos", "Nivel 1": "auxiliares"}, "fecha": {"indefinido": "none"}},
    )  # fmt: skip

    assert (counts_of(roster).wrong, counts_of(roster).new) == (0, 6)


def test_a_mapping_of_the_same_name_is_replaced_and_keeps_its_words(
    institution: Institution, at: datetime
) -> None:
    for columns, words in ((COLUMNS, {"estamento": {"Nivel 2": "tecnicos"}}), ({Column.RUN: "RUT"}, {})):
        save_mapping(institution=institution, name="Propio", columns=columns, words=words, by=None, at=at)

    stored = RosterMapping.objects.get()
    assert (stored.columns, stored.words) == ({"run": "RUT"}, {"estamento": {"nivel 2": "tecnicos"}})


def test_a_named_mapping_is_the_only_one_that_counts(institution: Institution, at: datetime) -> None:
    mapping = save_mapping(institution=institution, name="Propio", columns=COLUMNS, words={}, by=None, at=at)

    roster = journey.receive_roster(
        institution=institution, file=csv_file([line(1)]), file_name="n.csv", roster_date=DAY, uploaded_by=None,
        terms=TERMS, at=at, mapping=mapping,
    )  # fmt: skip

    assert roster.status == RosterStatus.UNMATCHED
