"""Reading the file of a roster into chunks of checked rows, step by step."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from django.core.files.storage import storages
from django.db import transaction

from lms.lib.sealing import seal
from lms.people.models import RosterChunk, RosterImport, RosterStatus
from lms.people.rosters.checking import CheckedRow, RosterChecker
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import FileProblem, Problem, RosterFileError, RowProblem
from lms.people.rosters.reading import RosterTable, open_roster
from lms.people.rosters.rows import Mention, RosterRow
from lms.people.rosters.samples import SampleTaker, UnknownWords, sample_file
from lms.people.rosters.storage import CHUNK_ROWS, RowChunk, WrongRow, pack_chunk, spell_wrong_rows
from lms.people.rosters.values import spell_cell
from lms.people.selectors import rosters as selectors
from lms.people.selectors.roster_states import open_unit_book
from lms.people.services.roster_errors import RosterTakenError

WRONG_ROWS_KEPT = 50_000
"""Wrong rows beyond these are counted, but neither listed nor kept."""

_UNKNOWN = (Problem.UNKNOWN_ESTAMENTO, Problem.UNKNOWN_QUALITY, Problem.WRONG_DATE)


@dataclass
class _Part:
    """The rows of a chunk as they are read."""

    rows: list[RosterRow] = field(default_factory=list)
    wrong: list[WrongRow] = field(default_factory=list)
    mentioned: list[Mention] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    wrong_count: int = 0

    @property
    def size(self) -> int:
        return len(self.rows) + self.wrong_count


def read_rows(*, roster: RosterImport, run_key: str, sealing_key: str) -> Iterator[None]:
    """Read on from where the last step ended; each step keeps one chunk in one transaction.

    Ends with the roster to be compared, or, where its columns are not recognised, to be matched; a
    file that is no roster is refused. Memory: 18 to 36 bytes a person of the file, the units, one chunk.

    Raises:
        RosterTakenError: another process is reading it, or it was discarded.
    """
    with storages["rosters"].open(roster.file) as stored:
        file = stored.file
        try:
            table = _open(roster, file)
            yield from _read_table(roster, table, run_key, sealing_key)
        except RosterFileError as error:
            _give_up(roster, file, error)


def _open(roster: RosterImport, file: Any) -> RosterTable:
    mappings = (
        [roster.mapping] if roster.mapping else selectors.list_mappings(institution_id=roster.institution_id)
    )
    maps = [selectors.column_map_of(mapping=mapping) for mapping in mappings]
    table = open_roster(file=file, maps=maps, only_maps=roster.mapping is not None)
    if table.known is not None:
        roster.mapping = mappings[maps.index(table.known)]
    return table


def _read_table(roster: RosterImport, table: RosterTable, run_key: str, sealing_key: str) -> Iterator[None]:
    headers = table.headers
    roster.columns, roster.titles = sorted(headers.positions), list(headers.titles)
    checker = RosterChecker(
        headers=headers,
        roster_date=roster.roster_date,
        run_key=run_key,
        units=open_unit_book(institution_id=roster.institution_id).tree(),
    )
    taker = SampleTaker(headers=headers)
    words = UnknownWords(roster.inspection.get("words"))
    writer = _ChunkWriter(roster, table, words, taker, sealing_key)
    for _, chunk in selectors.iterate_row_chunks(roster_id=roster.pk):
        writer.number += 1
        for row in chunk.rows:
            checker.remember(row)
        for mention in chunk.mentioned:
            checker.meet(mention)
    part = _Part()
    for number, cells in table.rows:
        if number <= roster.position:
            continue
        writer.add(part, number, cells, checker.check(number, cells))
        if part.size == CHUNK_ROWS:
            writer.save(part, number)
            part = _Part()
            yield
    writer.finish(part)


@dataclass
class _ChunkWriter:
    roster: RosterImport
    table: RosterTable
    words: UnknownWords
    taker: SampleTaker
    sealing_key: str
    number: int = 0

    def add(self, part: _Part, number: int, cells: Any, checked: CheckedRow) -> None:
        if not self.number:
            self.taker.take(cells)
        if checked.row is not None:
            part.rows.append(checked.row)
            return
        part.wrong_count += 1
        if checked.mentioned is not None:
            part.mentioned.append(checked.mentioned)
        if self._wrong_so_far() + part.wrong_count <= WRONG_ROWS_KEPT:
            texts = [spell_cell(cell) for cell in cells[: self.table.headers.width]]
            part.wrong.append(WrongRow(number, texts, checked.problems))
        part.problems.extend(checked.problems)
        for problem in checked.problems:
            if problem.problem in _UNKNOWN:
                self.words.add(problem.column, problem.detail)

    def save(self, part: _Part, number: int, status: RosterStatus = RosterStatus.READING) -> None:
        """Keep a chunk, if nobody else has kept it, and how far the reading has got."""
        counts = RosterCounts.from_stored(self.roster.counts)
        counts.wrong += part.wrong_count
        counts.problems += len(part.problems)
        counts.correct += len(part.rows)
        done, total = counts.rows, self.table.estimate_rows(number)
        columns = self.roster.inspection.get("columns") or list(map(asdict, self.taker.samples()))
        inspection = {"columns": columns, "words": self.words.words}
        with transaction.atomic():
            mine = RosterImport.objects.filter(
                pk=self.roster.pk, status=RosterStatus.READING, position=self.roster.position
            ).update(
                status=status, position=number, done=done, total=max(done, total), counts=counts.to_stored(),
                columns=self.roster.columns, titles=self.roster.titles, mapping=self.roster.mapping,
                inspection=inspection,
            )  # fmt: skip
            if not mine:
                raise RosterTakenError
            if part.size:
                self._create(part)
        self.roster.refresh_from_db(fields=["status", "position", "counts", "inspection", "done", "total"])
        self.number += 1

    def finish(self, part: _Part) -> None:
        """The last chunk, after which the roster is to be compared."""
        last = self.roster.position + 1
        self.save(part, last, RosterStatus.COMPARING)
        RosterImport.objects.filter(pk=self.roster.pk).update(
            done=0, total=RosterCounts.from_stored(self.roster.counts).correct
        )

    def _create(self, part: _Part) -> None:
        quotable = [
            asdict(p) if p.problem in _HARMLESS else {**asdict(p), "detail": ""} for p in part.problems
        ]
        RosterChunk.objects.create(
            roster=self.roster,
            number=self.number,
            row_count=len(part.rows),
            wrong_count=part.wrong_count,
            rows=pack_chunk(RowChunk(part.rows, part.mentioned)),
            wrong=self._seal(part.wrong) if part.wrong else "",
            problems=quotable if part.wrong else [],
        )

    def _seal(self, wrong: list[WrongRow]) -> str:
        return seal(spell_wrong_rows(wrong), purpose=selectors.SEAL_PURPOSE, key=self.sealing_key)

    def _wrong_so_far(self) -> int:
        return int(self.roster.counts.get("wrong", 0))


_HARMLESS = (Problem.DUPLICATE, Problem.OTHER_PARENT)
"""Their detail is the number of a row."""


def _give_up(roster: RosterImport, file: Any, error: RosterFileError) -> None:
    """The file cannot be read as it is: whoever loaded it may say which column is which, or is told why."""
    inspection: dict[str, Any] = {}
    status = RosterStatus.REFUSED
    if error.problem in (FileProblem.MISSING_COLUMNS, FileProblem.REPEATED_COLUMN):
        columns = sample_file(file=file)
        if columns:
            status, inspection = RosterStatus.UNMATCHED, {"columns": [asdict(column) for column in columns]}
    changed = RosterImport.objects.filter(pk=roster.pk, status=RosterStatus.READING).update(
        status=status, inspection=inspection, reason=f"{error.problem}|{error.detail}"[:200]
    )
    if not changed:
        raise RosterTakenError


def find_refusal(*, roster: RosterImport) -> RosterFileError | None:
    """Why the file could not be read."""
    problem, _, detail = roster.reason.partition("|")
    known = {str(item) for item in FileProblem}
    return RosterFileError(FileProblem(problem), detail) if problem in known else None


def read_again(*, roster: RosterImport) -> None:
    """Forget what was read, to read the file anew.

    Raises:
        RosterTakenError: it was decided meanwhile.
    """
    with transaction.atomic():
        locked = RosterImport.objects.select_for_update().get(pk=roster.pk)
        if locked.status not in (RosterStatus.UNMATCHED, RosterStatus.PREVIEW):
            raise RosterTakenError
        locked.chunks.all().delete()
        RosterImport.objects.filter(pk=roster.pk).update(
            status=RosterStatus.READING, position=0, done=0, total=0, counts={}, inspection={}, reason="",
            mapping=roster.mapping,
        )  # fmt: skip
