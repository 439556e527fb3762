"""The commands that load rosters and institutions."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command

from lms.people.models import Institution, Posting, RosterImport, RosterStatus
from lms.people.rosters.columns import Column
from lms.people.services.roster_mappings import save_mapping
from tests.factories.people import InstitutionFactory
from tests.people.rosters import HEADER as HEADER_OF_LINES
from tests.people.rosters import begin_apply, csv_file, go_on, line, receive_only

pytestmark = pytest.mark.django_db

HEADER = "codigo,nombre,tipo,depende_de,vigente_desde,vigente_hasta,sucesora,fuente\n"


@pytest.fixture(autouse=True)
def _fixed_clock(at: Any) -> Any:
    with time_machine.travel(at, tick=False):
        yield


@pytest.fixture
def institution() -> Institution:
    return InstitutionFactory(code="AA900")


def _import(tmp_path: Path, lines: list[list[object]], *options: str) -> str:
    file = tmp_path / "nomina.csv"
    file.write_bytes(csv_file(lines).getvalue())
    out = io.StringIO()
    call_command(
        "import_roster", str(file), "--institution=AA900", "--date=2026-11-01", *options,
        stdout=out, stderr=out,
    )  # fmt: skip
    return out.getvalue()


def test_without_apply_the_roster_is_only_shown(tmp_path: Path, institution: Institution) -> None:
    text = _import(tmp_path, [line(1)])

    assert "Personas nuevas: 1" in text
    assert not Posting.objects.exists()
    assert RosterImport.objects.get().status == RosterStatus.DISCARDED


def test_with_apply_the_roster_is_applied(tmp_path: Path, institution: Institution) -> None:
    _import(tmp_path, [line(1)], "--apply")

    assert Posting.objects.get().institution == institution


@pytest.mark.parametrize("options", [[], ["--apply"]])
def test_wrong_rows_end_the_command_with_an_error(
    tmp_path: Path, institution: Institution, options: list[str]
) -> None:
    with pytest.raises(CommandError, match="Hay filas con error"):
        _import(tmp_path, [line(1), line(2, run="12.345.678-4")], *options)

    assert not Posting.objects.exists()


def test_wrong_rows_can_be_left_out(tmp_path: Path, institution: Institution) -> None:
    lines = [line(n) for n in range(30)] + [line(40, estamento="Rey")]

    _import(tmp_path, lines, "--apply", "--include-errors")

    assert Posting.objects.count() == 30


def test_a_roster_that_was_left_in_the_middle_is_resumed(institution: Institution, at: Any) -> None:
    roster = receive_only(institution, [line(n) for n in range(3)], at=at)
    go_on(roster, at=at)
    begin_apply(roster, at=at)

    out = io.StringIO()
    call_command("import_roster", "--institution=AA900", "--resume", stdout=out)

    assert "Aplicada" in out.getvalue()
    assert Posting.objects.count() == 3


def test_a_roster_that_was_left_while_it_was_read_is_resumed_as_a_preview(
    institution: Institution, at: Any
) -> None:
    receive_only(institution, [line(n) for n in range(3)], at=at)

    out = io.StringIO()
    call_command("import_roster", "--institution=AA900", "--resume", "--apply", stdout=out)

    assert "Personas nuevas: 3" in out.getvalue()
    assert Posting.objects.count() == 3


def test_the_last_roster_is_undone(tmp_path: Path, institution: Institution) -> None:
    _import(tmp_path, [line(1)], "--apply")

    call_command("import_roster", "--institution=AA900", "--undo", stdout=io.StringIO())

    assert not Posting.objects.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--resume"], "No hay ninguna nómina a medias"),
        (["--undo"], "No hay ninguna nómina aplicada"),
        ([], "Indica el archivo"),
        (["nada.csv", "--date=2026-11-01"], "No se puede abrir"),
        (["nada.csv", "--date=2026-11-01", "--mapping=Propio"], "no tiene un formato llamado"),
    ],
)
def test_what_cannot_be_done_is_said(institution: Institution, options: list[str], words: str) -> None:
    with pytest.raises(CommandError, match=words):
        call_command("import_roster", *options, "--institution=AA900", stdout=io.StringIO())


def test_a_mapping_is_used_by_its_name(tmp_path: Path, institution: Institution, at: Any) -> None:
    columns = {
        Column.RUN: "Identificación", Column.GIVEN_NAMES: "Nombres", Column.FAMILY_NAMES: "Apellidos", Column.UNIT: "Unidad",
        Column.ESTAMENTO: "Estamento", Column.LEGAL_QUALITY: "Calidad jurídica",
    }  # fmt: skip
    save_mapping(institution=institution, name="Propio", columns=columns, words={}, by=None, at=at)
    file = tmp_path / "nomina.csv"
    file.write_bytes(csv_file([line(1)], header=("Identificación", *HEADER_OF_LINES[1:])).getvalue())

    call_command(
        "import_roster", str(file), "--institution=AA900", "--date=2026-11-01", "--apply", "--mapping=Propio",
        stdout=io.StringIO(),
    )  # fmt: skip

    assert Posting.objects.count() == 1


def test_columns_that_nobody_knows_are_named(tmp_path: Path, institution: Institution) -> None:
    file = tmp_path / "nomina.csv"
    file.write_bytes(csv_file([line(1)], header=("Identificación", *HEADER_OF_LINES[1:])).getvalue())

    with pytest.raises(CommandError, match="No encontramos estas columnas: RUN"):
        call_command(
            "import_roster", str(file), "--institution=AA900", "--date=2026-11-01", stdout=io.StringIO()
        )


def test_an_unknown_institution_is_said(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No existe la institución"):
        _import(tmp_path, [line(1)])


def test_the_tables_of_institutions_load_twice_without_a_change() -> None:
    first, second = io.StringIO(), io.StringIO()

    call_command("load_institutions", stdout=first)
    call_command("load_institutions", stdout=second)

    assert "775 nuevas, 0 corregidas, 0 sin cambios" in first.getvalue()
    assert "0 nuevas, 0 corregidas, 775 sin cambios" in second.getvalue()
    service = Institution.objects.get(code="AE004")
    assert (service.name, service.parent.code) == ("Dirección Nacional del Servicio Civil", "AE")
    assert service.parent.kind == Institution.Kind.MINISTRY


def test_a_table_can_name_a_successor_and_dates(tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text(
        HEADER + "X1,Vieja,servicio,,2000-01-01,2020-12-31,X2,\nX2,Nueva,servicio,,2021-01-01,,,\n"
    )

    call_command("load_institutions", str(file), stdout=io.StringIO())

    old = Institution.objects.get(code="X1")
    assert (old.successor.code, old.valid_until) == ("X2", date(2020, 12, 31))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("codigo,nombre\n", "Faltan columnas"),
        (HEADER + "X1,Uno,reino,,,,,\n", "Fila 2: tipo"),
        (HEADER + "X 1,Uno,otro,,,,,\n", "Fila 2: el código"),
        (HEADER + "X1,,otro,,,,,\n", "Fila 2: nombre"),
        (HEADER + "X1,Uno,otro,ZZ,,,,\n", "Fila 2: no existe la institución ZZ"),
        (HEADER + "X1,Uno,otro,,ayer,,,\n", "Fila 2: vigente_desde"),
        (HEADER + "X1,Uno,otro,,2020-01-02,2020-01-01,,\n", "Fila 2: vigente_hasta"),
        (HEADER + "X1,Uno,otro,,,,,\nX1,Dos,otro,,,,,\n", "Fila 3: el código X1 ya está en la fila 2"),
    ],
)
def test_a_wrong_table_names_its_row_and_loads_nothing(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "t.csv"
    file.write_text(text)

    with pytest.raises(CommandError, match=message):
        call_command("load_institutions", str(file), stdout=io.StringIO())

    assert not Institution.objects.exists()
