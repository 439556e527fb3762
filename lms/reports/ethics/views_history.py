"""What a slot has held: version by version, and what lessons showed on a day."""

from datetime import date, datetime, timedelta

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.integrity.selectors.slots import find_version_at, list_versions
from lms.lib.clock import start_of_day
from lms.people.gate import not_allowed_is_404
from lms.reports.ethics.ethics_door import enter, find_kind
from lms.reports.ethics.slot_changes import tell_history

PER_PAGE = 20


@require_GET
@not_allowed_is_404
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Latest first; with ``al``, also the version of that day."""
    door, kind = enter(request), find_kind(slug)
    versions = list_versions(institution_id=door.institution.pk, kind=kind.value)
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("pagina"))
    first = max(page.start_index() - 1, 0)
    told = tell_history(versions=list(versions[first : first + PER_PAGE + 1]))
    day = _read_day(request.GET.get("al", ""))
    context = {
        "door": door,
        "kind": kind,
        "page": page,
        "entries": told[:PER_PAGE],
        "day": day,
        "today": door.day,
        "shown": find_version_at(institution_id=door.institution.pk, kind=kind.value, at=_end_of(day))
        if day
        else None,
    }
    return render(request, "reports/integrity_history.html", context)


def _read_day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day < date(2200, 1, 1) else None


def _end_of(day: date) -> datetime:
    return start_of_day(day + timedelta(days=1)) - timedelta(microseconds=1)
