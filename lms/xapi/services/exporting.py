"""The record as a file: JSON lines, compressed if asked, written on where it was left."""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from lms.xapi.engines import current_engine
from lms.xapi.models import Statement
from lms.xapi.rules.positions import LAST, TIES, bound_at
from lms.xapi.selectors.finding import StatementFilter
from lms.xapi.selectors.reading import iterate_bodies, iterate_rows

CHUNK = 2000


class ExportError(Exception):
    """It cannot be written, or the unfinished file is of another export. The text says what to do."""


def export_statements(
    *, wanted: StatementFilter, target: Path, resume: bool, advance: Callable[[int], None]
) -> int:
    """Write statements to ``target``, oldest first, one JSON text per line; how many it then has.

    Without agent, activity or verb everything is written, voided statements too: a copy of the
    record. With one of them, what a client would get. Until it is whole the file is called
    ``….part``; beside it lies how far it is, so that ``resume`` goes on after a crash. Memory is bounded.

    Raises:
        ExportError: the target exists, or there is nothing to resume.
    """
    part, state = target.with_name(f"{target.name}.part"), target.with_name(f"{target.name}.state")
    if target.exists():
        raise ExportError(f"{target} ya existe. Elige otro nombre o bórralo.")
    if part.exists() and not resume:
        raise ExportError(f"Hay una exportación sin terminar en {part}. Continúa con --resume o bórrala.")
    after, count = _left_off(part, state, wanted) if resume else (None, 0)
    with part.open("ab") as file:
        for rows in _chunks(_rows(wanted, after)):
            _append(file, rows, compressed=target.suffix == ".gz")
            count += len(rows)
            _remember(state, wanted, rows[-1].position, count, file.tell())
            advance(len(rows))
        if count == 0 and target.suffix == ".gz":
            file.write(gzip.compress(b""))
    part.rename(target)
    state.unlink(missing_ok=True)
    return count


def _rows(wanted: StatementFilter, after: int | None) -> Iterator[Statement]:
    settled = current_engine().settled_before()
    if wanted.agent or wanted.activity or wanted.verb:
        step = replace(wanted, after=wanted.after if after is None else after)
        yield from (row for row in iterate_rows(wanted=step, chunk=CHUNK) if row.position < settled)
        return
    first = -LAST if wanted.since is None else min(bound_at(wanted.since) + TIES - 1, LAST)
    last = settled if wanted.until is None else min(settled, bound_at(wanted.until) + TIES)
    for row in iterate_bodies(after=first if after is None else after, chunk=CHUNK):
        if row.position >= last:
            return
        yield row


def _chunks(rows: Iterator[Statement]) -> Iterator[list[Statement]]:
    chunk: list[Statement] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _append(file: IO[bytes], rows: list[Statement], *, compressed: bool) -> None:
    """Each chunk is a gzip member of its own: together they are one file, and any of them may be the last."""
    text = b"".join(row.text + b"\n" for row in rows)
    file.write(gzip.compress(text, compresslevel=6) if compressed else text)
    file.flush()
    os.fsync(file.fileno())


def _remember(state: Path, wanted: StatementFilter, position: int, count: int, length: int) -> None:
    fresh = state.with_name(f"{state.name}.new")
    said = {"filter": repr(wanted), "after": position, "count": count, "bytes": length}
    fresh.write_text(json.dumps(said))
    fresh.replace(state)


def _left_off(part: Path, state: Path, wanted: StatementFilter) -> tuple[int | None, int]:
    if not part.exists() or not state.exists():
        part.unlink(missing_ok=True)
        return None, 0
    said = json.loads(state.read_text())
    if said["filter"] != repr(wanted):
        raise ExportError("La exportación sin terminar tenía otros filtros. Bórrala o repite los mismos.")
    # Whatever was written after the last note is written again.
    os.truncate(part, said["bytes"])
    return said["after"], said["count"]
