"""Deriving figures, reading rows, comparing releases."""

import io
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook

from lms.indicators.rules.checking import Checked, check_sheet
from lms.indicators.rules.comparing import compare, find_locked, find_unequal_totals
from lms.indicators.rules.dimension_text import DimensionError, read_dimension_text, spell_dimensions
from lms.indicators.rules.periods import Frequency
from lms.indicators.rules.problems import FileFault, FileRefusedError
from lms.indicators.rules.shapes import Dimension, Figure, Kind, Row, Shape, Status, derive
from lms.indicators.rules.sheets import open_sheet
from lms.lib.table_files import LARGEST_FILE, MOST_ROWS

SEX = Dimension("sexo", "Sexo", ("Mujeres", "Hombres"))
SHAPE = Shape(Kind.RATIO, Frequency.YEAR, (Dimension("region", "Región"), SEX), is_part_of_whole=True)
COUNT = Shape(Kind.COUNT, Frequency.YEAR, (), decimals=0)
TITLES = "periodo,region,sexo,numerador,denominador,estado,nota"


def read(*lines: str, shape: Shape = SHAPE, titles: str = TITLES, encoding: str = "utf-8") -> Checked:
    text = "\n".join([titles, *lines])
    return check_sheet(sheet=open_sheet(content=text.encode(encoding), shape=shape), shape=shape)


def refused(content: bytes, shape: Shape = SHAPE) -> FileRefusedError:
    with pytest.raises(FileRefusedError) as error:
        open_sheet(content=content, shape=shape)
    return error.value


def workbook(*rows: list[Any]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in [TITLES.split(","), *rows]:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


# --- Figures -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("figure", "shape", "value"),
    [
        (Figure(Decimal(40), Decimal(64)), SHAPE, "62.5"),
        (Figure(Decimal(1), Decimal(3)), SHAPE, "33.3"),
        (Figure(Decimal(1), Decimal(2000)), SHAPE, "0.1"),
        (Figure(Decimal(0), Decimal(64)), SHAPE, "0"),
        (Figure(Decimal("12.5")), COUNT, "13"),
        (Figure(None, status=Status.NO_DATA), SHAPE, None),
        (Figure(None, status=Status.NOT_APPLICABLE), SHAPE, None),
    ],
)
def test_figure_is_derived_and_never_typed(figure: Figure, shape: Shape, value: str | None) -> None:
    assert derive(figure=figure, shape=shape) == (None if value is None else Decimal(value))


def test_shape_is_read_back_from_what_a_release_keeps() -> None:
    assert Shape.from_json(SHAPE.to_json()) == SHAPE


# --- Files that are understood -------------------------------------------------------------------
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_usual_encodings_and_separators_are_read(encoding: str, separator: str) -> None:
    line = "2025,Ñuble,mujeres,10,20,,añadido".replace(",", separator)
    checked = read(line, titles=TITLES.replace(",", separator), encoding=encoding)
    assert [(row.cell, row.figure.note) for row in checked.rows] == [
        ((("region", "Ñuble"), ("sexo", "Mujeres")), "añadido")
    ]


def test_columns_may_stand_in_another_order_with_capitals_and_accents() -> None:
    checked = read("10,20,,,Sur,,2025", titles="Numerador,Denominador,Estado,Nota,Región,SEXO,Período")
    assert checked.rows[0].key == ("2025", (("region", "Sur"),))


def test_words_above_the_titles_do_not_matter() -> None:
    assert read("2025,,,1,2,,", titles=f"Informe anual\n\n{TITLES}").rows[0].line == 4


def test_blank_dimension_is_the_total() -> None:
    assert read("2025,,,1,2,,").rows[0].cell == ()


def test_zero_no_data_and_not_applicable_are_three_things() -> None:
    rows = read("2023,,,0,2,,", "2024,,,,,sin dato,", "2025,,,,,No aplica,").rows
    assert [(row.figure.status, row.figure.numerator) for row in rows] == [
        ("value", Decimal(0)),
        ("no_data", None),
        ("not_applicable", None),
    ]


def test_workbook_with_numbers_is_read() -> None:
    content = workbook([2025, "Sur", None, 10.5, 20, None, None], [2024.0, None, None, 1, 2, "valor", "x"])
    checked = check_sheet(sheet=open_sheet(content=content, shape=SHAPE), shape=SHAPE)
    assert not checked.problems
    assert [(row.period, row.figure.numerator) for row in checked.rows] == [
        ("2025", Decimal("10.5")),
        ("2024", Decimal(1)),
    ]


def test_month_that_became_a_date_in_a_workbook_is_read() -> None:
    shape = Shape(Kind.RATIO, Frequency.MONTH, SHAPE.dimensions)
    content = workbook([datetime(2025, 3, 1), None, None, 1, 2, None, None])
    checked = check_sheet(sheet=open_sheet(content=content, shape=shape), shape=shape)
    assert checked.rows[0].period == "2025-03"


# --- Files that are refused ----------------------------------------------------------------------
def test_renamed_column_is_named_with_the_closest() -> None:
    error = refused(b"periodo,region,sexo,numerator,denominador,estado,nota\n2025,,,1,2,,")
    assert error.fault == FileFault.COLUMNS
    assert [(one.title, one.closest) for one in error.columns.unknown] == [("numerator", "numerador")]


def test_missing_unknown_and_repeated_columns_are_told_apart() -> None:
    faults = refused(b"periodo,periodo,region,comuna,numerador,denominador,estado,nota\n").columns
    assert (faults.missing, faults.repeated) == (("sexo",), ("periodo",))
    assert [one.title for one in faults.unknown] == ["comuna"]


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        (b"", "empty"),
        (b"x" * (LARGEST_FILE + 1), "too_big"),
        (f"{TITLES}\n".encode(), "no_rows"),
        (f"{TITLES}\n".encode() + b"2025,,,1,2,,\n" * (MOST_ROWS + 1), "too_many_rows"),
        (b"%PDF-1.7", "not_a_sheet"),
        (b"PK\x03\x04 nothing", "damaged"),
        (b"\0" * 100, "unreadable"),
        (f"{TITLES}\n2025,a\0b,,1,2,,".encode(), "unreadable"),
        (b"hola", "columns"),
    ],
)
def test_file_that_is_no_table_of_the_indicator_is_refused(content: bytes, fault: str) -> None:
    assert refused(content).fault == fault


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        (",,,1,2,,", "periodo", "missing"),
        ("25,,,1,2,,", "periodo", "wrong_period"),
        ("2025,,otro,1,2,,", "sexo", "unknown_value"),
        ("2025,,,uno,2,,", "numerador", "not_a_number"),
        ("2025,,,1.234,2000,,", "numerador", "ambiguous"),
        ("2025,,,-1,2,,", "numerador", "negative"),
        (f"2025,,,{'9' * 5000},2,,", "numerador", "number_too_long"),
        ('2025,,,"0,12345",2,,', "numerador", "too_many_decimals"),
        ("2025,,,1,,,", "denominador", "missing"),
        ("2025,,,0,0,,", "denominador", "zero_denominator"),
        ("2025,,,3,2,,", "numerador", "more_than_whole"),
        ("2025,,,,,,", "numerador", "value_without_status"),
        ("2025,,,1,2,sin dato,", "estado", "status_with_value"),
        ("2025,,,1,2,quizás,", "estado", "unknown_status"),
        ("2025,,,1,2,,es un Dato de Ejemplo", "nota", "example"),
        ("2025,a\ufffdb,,1,2,,", "region", "unreadable"),
        (f"2025,{'x' * 121},,1,2,,", "region", "too_long"),
        (f"2025,,,1,2,,{'x' * 501}", "nota", "too_long"),
    ],
)
def test_wrong_row_says_its_line_its_column_and_what_is_wrong(line: str, column: str, problem: str) -> None:
    checked = read("2024,,,1,2,,", line)
    assert [(one.line, one.column, one.problem) for one in checked.problems] == [(3, column, problem)]
    assert len(checked.rows) == 1


def test_all_faults_of_a_row_are_said_at_once() -> None:
    assert len(read("25,,otro,uno,2,,").problems) == 3


def test_same_row_twice_names_the_first() -> None:
    checked = read("2025,Sur,,1,2,,", "2025,SUR,,1,2,,")
    assert [(one.line, one.problem, one.detail) for one in checked.problems] == [(3, "duplicate", "2")]


def test_values_that_do_not_fit_together_are_said() -> None:
    dimensions = tuple(Dimension(f"dimension_{n}", f"Dimensión {n}") for n in range(5))
    shape = Shape(Kind.RATIO, Frequency.YEAR, dimensions)
    titles = ",".join(
        ["periodo", *(one.name for one in dimensions), "numerador", "denominador", "estado", "nota"]
    )
    quotes = '"' + '""' * 120 + '"'
    checked = read(",".join(["2025", *[quotes] * 5, "1", "2", "", ""]), shape=shape, titles=titles)
    assert [(one.line, one.problem) for one in checked.problems] == [(2, "too_many_cells")]


def test_count_has_no_denominator() -> None:
    checked = read("2025,1,2,,", shape=COUNT, titles="periodo,numerador,denominador,estado,nota")
    assert [one.problem for one in checked.problems] == ["no_denominator_here"]


def test_numerator_may_be_greater_where_it_is_no_part() -> None:
    shape = Shape(Kind.RATIO, Frequency.YEAR, SHAPE.dimensions)
    assert not read("2025,,,3,2,,", shape=shape).problems


# --- Releases side by side -----------------------------------------------------------------------
def row(period: str, numerator: int, region: str = "") -> Row:
    return Row(period, (("region", region),) if region else (), Figure(Decimal(numerator), Decimal(100)), 2)


def test_releases_are_compared_by_period_and_cell() -> None:
    diff = compare(before=[row("2023", 1), row("2024", 1)], after=[row("2024", 2), row("2025", 1)])
    assert [one.period for one in diff.added] == ["2025"]
    assert [one.period for one in diff.removed] == ["2023"]
    assert [(one.before.figure.numerator, one.after.figure.numerator) for one in diff.changed] == [(1, 2)]


def test_same_release_is_no_change() -> None:
    diff = compare(before=[row("2024", 1)], after=[row("2024", 1)])
    assert diff.is_empty and diff.same_count == 1


def test_closed_period_is_not_added_to_changed_or_emptied() -> None:
    diff = compare(
        before=[row("2023", 1), row("2024", 1), row("2022", 5)],
        after=[row("2024", 2), row("2024", 1, "Sur"), row("2022", 6)],
    )
    problems = find_locked(diff=diff, locked=["2023", "2024"])
    assert sorted(one.problem for one in problems) == ["locked", "locked", "locked_removed"]


def test_total_that_is_not_the_sum_of_its_parts_is_a_warning() -> None:
    (warning,) = find_unequal_totals(
        rows=read("2025,,,10,50,,", "2025,Sur,,4,20,,", "2025,Norte,,5,30,,").rows
    )
    assert (warning.dimension, warning.column, warning.total, warning.parts) == ("region", "numerador", 10, 9)


def test_parts_without_data_warn_of_nothing() -> None:
    assert not find_unequal_totals(rows=read("2025,,,10,50,,", "2025,Sur,,,,sin dato,").rows)


# --- Dimensions in words -------------------------------------------------------------------------
def test_dimensions_are_written_one_a_line() -> None:
    found = read_dimension_text("Sexo: mujeres; hombres\n\nPunto de control")
    assert [(one.name, one.values) for one in found] == [
        ("sexo", ("mujeres", "hombres")),
        ("punto_de_control", ()),
    ]
    assert read_dimension_text(spell_dimensions(found)) == found


def test_column_keeps_the_name_that_its_author_gave_it() -> None:
    group = [Dimension("grupo", "Grupo de población", ("Rural", "Urbana"))]
    assert spell_dimensions(group) == "Grupo de población [grupo]: Rural; Urbana"
    assert read_dimension_text(spell_dimensions(group)) == group


def test_label_that_another_column_has_for_a_name_takes_it_nothing() -> None:
    shape = Shape(Kind.COUNT, Frequency.YEAR, (Dimension("aviso", "Nota"),), decimals=0)
    checked = read(
        "2025,Sur,1,,,Revisado", shape=shape, titles="periodo,aviso,numerador,denominador,estado,nota"
    )
    assert (checked.rows[0].cell, checked.rows[0].figure.note) == ((("aviso", "Sur"),), "Revisado")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("\n".join("abcdef"), "too_many"),
        (": a; b", "no_name"),
        ("x" * 41, "too_long"),
        ("Nota: a", "reserved"),
        ("Aviso [nota]", "reserved"),
        ("Edad [años]", "no_name"),
        ("Edad [Edad]", "wrong_column"),
        ("㎯" * 20, "too_long"),
        ("Sexo\nSEXO", "repeated"),
        ("Sexo: a; A", "repeated"),
        ("Sexo: " + ";".join(f"v{n}" for n in range(501)), "too_many_values"),
    ],
)
def test_dimension_that_cannot_be_says_why(text: str, fault: str) -> None:
    with pytest.raises(DimensionError) as error:
        read_dimension_text(text)
    assert error.value.fault == fault
