"""A log of statements into the record: checked whole first, then stored, batch by batch."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from lms.xapi.platform import Platform
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.speakers import ALL, Speaker, SpeechError, authority_of
from lms.xapi.services.storing import (
    Prepared,
    StatementConflictError,
    prepare_imported,
    receive_statements,
)

BATCH = 500
FAULTS_SHOWN = 20


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; lines are counted from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"línea {self.line}: {self.reason}"


class ImportFaultsError(Exception):
    """Lines that are not statements. Nothing was stored."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


class ImportStoppedError(Exception):
    """A batch could not be stored; those before it are. ``line``: where to go on."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


@dataclass
class Imported:
    """How many lines there were, and how many of them were new."""

    lines: int = 0
    new: int = 0


def importer(platform: Platform) -> Speaker:
    """Whose word a statement without authority is."""
    return Speaker(
        name="Importación",
        authority=authority_of(base_iri=platform.base_iri, account="importacion"),
        scopes=frozenset({ALL}),
    )


def check_file(*, path: Path, platform: Platform, advance: Callable[[int], None]) -> int:
    """Read every line of ``path`` by the rules; how many there are. Stores nothing.

    Raises:
        ImportFaultsError: some are no statements; the first twenty.
        OSError: it cannot be read.
    """
    speaker, faults, count = importer(platform), [], 0
    for number, line in _lines(path):
        count += 1
        try:
            prepare_imported(line, importer=speaker)
        except InvalidValueError as error:
            faults.append(Fault(number, str(error)))
            if len(faults) == FAULTS_SHOWN:
                break
        advance(1)
    if faults:
        raise ImportFaultsError(faults)
    return count


def import_file(
    *, path: Path, platform: Platform, from_line: int = 1, advance: Callable[[int], None]
) -> Imported:
    """Store the statements of a checked file in its order; known ones are passed over.

    ``stored`` is the instant of importing: the order of this record is its own. The authority is that
    of the file. Importing a file again changes nothing, so a stopped import may simply be repeated.

    Raises:
        ImportStoppedError: a statement contradicts one that is known.
    """
    speaker, done = importer(platform), Imported()
    lines = ((number, line) for number, line in _lines(path) if number >= from_line)
    while batch := list(islice(lines, BATCH)):
        prepared = [prepare_imported(line, importer=speaker) for _number, line in batch]
        try:
            done.new += _store(prepared, speaker)
        except (StatementConflictError, InvalidValueError, SpeechError) as error:
            raise ImportStoppedError(batch[0][0], str(error)) from error
        done.lines += len(batch)
        advance(len(batch))
    return done


def _store(prepared: list[Prepared], speaker: Speaker) -> int:
    """How many were new. A line that repeats another of its batch is passed over, as any known one."""
    first: dict[UUID, Prepared] = {}
    for statement in prepared:
        if first.setdefault(statement.id, statement).digest != statement.digest:
            raise StatementConflictError(statement.id)
    return len(receive_statements(statements=list(first.values()), speaker=speaker))


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    """Number and text of every line that is not empty; gzip is recognised by its first bytes."""
    with path.open("rb") as raw:
        packed = raw.read(2) == b"\x1f\x8b"
    opened = gzip.open(path, "rb") if packed else path.open("rb")  # noqa: SIM115
    with opened as file:
        for number, line in enumerate(file, start=1):
            text = line.strip()
            if text:
                yield number, text
