"""Lists by parts: where the next part begins, and what a copy is brought up to date with.

A cursor names the last row that was looked at, not a number of rows: what others write meanwhile
neither repeats nor hides a row. It is signed for one token and one list.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.http import HttpRequest

from lms.api.access import Caller
from lms.api.problems import Problem, ProblemError

USUAL, LARGEST = 100, 1000
OVERLAP = timedelta(hours=1)
"""How far ``as_of`` lies before the reading: what was still being written arrives the next time."""

_NOT_OF_THE_LIST = frozenset({"cursor", "limit"})


@dataclass(frozen=True)
class Start:
    """Where a part begins: after which row, and as of when the whole list is read."""

    after: int
    as_of: datetime


def read_start(*, request: HttpRequest, caller: Caller, cursor: str, at: datetime) -> Start:
    """The beginning of the list, or where the cursor says.

    Raises:
        ProblemError: the cursor is not ours, or of another list or token.
    """
    if not cursor:
        return Start(0, at.astimezone(UTC) - OVERLAP)
    try:
        after, as_of = _signer(request, caller).unsign_object(cursor)
        return Start(int(after), datetime.fromisoformat(as_of))
    except (signing.BadSignature, ValueError, TypeError):
        raise ProblemError(Problem.INVALID_CURSOR) from None


def next_address(*, request: HttpRequest, caller: Caller, start: Start, last: int | None) -> str | None:
    """The address of the next part; None when ``last`` is: there is none."""
    if last is None:
        return None
    cursor = _signer(request, caller).sign_object([last, start.as_of.isoformat()])
    query = [*_pairs(request, but=frozenset({"cursor"})), ("cursor", cursor)]
    return f"{settings.SITE_URL}{request.path}?{urlencode(query)}"


def cut(ids: Iterable[int], *, limit: int) -> tuple[list[int], int | None]:
    """The first ``limit`` ids in order, and the last of them where there are more."""
    found = sorted(set(ids))[: limit + 1]
    part = found[:limit]
    return part, part[-1] if len(found) > limit else None


def _signer(request: HttpRequest, caller: Caller) -> signing.Signer:
    what = urlencode(sorted(_pairs(request, but=_NOT_OF_THE_LIST)))
    return signing.Signer(salt=f"api.cursor:{caller.token_id}:{request.path}?{what}")


def _pairs(request: HttpRequest, *, but: frozenset[str]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in request.GET.items() if name not in but]
