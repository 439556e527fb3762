"""Reading a sheet of questions: each row is a question or is refused, and the rest is read all the same."""

import csv
from collections.abc import Iterator
from typing import Any

import msgspec

from courses.quizzes.formats.base import (
    LARGEST_FILE,
    FileProblem,
    QuestionFileError,
    ReadFile,
    ReadQuestion,
    Refusal,
)
from courses.quizzes.formats.sheets.cells import cell_text, fold
from courses.quizzes.formats.sheets.columns import HEADER_WITHIN, Column, Row, Title, find_titles
from courses.quizzes.formats.sheets.extra import ExtraError, lay_over
from courses.quizzes.formats.sheets.kinds import find_kind
from courses.quizzes.formats.sheets.plain import RowError, read_plain
from courses.quizzes.formats.sheets.rows_csv import SEPARATORS, decode, read_csv
from courses.quizzes.formats.sheets.rows_xlsx import ZIP, read_xlsx
from courses.quizzes.rules import KINDS, Flaw, QuestionKind

_LOOKED_AT = 100_000
"""Characters of a text in which titles are looked for."""

_DIFFICULTIES = {"": 0, "1": 1, "2": 2, "3": 3, "facil": 1, "baja": 1, "media": 2, "dificil": 3, "alta": 3}


def read_sheet(data: bytes) -> ReadFile:
    """The questions of a CSV or a workbook, whichever it is. ``where`` is the number of the row.

    Raises:
        QuestionFileError: too large, no sheet of ours, damaged, hostile, too many rows or none.
    """
    if len(data) > LARGEST_FILE:
        raise QuestionFileError(FileProblem.TOO_LARGE)
    found = ReadFile()
    for number, row in _filled_rows(data):
        _add(found, str(number), row)
    if not found.questions and not found.refused:
        raise QuestionFileError(FileProblem.NO_QUESTIONS)
    return found


def is_sheet(data: bytes) -> bool:
    """Whether one of the first lines of a text has our titles; for telling it from other texts."""
    try:
        lines = decode(data)[:_LOOKED_AT].splitlines()[:HEADER_WITHIN]
        return any(
            find_titles([cell_text(cell) for cell in next(csv.reader([line], delimiter=separator), [])])
            for line in lines
            for separator in SEPARATORS
        )
    except (QuestionFileError, csv.Error):
        return False


def _filled_rows(data: bytes) -> Iterator[tuple[int, Row]]:
    """The rows below the titles in which something stands.

    Raises:
        QuestionFileError: there are no titles.
    """
    titles: dict[Title, int] = {}
    for number, cells in read_xlsx(data) if data.startswith(ZIP) else read_csv(data):
        if titles:
            row = {title: cells[place] for title, place in titles.items() if place < len(cells)}
            if any(row.values()):
                yield number, Row(row)
        elif number <= HEADER_WITHIN:
            titles = find_titles(cells)
        else:
            break
    if not titles:
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)


def _add(found: ReadFile, where: str, row: Row) -> None:
    """Take a row, or refuse it with the reason."""
    stem = row.get(Column.STEM)
    try:
        if not stem:
            raise RowError(Refusal.NO_TEXT)
        question = _read_question(where, stem, row)
    except RowError as error:
        found.refuse(where, stem, error.refusal, error.flaws)
    else:
        found.add(question)


def _read_question(where: str, stem: str, row: Row) -> ReadQuestion:
    kind = _read_kind(row)
    difficulty = _DIFFICULTIES.get(fold(row.get(Column.DIFFICULTY)))
    if difficulty is None:
        raise RowError(Refusal.BROKEN)
    return ReadQuestion(
        where=where,
        kind=kind,
        stem=stem,
        body=_read_body(kind, row),
        key=row.get(Column.KEY),
        competence=row.get(Column.COMPETENCE),
        difficulty=difficulty,
        tags=_read_tags(row.get(Column.TAGS)),
        source=row.get(Column.SOURCE),
        review=row.get(Column.REVIEW),
    )


def _read_kind(row: Row) -> QuestionKind:
    """The kind that the row says; without it alternatives are of one right answer, or of several."""
    text = row.get(Column.KIND)
    kind = find_kind(text)
    if kind is None and not text and any(row.options()):
        data = read_plain(QuestionKind.SINGLE, row)
        is_single = sum(option["correct"] for option in data["options"]) < 2
        return QuestionKind.SINGLE if is_single else QuestionKind.MULTIPLE
    if kind is None:
        raise RowError(Refusal.UNKNOWN_KIND)
    return kind


def _read_body(kind: QuestionKind, row: Row) -> Any:
    data, extra = read_plain(kind, row), row.get(Column.EXTRA)
    try:
        if extra:
            data = lay_over(data, msgspec.json.decode(extra, type=dict[str, Any]))
        if kind is QuestionKind.NUMERIC and "value" not in data:
            raise RowError(Refusal.CANNOT_BE_ASKED, Flaw.NO_NUMBER)
        body = KINDS[kind].from_json(data)
        list(KINDS[kind].flaws(body))
    except (msgspec.MsgspecError, ExtraError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise RowError(Refusal.BROKEN) from error
    return body


def _read_tags(text: str) -> tuple[str, ...]:
    tags = (tag.strip() for tag in text.replace(";", ",").split(","))
    return tuple(dict.fromkeys(filter(None, tags)))
