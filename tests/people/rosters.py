"""Building rosters for tests: people, CSV and XLSX."""

import csv
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import BinaryIO

from django.conf import settings
from openpyxl import Workbook

from lms.journeys import import_roster as journey
from lms.journeys.import_roster import ImportTerms
from lms.people.models import Institution, Leave, Person, Posting, RosterImport, RosterStatus, Unit, User
from lms.people.rosters.checking import RosterChecker
from lms.people.rosters.columns import ColumnMap
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RowProblem
from lms.people.rosters.reading import open_roster
from lms.people.rosters.rows import RosterRow
from lms.people.services import rosters
from tests.factories.people import make_run

Reader = Callable[..., RosterImport]
"""Reads lines (or a file) as a roster."""

KEY = "run-de-las-pruebas"
DAY = date(2026, 11, 1)
EARLIER = date(2026, 6, 1)
TERMS = ImportTerms(run_key=KEY, sealing_key=settings.SECRET_KEY, ended_percent=20)
HEADER = (
    "RUN", "Nombres", "Apellidos", "Correo", "Unidad", "Estamento", "Calidad jurídica", "Desde", "Hasta",
)  # fmt: skip


def line(number: int = 1, **values: object) -> list[object]:
    """A correct row of person ``number``; ``run``, ``nombres``, … replace its cells."""
    cells: dict[str, object] = {
        "run": make_run(11_000_000 + number),
        "nombres": "María José",
        "apellidos": f"Peña {number}",
        "correo": f"p{number}@servicio.example",
        "unidad": "Finanzas",
        "estamento": "Profesional",
        "calidad": "Contrata",
        "desde": "01-03-2025",
        "hasta": "",
    }
    return list((cells | values).values())


def csv_file(
    lines: Iterable[Sequence[object]],
    *,
    header: Sequence[str] = HEADER,
    separator: str = ";",
    encoding: str = "utf-8",
) -> io.BytesIO:
    """A CSV file in memory."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=separator)
    writer.writerow(header)
    writer.writerows(lines)
    return io.BytesIO(text.getvalue().encode(encoding))


def xlsx_file(lines: Iterable[Sequence[object]], *, header: Sequence[str] = HEADER) -> io.BytesIO:
    """A workbook in memory."""
    book = Workbook()
    book.active.append(list(header))
    for cells in lines:
        book.active.append(list(cells))
    file = io.BytesIO()
    book.save(file)
    return file


def add_member(file: io.BytesIO, name: str, content: bytes) -> io.BytesIO:
    """The workbook with one more member, highly compressed."""
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file


@dataclass
class Checked:
    """What was wrong with a file."""

    problems: list[RowProblem] = field(default_factory=list)
    wrong_rows: int = 0
    mentioned: set[str] = field(default_factory=set)


def check_file(
    file: io.BytesIO, *, day: date = DAY, maps: Sequence[ColumnMap] = ()
) -> tuple[list[RosterRow], Checked]:
    """All rows of a file, checked."""
    table = open_roster(file=file, maps=maps)
    checker = RosterChecker(headers=table.headers, roster_date=day, run_key=KEY)
    rows, found = [], Checked()
    for number, cells in table.rows:
        checked = checker.check(number, cells)
        if checked.row is not None:
            rows.append(checked.row)
            continue
        found.wrong_rows += 1
        found.problems += checked.problems
        if checked.mentioned:
            found.mentioned.add(checked.mentioned.fingerprint)
    return rows, found


def read_roster(
    institution: Institution,
    lines: Iterable[Sequence[object]] | BinaryIO,
    *,
    at: datetime,
    day: date = DAY,
    name: str = "nomina.csv",
    header: Sequence[str] = HEADER,
    by: User | None = None,
    terms: ImportTerms = TERMS,
) -> RosterImport:
    """A roster that has been received, and read where it is small."""
    file = lines if hasattr(lines, "read") else csv_file(lines, header=header)  # type: ignore[arg-type]
    return journey.receive_roster(
        institution=institution,
        file=file,  # type: ignore[arg-type]
        file_name=name,
        roster_date=day,
        uploaded_by=by,
        terms=terms,
        at=at,
    )


def apply_roster(roster: RosterImport, *, at: datetime, **choices: bool) -> RosterCounts:
    """Apply a preview; the numbers of what was done."""
    journey.apply_roster(roster=roster, terms=TERMS, at=at, **choices)
    return counts_of(roster)


def load_roster(
    institution: Institution, lines: Iterable[Sequence[object]], *, at: datetime, day: date = DAY
) -> RosterImport:
    """Read and applied, whoever disappears."""
    roster = read_roster(institution, lines, at=at, day=day)
    apply_roster(roster, at=at, confirm_ended=True)
    assert roster.status == RosterStatus.APPLIED
    return roster


def receive_only(
    institution: Institution, lines: Iterable[Sequence[object]], *, at: datetime, day: date = DAY
) -> RosterImport:
    """A roster that nobody has begun to read."""
    return journey.receive_file(
        institution=institution, file=csv_file(lines), file_name="nomina.csv", roster_date=day,
        mapping=None, uploaded_by=None, at=at,
    )  # fmt: skip


def go_on(roster: RosterImport, *, at: datetime, steps: int | None = None) -> None:
    """Work on it until it waits for a person, or for so many steps."""
    for count, _ in enumerate(journey.work_on(roster=roster, terms=TERMS, at=at), start=1):
        if count == steps:
            break
    roster.refresh_from_db()


def begin_apply(roster: RosterImport, *, at: datetime) -> None:
    rosters.begin_apply(roster=roster, at=at, confirm_ended=True)


def counts_of(roster: RosterImport) -> RosterCounts:
    roster.refresh_from_db()
    return RosterCounts.from_stored(roster.counts)


def records() -> list[list[dict[str, object]]]:
    """All rows of people, postings, leaves and units, as they are."""
    return [list(model.objects.order_by("pk").values()) for model in (Person, Posting, Leave, Unit)]


def facts() -> list[set[tuple[object, ...]]]:
    """What those rows say, without the ids that differ from one import to the next."""
    return [
        set(Person.objects.values_list("run_fingerprint", "given_names", "family_names", "email", "created_at")),
        set(
            Posting.objects.values_list(
                "person__run_fingerprint", "unit__code", "estamento", "legal_quality", "grade", "position",
                "region", "valid_from", "valid_until",
            )
        ),
        set(Leave.objects.values_list("person__run_fingerprint", "first_day", "last_day")),
        set(Unit.objects.values_list("code", "name", "parent__code")),
    ]  # fmt: skip
