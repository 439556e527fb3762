"""Tables as files: the same header and rows as CSV or as XLSX, with cells that no program runs."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from lms.lib.spreadsheets import csv_lines, safe_cell
from lms.reports.compliance.exports import with_byte_order_mark, workbook


@dataclass(frozen=True)
class TableFile:
    """``name`` without its ending; ``title`` and ``day`` head the workbook. Rows are read once."""

    name: str
    title: str
    day: date
    header: Sequence[str]
    rows: Iterable[Sequence[object]]


def answer_with(*, table: TableFile, kind: str) -> HttpResponseBase:
    """The download, ``csv`` (streamed) or ``xlsx`` (from a temporary file)."""
    name = f"{table.name}.{kind}"
    if kind == "csv":
        response = StreamingHttpResponse(_lines(table), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response
    return FileResponse(_workbook(table), as_attachment=True, filename=name)


def open_file(*, table: TableFile, kind: str) -> IO[bytes]:
    """The same as a file to be kept."""
    if kind == "xlsx":
        return _workbook(table)
    return io.BytesIO("".join(_lines(table)).encode())


def _lines(table: TableFile) -> Iterator[str]:
    header = [str(safe_cell(text)) for text in table.header]
    return with_byte_order_mark(csv_lines(header=header, rows=table.rows))


def _workbook(table: TableFile) -> IO[bytes]:
    header = [str(safe_cell(text)) for text in table.header]
    return workbook(title=table.title, day=table.day, header=header, rows=table.rows)
