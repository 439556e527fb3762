"""Parameters of requests: read strictly, so that no value ever reaches the database unread."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, Schema
from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from lms.api.paging import LARGEST, USUAL
from lms.api.problems import FieldProblem, Problem, ProblemError

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_INSTANT = re.compile(
    r"(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?)(Z|[+ -]\d{2}:\d{2})", re.ASCII
)
_YEARS = range(2000, 2100)


def _plain(text: str) -> str:
    if not text.isprintable():
        raise ValueError(_("tiene caracteres que no se pueden leer."))
    return text


def _day(value: Any) -> Any:
    if isinstance(value, str) and _DAY.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if day.year in _YEARS:
            return day
    raise ValueError(_("debe ser una fecha así: 2026-12-31."))


def _instant(value: Any) -> Any:
    found = _INSTANT.fullmatch(value) if isinstance(value, str) else None
    if found:
        # A plus sign that was not escaped arrives as a space.
        zone = found[3].replace(" ", "+").replace("Z", "+00:00")
        try:
            instant = datetime.fromisoformat(f"{found[1]}T{found[2]}{zone}")
        except ValueError:
            instant = None
        if instant is not None and instant.year in _YEARS:
            return instant.astimezone(UTC)
    raise ValueError(_("debe ser un instante con su zona, así: 2026-12-31T03:00:00Z."))


Text = Annotated[str, Field(max_length=200), AfterValidator(_plain)]
Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Instant = Annotated[
    datetime, BeforeValidator(_instant), WithJsonSchema({"type": "string", "format": "date-time"})
]


class PageQuery(Schema):
    """What every list takes."""

    limit: int = Field(USUAL, ge=1, le=LARGEST, description="Cuántas filas por página.")
    cursor: Text = Field("", description="De dónde seguir: viene en «next». No se compone a mano.")


def refuse_unknown(request: HttpRequest, params: Schema | None = None) -> None:
    """A parameter that we would not look at is an error: a misspelt filter must not widen an answer.

    Raises:
        ProblemError: there is one.
    """
    known = set(type(params).model_fields) if params else set()
    unknown = [
        FieldProblem(f"query.{name[:40]}", _("no existe este parámetro aquí."))
        for name in request.GET
        if name not in known
    ]
    if unknown:
        raise ProblemError(Problem.INVALID_REQUEST, errors=unknown)


def refuse_together(**given: object) -> None:
    """``since`` copies a whole list; a filter would hide who stops matching it.

    Raises:
        ProblemError: one of these was given with ``since``.
    """
    wrong = [
        FieldProblem(f"query.{name}", _("no se usa junto con «since».")) for name, v in given.items() if v
    ]
    if wrong:
        raise ProblemError(Problem.INVALID_REQUEST, errors=wrong)
