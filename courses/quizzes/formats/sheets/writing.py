"""Writing questions into a sheet, so that :func:`~reading.read_sheet` reads the same ones."""

import csv
import io
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal

import msgspec
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from courses.quizzes.formats.sheets.cells import LONGEST_CELL, guard, tidy
from courses.quizzes.formats.sheets.columns import FEEDBACK, OPTION, TITLES, Column, Row, Title, title_text
from courses.quizzes.formats.sheets.extra import SAME, find_extra
from courses.quizzes.formats.sheets.filling import Cells, fill_plain
from courses.quizzes.formats.sheets.guide import GUIDE
from courses.quizzes.formats.sheets.kinds import KIND_NAMES
from courses.quizzes.formats.sheets.plain import RowError, read_plain
from courses.quizzes.formats.written import Written
from courses.quizzes.rules import KINDS, QuestionKind, QuestionSpec

SheetKind = Literal["csv", "xlsx"]

_WIDE = {Column.STEM: 60, OPTION: 30, FEEDBACK: 30, Column.KIND: 22, Column.EXTRA: 40}


def write_sheet(questions: Sequence[QuestionSpec], *, kind: SheetKind) -> Written:
    """One row per question. Without questions it is a sheet to fill in.

    The CSV is UTF-8 with its mark and semicolons, which Excel in Chile opens as a table. A question
    with a text that no cell can hold is left out.
    """
    rows, left_out = [], []
    for question in questions:
        texts = [guard(text) for text in _row_of(question)]
        if max(map(len, texts)) > LONGEST_CELL:
            left_out.append(question.key)
        else:
            rows.append(texts)
    titles = [title_text(title) for title in TITLES]
    content = _write_csv([titles, *rows]) if kind == "csv" else _write_xlsx(titles, rows)
    return Written(content, tuple(left_out))


def _row_of(question: QuestionSpec) -> Iterator[str]:
    """The texts of a question's row, in the order of our columns."""
    cells, extra = _answer_cells(question.kind, question.body)
    cells |= {
        Column.KEY: question.key,
        Column.KIND: KIND_NAMES[question.kind],
        Column.COMPETENCE: question.competence,
        Column.DIFFICULTY: str(question.difficulty or ""),
        Column.TAGS: ", ".join(question.tags),
        Column.STEM: question.stem,
        Column.SOURCE: question.source,
        Column.REVIEW: question.review,
        Column.EXTRA: "" if extra is SAME else msgspec.json.encode(extra).decode(),
    }
    return (tidy(cells.get(title, "")) for title in TITLES)


def _answer_cells(kind: QuestionKind, body: Any) -> tuple[Cells, Any]:
    """The plain columns of an answer, and what they cannot say.

    Where they would say another list (too long, an empty text), the last column says all of it.
    """
    data = _spell_numbers(kind, KINDS[kind].to_json(body))
    cells = {title: text for title, text in fill_plain(kind, data).items() if title in TITLES}
    try:
        extra = find_extra(data, read_plain(kind, _row(cells)))
    except RowError:
        return {}, data
    if extra is not SAME and any(isinstance(value, list) for value in extra.values()):
        return {}, data
    return cells, extra


def _row(cells: Cells) -> Row:
    return Row({title: tidy(text) for title, text in cells.items()})


def _spell_numbers(kind: QuestionKind, data: dict[str, Any]) -> dict[str, Any]:
    """Decimals as the plain columns have them: ``1E+3`` is ``1000``."""
    if kind is not QuestionKind.NUMERIC:
        return data
    units = [{**unit, "factor": f"{Decimal(unit['factor']):f}"} for unit in data["units"]]
    return {
        **data,
        "value": f"{Decimal(data['value']):f}",
        "tolerance": f"{Decimal(data['tolerance']):f}",
        "units": units,
    }


def _write_csv(rows: Sequence[Sequence[str]]) -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=";").writerows(rows)
    return buffer.getvalue().encode("utf-8-sig")


def _write_xlsx(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Preguntas")
    sheet.freeze_panes = "A2"
    for place, title in enumerate(TITLES, 1):
        sheet.column_dimensions[get_column_letter(place)].width = _width(title)
    sheet.append([_cell(sheet, title, is_title=True) for title in titles])
    for row in rows:
        sheet.append([_cell(sheet, text) for text in row])
    _add_guide(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _add_guide(book: Workbook) -> None:
    sheet = book.create_sheet("Cómo se llena")
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 26, 100
    for name, text in GUIDE:
        sheet.append([_cell(sheet, name, is_title=True), _cell(sheet, text)])


def _cell(sheet: Any, text: str, *, is_title: bool = False) -> Any:
    """A cell with a text, whatever the text looks like."""
    cell = WriteOnlyCell(sheet, value=text or None)
    if text:
        cell.data_type = "s"
    cell.font = Font(bold=is_title)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _width(title: Title) -> int:
    return _WIDE.get(title if isinstance(title, Column) else title[0], 14)
