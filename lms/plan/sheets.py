"""The sheet by which progress is reported: downloaded, filled in and uploaded, it is one and the same.

One row for each milestone in force. ``compromiso`` and ``hito`` say which; ``nombre``, ``plazo_actual`` and
``estado_actual`` are for reading and are not taken back. What is left blank says nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import translation
from django.utils.translation import gettext as _

from lms.lib.small_tables import (
    Table,
    TableError,
    TableProblem,
    closest_titles,
    read_day,
    read_table,
)
from lms.lib.words import clean_text, plain_words
from lms.plan.models import Completion, Milestone, UpdateLine
from lms.plan.services import EvidenceValues, LineValues

COLUMNS = (
    "compromiso", "hito", "nombre", "plazo_actual", "estado_actual", "estado", "avance", "plazo_nuevo",
    "motivo_plazo", "evidencia", "enlace", "fecha_evidencia", "licencia",
)  # fmt: skip
REQUIRED = ("compromiso", "hito", "estado", "avance")
MOST_ROWS = 2_000
LONGEST_TEXT = 3_000
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)


@dataclass(frozen=True)
class RowError:
    """What is wrong in a row: its number in the file, the column, and what to do."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class ReadLine:
    """A row that says something of a milestone."""

    milestone: Milestone
    line: LineValues
    evidence: EvidenceValues | None


def sheet_rows(
    *, milestones: Sequence[Milestone], lines: Mapping[int, UpdateLine]
) -> list[tuple[object, ...]]:
    """Rows of the sheet: milestones with their commitment loaded, and what a draft says of them by id."""
    rows: list[tuple[object, ...]] = []
    for milestone in milestones:
        line = lines.get(milestone.pk) or UpdateLine()
        rows.append(
            (
                milestone.commitment.number, milestone.code, milestone.label, milestone.due_on,
                milestone.get_status_display() if milestone.status else "",
                line.get_status_display() if line.status else "", line.text, line.due_after, line.reason,
                "", "", "", "",
            )
        )  # fmt: skip
    return rows


def read_sheet(
    data: bytes, *, milestones: Sequence[Milestone]
) -> tuple[list[ReadLine], list[RowError], Table]:
    """``(lines, errors, table)``; with any error nothing should be saved.

    Raises:
        lms.lib.small_tables.TableError: the file is no such sheet.
    """
    table = read_table(data, columns=COLUMNS, required=REQUIRED, most_rows=MOST_ROWS)
    renamed = closest_titles(table.unknown, [name for name in COLUMNS if name not in table.columns])
    if renamed:
        raise TableError(TableProblem.MISSING_COLUMNS, missing=list(renamed.values()), unknown=renamed)
    by_place = {(str(m.commitment.number), m.code): m for m in milestones}
    reader = _Reader(by_place)
    lines = [line for number, row in table.rows if (line := reader.read(number, row))]
    return lines, reader.errors, table


def _statuses() -> dict[str, str]:
    """Each status by its code and by its words in every language of the site: sheets travel."""
    found = {plain_words(value): value for value in Completion.values}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {plain_words(str(label)): value for value, label in Completion.choices}
    return found


class _Reader:
    """Reads rows one by one and keeps what is wrong in them."""

    def __init__(self, by_place: Mapping[tuple[str, str], Milestone]) -> None:
        self.by_place = by_place
        self.errors: list[RowError] = []
        self.seen: dict[int, int] = {}

    def read(self, number: int, row: Mapping[str, str]) -> ReadLine | None:
        self.number, self.row, self.count = number, row, len(self.errors)
        milestone = self._milestone()
        line = LineValues(
            status=self._status(),
            text=self._text("avance"),
            due_after=self._day("plazo_nuevo"),
            reason=self._line("motivo_plazo", 1000),
        )
        evidence = self._evidence()
        if milestone is None or len(self.errors) > self.count:
            return None
        self._check_replanning(milestone, line)
        return ReadLine(milestone, line, evidence) if line or evidence else None

    def _wrong(self, column: str, text: str) -> None:
        self.errors.append(RowError(self.number, column, text))

    def _milestone(self) -> Milestone | None:
        place = (self.row["compromiso"].strip(), self.row["hito"].strip().lower())
        milestone = self.by_place.get(place)
        if milestone is None:
            self._wrong("hito", _("No hay un hito «%(code)s» en el compromiso «%(number)s».") % {
                "code": place[1][:30], "number": place[0][:10],
            })  # fmt: skip
        elif (first := self.seen.setdefault(milestone.pk, self.number)) != self.number:
            self._wrong("hito", _("Este hito ya está en la fila %(row)d.") % {"row": first})
        return milestone

    def _status(self) -> str | None:
        text = self.row["estado"]
        if not text:
            return None
        if found := _statuses().get(plain_words(text)):
            return found
        labels = ", ".join(str(label) for label in Completion.labels)
        self._wrong("estado", _("«%(text)s» no es un estado. Usa: %(labels)s.") % {
            "text": text[:40], "labels": labels,
        })  # fmt: skip
        return None

    def _text(self, column: str, most: int = LONGEST_TEXT) -> str:
        text = clean_text(self.row.get(column, ""))
        if len(text) > most:
            self._wrong(column, _("El texto tiene más de %(most)d caracteres.") % {"most": most})
        return text

    def _line(self, column: str, most: int) -> str:
        return " ".join(self._text(column, most).split())

    def _day(self, column: str) -> date | None:
        text = self.row.get(column, "")
        if not text:
            return None
        day = read_day(text)
        if day is None or not EARLIEST <= day <= LATEST:
            self._wrong(
                column, _("«%(text)s» no es una fecha. Escríbela así: 31-12-2026.") % {"text": text[:20]}
            )
            return None
        return day

    def _check_replanning(self, milestone: Milestone, line: LineValues) -> None:
        if line.due_after and line.due_after != milestone.due_on and not line.reason:
            self._wrong("motivo_plazo", _("Escribe por qué cambia el plazo."))
        if line.due_after and milestone.starts_on and line.due_after < milestone.starts_on:
            self._wrong("plazo_nuevo", _("El plazo nuevo es anterior al inicio del hito."))

    def _evidence(self) -> EvidenceValues | None:
        title, url = self._line("evidencia", 200), self._line("enlace", 500)
        if not title and not url:
            return None
        dated_on = self._day("fecha_evidencia")
        if not title:
            self._wrong("evidencia", _("Di qué es lo que está en el enlace."))
        if dated_on is None and not self.row.get("fecha_evidencia"):
            self._wrong("fecha_evidencia", _("Escribe la fecha del documento."))
        try:
            URLValidator(schemes=["https", "http"])(url)
        except ValidationError:
            self._wrong("enlace", _("Escribe una dirección completa: https://…"))
        if dated_on is None:
            return None
        licence = self._line("licencia", 60) or "No indicada"
        return EvidenceValues(title=title, dated_on=dated_on, licence=licence, url=url)
