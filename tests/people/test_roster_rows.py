"""Checking the cells of a roster."""

from datetime import date, datetime

import pytest

from lms.people.models import Estamento, LegalQuality
from lms.people.rosters import values
from lms.people.rosters.problems import Problem, RowProblem
from lms.people.rosters.wording import describe_row_problem
from tests.factories.people import make_run
from tests.people.rosters import check_file, csv_file, line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Profesional", "profesionales"),
        ("PROFESIONALES", "profesionales"),
        ("Técnico", "tecnicos"),
        ("directivo", "directivos"),
        ("administrativa", "administrativos"),
        ("Administrativo/a", "administrativos"),
        ("auxiliar", "auxiliares"),
        ("fiscalizador", "fiscalizadores"),
        ("Planta de Profesionales", "profesionales"),
        ("Sin estamento", "otro"),
    ],
)
def test_an_estamento_is_known_in_any_number_gender_and_case(text: str, code: str) -> None:
    assert values.read_estamento(text) == code
    assert code in Estamento.values


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("PLANTA", "planta"),
        ("A contrata", "contrata"),
        ("a honorarios", "honorarios"),
        ("Honorarios suma alzada", "honorarios"),
        ("Reemplazo", "suplente"),
        ("suplente", "suplente"),
        ("Código del Trabajo", "codigo_trabajo"),
    ],
)
def test_a_legal_quality_is_known_by_its_usual_names(text: str, code: str) -> None:
    assert values.read_legal_quality(text) == code
    assert code in LegalQuality.values


@pytest.mark.parametrize(
    "value",
    [
        "05-03-2025", "5/3/2025", "05.03.2025", "2025-03-05", "2025-03-05T00:00:00", "45721", 45721, 45721.0,
        date(2025, 3, 5), datetime(2025, 3, 5, 8, 30),
    ],
)  # fmt: skip
def test_a_date_is_read_in_every_usual_form(value: object) -> None:
    assert values.read_date(value) == date(2025, 3, 5)


@pytest.mark.parametrize("value", ["31-02-2025", "05-03-25", "ayer", "01-01-0001", "2025-13-01", True])
def test_what_is_no_date_is_refused(value: object) -> None:
    with pytest.raises(values.ValueProblemError):
        values.read_date(value)


@pytest.mark.parametrize(
    ("cells", "column", "problem"),
    [
        ({"run": "12.345.678-4"}, "run", Problem.WRONG_DIGIT),
        ({"run": "pasaporte"}, "run", Problem.WRONG_RUN),
        ({"run": ""}, "run", Problem.MISSING),
        ({"nombres": " "}, "nombres", Problem.MISSING),
        ({"apellidos": "x" * 151}, "apellidos", Problem.TOO_LONG),
        ({"apellidos": "So\0to"}, "apellidos", Problem.UNREADABLE),
        ({"apellidos": "Pe\ufffda"}, "apellidos", Problem.UNREADABLE),
        ({"nombres": '=HYPERLINK("http://x")'}, "nombres", Problem.FORMULA),
        ({"nombres": "@SUM(A1)"}, "nombres", Problem.FORMULA),
        ({"unidad": "#¡REF!"}, "unidad", Problem.FORMULA),
        ({"correo": "sin arroba"}, "correo", Problem.WRONG_EMAIL),
        ({"unidad": ""}, "unidad", Problem.MISSING),
        ({"estamento": "Rey"}, "estamento", Problem.UNKNOWN_ESTAMENTO),
        ({"estamento": ""}, "estamento", Problem.MISSING),
        ({"calidad": "Amigo"}, "calidad_juridica", Problem.UNKNOWN_QUALITY),
        ({"desde": "31-31-2025"}, "desde", Problem.WRONG_DATE),
        ({"desde": "02-11-2026"}, "desde", Problem.STARTS_LATER),
        ({"hasta": "31-10-2026"}, "hasta", Problem.ALREADY_ENDED),
        ({"hasta": "01-01-2020"}, "hasta", Problem.ENDS_BEFORE_START),
    ],
)
def test_a_wrong_cell_is_named_by_row_column_and_reason(
    cells: dict[str, object], column: str, problem: Problem
) -> None:
    rows, checker = check_file(csv_file([line(1, **cells)]))

    assert not rows
    assert [(p.row, p.column, p.problem) for p in checker.problems] == [(2, column, problem)]


def test_every_wrong_cell_of_a_row_is_reported_at_once() -> None:
    _, checker = check_file(csv_file([line(1, nombres="", estamento="Rey", correo="x")]))

    assert [p.column for p in checker.problems] == ["nombres", "estamento", "correo"]
    assert checker.wrong_rows == 1


def test_the_second_row_of_a_person_is_refused_and_names_the_first() -> None:
    rows, checker = check_file(csv_file([line(1), line(2), line(1, run=make_run(11_000_001).lower())]))

    assert len(rows) == 2
    assert describe_row_problem(problem=checker.problems[0]) == (
        "Fila 4, RUN: la persona ya está en la fila 2. Deja una sola fila."
    )


def test_a_wrong_run_is_described_without_repeating_it() -> None:
    _, checker = check_file(csv_file([line(n) for n in range(12)] + [line(1, run="12.345.678-4")]))

    assert describe_row_problem(problem=checker.problems[0]) == (
        "Fila 14, RUN: el dígito verificador no corresponde. Revisa el número."
    )


def test_a_run_in_another_column_is_not_quoted() -> None:
    _, checker = check_file(csv_file([line(1, estamento="12.345.678-5", calidad="ana@servicio.example")]))

    assert [p.detail for p in checker.problems] == ["", ""]


def test_each_problem_has_a_sentence() -> None:
    for problem in Problem:
        assert describe_row_problem(problem=RowProblem(2, "run", problem, "9")).startswith("Fila 2, RUN: ")


@pytest.mark.parametrize(
    "run", ["11.000.001-{}", "11000001{}", " 11000001-{} ", '="11000001-{}"', "011000001-{}"]
)
def test_a_run_is_recognised_in_any_spelling(run: str) -> None:
    digit = make_run(11_000_001)[-1]

    rows, _ = check_file(csv_file([line(1, run=run.format(digit))]))

    assert rows[0].fingerprint == check_file(csv_file([line(1)]))[0][0].fingerprint


def test_the_check_digit_may_have_its_own_column() -> None:
    header = ("RUN", "DV", "Nombres", "Apellidos", "Unidad", "Estamento", "Calidad")
    number, digit = make_run(11_000_001).split("-")

    rows, _ = check_file(
        csv_file([[number, digit, "Ana", "Soto", "Finanzas", "Técnico", "Planta"]], header=header)
    )

    assert rows[0].fingerprint == check_file(csv_file([line(1)]))[0][0].fingerprint


def test_two_family_name_columns_are_joined() -> None:
    header = ("RUN", "Nombres", "Apellido paterno", "Apellido materno", "Unidad", "Estamento", "Calidad")

    rows, _ = check_file(
        csv_file([[make_run(11_000_001), "Ana", "Soto", "Díaz", "U", "Técnico", "Planta"]], header=header)
    )

    assert rows[0].family_names == "Soto Díaz"


def test_honorarios_need_no_estamento() -> None:
    rows, checker = check_file(csv_file([line(1, estamento="", calidad="Honorarios")]))

    assert not checker.problems
    assert rows[0].estamento == Estamento.OTHER


def test_a_checked_row_holds_no_run() -> None:
    rows, _ = check_file(csv_file([line(1)]))

    assert "11000001" not in repr(rows[0]).replace(".", "")
    assert rows[0].run_masked.startswith("11.•••.•01-")


def test_people_of_wrong_rows_are_remembered_even_with_a_wrong_check_digit() -> None:
    right, _ = check_file(csv_file([line(1)]))
    run = make_run(11_000_001)
    wrong_digit = f"{run[:-1]}{'1' if run[-1] != '1' else '2'}"

    for cells in ({"estamento": "Rey"}, {"run": wrong_digit}):
        _, checker = check_file(csv_file([line(1, **cells)]))
        assert checker.mentioned == {right[0].fingerprint}
