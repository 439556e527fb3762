"""Reading roster files: kinds, encodings, separators, and what is refused."""

import io
import zipfile
from contextlib import suppress
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.people.rosters.problems import FileProblem, Problem, RosterFileError
from lms.people.rosters.reading import open_roster
from tests.people.rosters import HEADER, add_member, check_file, csv_file, line, xlsx_file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_any_usual_encoding_and_separator_gives_the_same_rows(encoding: str, separator: str) -> None:
    rows, checker = check_file(csv_file([line(1)], separator=separator, encoding=encoding))

    assert not checker.problems
    assert (rows[0].given_names, rows[0].family_names) == ("María José", "Peña 1")


def test_a_utf_16_file_with_its_big_endian_mark_is_read() -> None:
    content = b"\xfe\xff" + csv_file([line(1)]).getvalue().decode().encode("utf-16-be")

    rows, _ = check_file(io.BytesIO(content))

    assert rows[0].family_names == "Peña 1"


def test_bytes_of_no_known_encoding_are_refused() -> None:
    content = csv_file([line(1)]).getvalue().replace("Peña".encode(), b"Pe\x81\xf1a")

    assert _refusal(io.BytesIO(content)) is FileProblem.UNREADABLE_TEXT


def test_a_workbook_gives_the_same_row_as_a_csv() -> None:
    from_xlsx, _ = check_file(xlsx_file([line(1, desde=datetime(2025, 3, 1))]))
    from_csv, _ = check_file(csv_file([line(1)]))

    assert from_xlsx == from_csv


def test_the_kind_of_a_file_is_taken_from_its_content() -> None:
    # open_roster is never told a name: an XLSX called .csv, or the reverse, reads the same.
    assert open_roster(file=xlsx_file([line()])).headers == open_roster(file=csv_file([line()])).headers


def test_the_sheet_with_the_columns_is_found_among_others() -> None:
    from openpyxl import load_workbook

    book = load_workbook(xlsx_file([line()]))
    book.create_sheet("Portada", 0).append(["Nómina de personas"])
    file = io.BytesIO()
    book.save(file)

    assert len(check_file(file)[0]) == 1


def test_a_formula_counts_with_the_value_the_spreadsheet_stored() -> None:
    # Written by a library, the formula has no stored value: the cell is missing, never the formula.
    _, checker = check_file(xlsx_file([line(1, nombres='=CONCAT("a";"b")')]))

    assert [problem.problem for problem in checker.problems] == [Problem.MISSING]


def test_titles_may_stand_above_the_columns_and_rows_keep_their_number() -> None:
    body = csv_file([line(1, estamento="Rey")]).getvalue().decode()

    _, checker = check_file(io.BytesIO(f"sep=;\nNómina 2026\n\n{body}".encode()))

    assert checker.problems[0].row == 5


def test_blank_rows_are_skipped_but_counted() -> None:
    content = csv_file([line(1)]).getvalue() + b"\r\n;;;\r\n" + _last_line(line(2, estamento="Rey"))

    rows, checker = check_file(io.BytesIO(content))

    assert (len(rows), checker.problems[0].row) == (1, 5)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("R.U.N.;NOMBRE;APELLIDO;Dependencia;ESCALAFÓN;Tipo de contrato", 6),
        ("rut;nombres;Apellido Paterno;Apellido Materno;Código  Unidad;estamento;CALIDAD JURIDICA", 7),
        ("N° RUT;Nombre(s);Apellido(s);e-mail;Unidad;Estamento;Calidad;Fecha de Ingreso", 8),
    ],
)
def test_headers_match_by_synonym_without_case_and_accents(header: str, expected: int) -> None:
    table = open_roster(file=io.BytesIO(f"{header}\nx\n".encode()))

    assert len(table.headers.positions) == expected


def test_missing_columns_are_named() -> None:
    with pytest.raises(RosterFileError) as caught:
        open_roster(file=io.BytesIO(b"RUN;Nombres;Unidad\n1;2;3\n"))

    assert caught.value.problem is FileProblem.MISSING_COLUMNS
    assert caught.value.detail == "apellidos,estamento,calidad_juridica"


def test_a_column_that_stands_twice_is_refused() -> None:
    assert _refusal(csv_file([line()], header=("RUT", *HEADER[:-1]))) is FileProblem.REPEATED_COLUMN


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", FileProblem.EMPTY),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", FileProblem.OLD_EXCEL),
        (b"%PDF-1.7 ...", FileProblem.NOT_A_ROSTER),
        (b"PK\x03\x04 cut off", FileProblem.BROKEN_XLSX),
        (b"just some words", FileProblem.MISSING_COLUMNS),
        (b"\0" * 500, FileProblem.MISSING_COLUMNS),
        (csv_file([]).getvalue(), FileProblem.NO_ROWS),
    ],
)
def test_what_is_no_roster_is_refused_with_its_reason(content: bytes, problem: FileProblem) -> None:
    assert _refusal(io.BytesIO(content)) is problem


def test_a_file_beyond_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.people.rosters.reading.LARGEST_FILE", 10)

    assert _refusal(csv_file([line()])) is FileProblem.TOO_BIG


def test_another_zip_is_not_taken_for_a_workbook() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", "<x/>")

    assert _refusal(file) is FileProblem.NOT_A_ROSTER


def test_a_zip_bomb_is_refused_before_it_is_opened() -> None:
    file = add_member(xlsx_file([line()]), "xl/sharedStrings2.xml", b" " * 97 * 1024 * 1024)

    assert _refusal(file) is FileProblem.SUSPICIOUS_XLSX


def test_a_workbook_with_a_doctype_is_refused() -> None:
    file = add_member(xlsx_file([line()]), "xl/extra.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')

    assert _refusal(file) is FileProblem.SUSPICIOUS_XLSX


def test_a_doctype_behind_a_long_comment_is_refused_too() -> None:
    hidden = b"<!-- " + b"x" * 3000 + b' --><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'

    assert _refusal(add_member(xlsx_file([line()]), "xl/extra.xml", hidden)) is FileProblem.SUSPICIOUS_XLSX


def test_texts_of_a_workbook_with_formats_and_pronunciations_are_read_as_text() -> None:
    rich = (
        b'<si><r><t>Pe</t></r><r><rPr><b/></rPr><t>\xc3\xb1a 1</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>'
    )
    whole, changed = xlsx_file([line(1)]), io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name).replace(b"<si><t>Pe\xc3\xb1a 1</t></si>", rich)
            target.writestr(name, content)

    assert check_file(changed)[0][0].family_names == "Peña 1"


def test_a_damaged_sheet_is_refused_and_does_not_fail() -> None:
    whole = xlsx_file([line()])
    damaged = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content[: len(content) // 2] if "sheet1" in name else content)

    assert _refusal(damaged) is FileProblem.BROKEN_XLSX


def test_a_sheet_that_claims_a_row_beyond_the_last_one_ends_there() -> None:
    whole = xlsx_file([line()])
    forged = io.BytesIO()
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content.replace(b'<row r="2"', b'<row r="99999999999"'))

    assert _refusal(forged) is FileProblem.NO_ROWS


def test_a_line_of_ten_megabytes_is_one_wrong_row() -> None:
    content = csv_file([line(1)]).getvalue() + b"x" * 10_000_000 + b"\n" + _last_line(line(2))

    rows, checker = check_file(io.BytesIO(content))

    assert [row.number for row in rows] == [2, 4]
    assert [(p.row, p.problem) for p in checker.problems] == [(3, Problem.ROW_TOO_LONG)]


def test_a_quotation_that_never_ends_names_its_row() -> None:
    content = csv_file([line(1)]).getvalue() + b'"abierta;' + b"linea\n" * 40_000

    with pytest.raises(RosterFileError) as caught:
        check_file(io.BytesIO(content))

    assert (caught.value.problem, caught.value.detail) == (FileProblem.BROKEN_CSV, "3")


def test_more_rows_than_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.people.rosters.reading.MOST_ROWS", 3)

    assert _refusal(csv_file([line(n) for n in range(4)])) is FileProblem.TOO_MANY_ROWS


@given(st.binary(max_size=400))
def test_no_bytes_make_reading_fail_in_another_way(content: bytes) -> None:
    for start in (b"", b"RUN;Nombres;Apellidos;Unidad;Estamento;Calidad\n", b"PK\x03\x04"):
        with suppress(RosterFileError):
            check_file(io.BytesIO(start + content), day=date(2026, 1, 1))


def _last_line(cells: list[object]) -> bytes:
    return (";".join(map(str, cells)) + "\r\n").encode()


def _refusal(file: io.BytesIO) -> FileProblem:
    with pytest.raises(RosterFileError) as caught:
        list(open_roster(file=file).rows)
    return caught.value.problem
