"""What a system sends as a roster: a file as it is, or rows."""

import hashlib
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO

import msgspec
from django.http import HttpRequest
from django.utils.translation import gettext as _
from msgspec import UNSET, UnsetType

from lms.api.problems import UNREADABLE, FieldProblem, Problem, ProblemError
from lms.people.rosters.columns import Column
from lms.people.rosters.reading import LARGEST_FILE

JSON = "application/json"
FILES = {
    "text/csv": "nomina.csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "nomina.xlsx",
}
LARGEST_JSON = 32 * 1024 * 1024
"""About a hundred thousand rows. Larger rosters go as a file, which is read as a stream."""
_BLOCK = 1 << 16

Given = str | UnsetType


class RosterLine(msgspec.Struct, forbid_unknown_fields=True):
    """A person of a roster, dates as ``2026-12-31``.

    A field that no row has leaves what is recorded alone; an empty one says that there is none.
    """

    run: str
    given_names: str
    family_names: str
    legal_quality: str
    estamento: Given = UNSET
    email: Given = UNSET
    unit: Given = UNSET
    unit_code: Given = UNSET
    unit_name: Given = UNSET
    parent_unit: Given = UNSET
    grade: Given = UNSET
    position: Given = UNSET
    region: Given = UNSET
    valid_from: Given = UNSET
    valid_until: Given = UNSET
    away_from: Given = UNSET
    away_until: Given = UNSET


class _Lines(msgspec.Struct, forbid_unknown_fields=True):
    rows: list[RosterLine]


COLUMNS = {name: Column[name.upper()] for name in RosterLine.__struct_fields__}
_ALWAYS = frozenset({"run", "given_names", "family_names", "legal_quality", "estamento"})


@dataclass(frozen=True)
class Body:
    """A request's body, in a file that lives until it is closed; ``digest`` tells it from others."""

    file: BinaryIO
    digest: str
    content_type: str

    @property
    def name(self) -> str:
        return FILES.get(self.content_type, "nomina.json")

    def rows(self) -> list[dict[str, object]] | None:
        """The rows of JSON, by our columns; None for a file.

        Raises:
            ProblemError: it is not a roster.
        """
        if self.content_type != JSON:
            return None
        self.file.seek(0)
        try:
            lines = msgspec.json.decode(self.file.read(), type=_Lines).rows
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise ProblemError(Problem.INVALID_REQUEST, errors=[_wrong(error)]) from None
        used = [n for n in COLUMNS if n in _ALWAYS or any(getattr(line, n) is not UNSET for line in lines)]
        return [{str(COLUMNS[n]): _text(getattr(line, n)) for n in used} for line in lines]


def receive_body(request: HttpRequest) -> Body:
    """The body of a request, read as a stream.

    Raises:
        ProblemError: another format, too large, or broken off.
    """
    kind = request.content_type or ""
    if kind != JSON and kind not in FILES:
        kinds = ", ".join((JSON, *FILES))
        detail = _("Declara en «Content-Type» uno de estos: %(kinds)s.") % {"kinds": kinds}
        raise ProblemError(Problem.UNSUPPORTED_FORMAT, detail)
    most = LARGEST_JSON if kind == JSON else LARGEST_FILE
    file: BinaryIO = TemporaryFile(prefix="aula-nomina-")  # noqa: SIM115 - whoever receives it closes it
    digest, size = hashlib.sha256(), 0
    try:
        while block := request.read(_BLOCK):
            size += len(block)
            if size > most:
                raise ProblemError(Problem.TOO_LARGE)
            digest.update(block)
            file.write(block)
    except OSError:  # UnreadablePostError is one
        file.close()
        raise ProblemError(Problem.INVALID_REQUEST, str(UNREADABLE)) from None
    except ProblemError:
        file.close()
        raise
    return Body(file, digest.hexdigest(), kind)


def _text(value: Given) -> str:
    return value if isinstance(value, str) else ""


def _wrong(error: Exception) -> FieldProblem:
    """Where it stops being a roster: ``body.rows[...].run``."""
    text = str(error)
    place = text.rpartition("`$")[2].rstrip("`") if "`$" in text else ""
    return FieldProblem(f"body{place}"[:80], _("no tiene la forma de una nómina."))
