"""Sheets as people and other programs make them."""

import csv
import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook

from courses.quizzes.formats.base import ReadFile, ReadQuestion
from courses.quizzes.formats.sheets import read_sheet
from courses.quizzes.rules import QuestionSpec

Cells = Mapping[str, object]


def sheet_of(*rows: Cells, separator: str = ";", encoding: str = "utf-8") -> bytes:
    """A CSV with the columns that the rows have."""
    titles = _titles(rows)
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=separator).writerows([titles, *_lists(titles, rows)])
    return buffer.getvalue().encode(encoding)


def workbook_of(*rows: Cells) -> bytes:
    """The same as a workbook; cells keep their types."""
    titles = _titles(rows)
    book = Workbook()
    for row in [titles, *_lists(titles, rows)]:
        book.active.append(row)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read_one(**cells: object) -> ReadQuestion:
    """The question of a single row; ``alternativas`` has those from 1 on."""
    found = read_row(**cells)
    assert not found.refused, found.refused
    return found.questions[0]


def read_row(*, alternativas: Sequence[object] = (), **cells: object) -> ReadFile:
    numbered = {f"alternativa {number}": text for number, text in enumerate(alternativas, 1)}
    plain = {name.replace("_", " "): value for name, value in cells.items()}
    return read_sheet(workbook_of({"pregunta": "¿Qué haces?", "datos": None} | plain | numbered))


def spec_of(read: ReadQuestion) -> QuestionSpec:
    """What was read, for comparing it with what was written."""
    return QuestionSpec(
        read.key, read.competence, read.difficulty, read.kind, read.stem, read.body, read.source, read.review,
        read.tags,
    )  # fmt: skip


def cells_of(workbook: bytes) -> list[tuple[Any, ...]]:
    return list(load_workbook(io.BytesIO(workbook)).worksheets[0].iter_rows(values_only=True))


def repacked(workbook: bytes, name: str, content: bytes) -> bytes:
    """The workbook with another content of one member."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return buffer.getvalue()


def _titles(rows: Sequence[Cells]) -> list[str]:
    return list(dict.fromkeys(title for row in rows for title in row))


def _lists(titles: list[str], rows: Sequence[Cells]) -> list[list[object]]:
    return [[row.get(title) for title in titles] for row in rows]
