"""The record read by people: the list of statements, and one of them."""

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from lms.lib import clock
from lms.operations.access import enter, log_people_shown
from lms.operations.forms_statements import StatementsForm
from lms.operations.selectors_statements import Lines, find_shown, list_lines
from lms.people.gate import not_allowed_is_404
from lms.ui.components import Chip
from lms.xapi.platform import current_platform

AFTER, BEFORE = "sigue", "antes"
"""Names in the address of the position after which, or before which, a page goes on."""


@require_GET
@not_allowed_is_404
def statements(request: HttpRequest) -> HttpResponse:
    """A page of the list; each person on it can read that they were seen."""
    visit, platform = enter(request=request, at=clock.now()), current_platform()
    form = StatementsForm(request.GET, platform=platform)
    if not form.is_valid():
        return render(request, "operations/statements.html", {"form": form}, status=400)
    if form.cleaned_data["declaracion"]:
        return redirect("operations:statement", statement_id=form.cleaned_data["declaracion"])
    before = _position(request, BEFORE)
    page = list_lines(
        wanted=form.wanted,
        position=_position(request, AFTER) if before is None else before,
        backwards=before is not None,
        platform=platform,
    )
    log_people_shown(visit=visit, raws=page.raws, base_iri=platform.base_iri)
    return render(
        request,
        "operations/statements.html",
        {
            "form": form,
            "page": page,
            "chips": [Chip(text, _address(request, {}, without=name)) for name, text in form.given],
            "clear_url": request.path,
            **_links(request, page, oldest_first=form.wanted.ascending),
        },
    )


@require_GET
@not_allowed_is_404
def statement(request: HttpRequest, statement_id: UUID) -> HttpResponse:
    """One statement, voided or not, in words and as JSON."""
    visit, platform = enter(request=request, at=clock.now()), current_platform()
    shown = find_shown(statement_id=statement_id, platform=platform)
    if shown is None:
        raise Http404
    log_people_shown(visit=visit, raws=[shown.raw], base_iri=platform.base_iri)
    return render(request, "operations/statement.html", {"shown": shown, "details": shown.details})


def _position(request: HttpRequest, name: str) -> int | None:
    """A position from the address; what is none is as if it were not there."""
    text = request.GET.get(name, "")
    if not text.removeprefix("-").isdecimal() or len(text) > 20:
        return None
    position = int(text)
    return position if -(2**63) <= position < 2**63 else None


def _links(request: HttpRequest, page: Lines, *, oldest_first: bool) -> dict[str, str]:
    """The addresses of the pages beside this one, newer and older whatever the order."""
    before, after = _beside(request, BEFORE, page.before), _beside(request, AFTER, page.after)
    return {"newer": after, "older": before} if oldest_first else {"newer": before, "older": after}


def _beside(request: HttpRequest, name: str, position: int | None) -> str:
    return "" if position is None else _address(request, {name: str(position)})


def _address(request: HttpRequest, added: Mapping[str, str], *, without: str = "") -> str:
    """The list with the filters that are set, but for one, from its start or from a position."""
    left_out = (AFTER, BEFORE, without)
    kept = {name: value for name, value in request.GET.items() if value and name not in left_out}
    query = urlencode({**kept, **added})
    return f"{request.path}?{query}" if query else request.path
