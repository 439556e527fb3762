"""The one way in for every call, and for a page of a list the way on to the next."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Schema

from lms.api.auth import Visit, visit_of
from lms.api.paging import Start, next_address, read_start
from lms.api.parameters import PageQuery, refuse_unknown
from lms.api.selectors.parts import Part, Reading
from lms.people.policy import Reach


@dataclass(frozen=True)
class AskedPage:
    """A page of a list: who asks for it, where it begins, and how many rows it has at most."""

    request: HttpRequest
    visit: Visit
    start: Start
    limit: int

    @property
    def reach(self) -> Reach:
        return self.visit.caller.reach

    @property
    def after(self) -> int:
        return self.start.after

    def reading(self, *, since: datetime | None) -> Reading:
        """The reading for a copy that this page is of."""
        return Reading(self.visit.caller.token_id, self.start.as_of, since)

    def next_of(self, part: Part[Any]) -> str | None:
        """The address of the page after this part; None where there is none."""
        return next_address(request=self.request, caller=self.visit.caller, start=self.start, last=part.last)


def enter(request: HttpRequest, params: Schema | None = None) -> Visit:
    """Who asks, with no parameter but those that are looked at.

    Raises:
        ProblemError: another parameter.
    """
    refuse_unknown(request, params)
    return visit_of(request)


def ask_page(
    *, request: HttpRequest, visit: Visit, params: PageQuery, at: datetime | None = None
) -> AskedPage:
    """The page that ``params`` ask for; ``at``: as of when the list is read, if not now.

    Raises:
        ProblemError: the cursor is not ours, or of another list or token.
    """
    start = read_start(request=request, caller=visit.caller, cursor=params.cursor, at=at or visit.at)
    return AskedPage(request, visit, start, params.limit)
