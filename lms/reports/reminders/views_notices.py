"""What was sent to whom."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lms.notices.models import Notice
from lms.notices.models.notices import STATE_CHOICES
from lms.notices.rules.kinds import State
from lms.notices.selectors.screens import count_states, list_notices
from lms.people.gate import not_allowed_is_404
from lms.reports.reminders.notice_door import enter
from lms.reports.reminders.notice_filters import (
    filter_query,
    kind_choices,
    read_notice_filters,
    state_choices,
)
from lms.ui import components

PAGE_SIZE = 50
_TAGS: dict[str, tuple[components.TagKind, str]] = {
    State.WAITING: ("info", "clock"),
    State.SENDING: ("info", "mail"),
    State.SENT: ("ok", "circle-check"),
    State.UNKNOWN: ("warn", "triangle-alert"),
    State.FAILED: ("bad", "circle-alert"),
    State.SUPPRESSED: ("mute", "ban"),
    State.CANCELLED: ("mute", "circle-dashed"),
}


@dataclass(frozen=True)
class StateCount:
    """A state, how many are in it, and the address that shows them."""

    label: str
    count: int
    query: str
    is_chosen: bool


@require_GET
@not_allowed_is_404
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice of the institution, latest first."""
    door = enter(request)
    filters = read_notice_filters(request.GET)
    key = {"institution_id": door.institution.pk, "reach": door.reach, "filters": filters}
    page = Paginator(list_notices(**key), PAGE_SIZE).get_page(request.GET.get("pagina"))  # type: ignore[arg-type]
    counts = count_states(**key)  # type: ignore[arg-type]
    code = door.institution.code
    door.log(len(page), f"notices {filter_query(filters, code, q='')}")
    context = {
        "door": door,
        "filters": filters,
        "page": page,
        "lines": [(notice, _tag_of(notice)) for notice in page],
        "counts": _counts(counts, filters.state, lambda state: filter_query(filters, code, estado=state)),
        "kinds": kind_choices(filters),
        "states": state_choices(filters),
    }
    return render(request, "reports/notices.html", context)


def _tag_of(notice: Notice) -> components.Notice:
    kind, icon = _TAGS[notice.state]
    return components.Notice(kind, icon, notice.get_state_display())


def _counts(counts: dict[State, int], chosen: str, query: Callable[[str], str]) -> list[StateCount]:
    labels = dict(STATE_CHOICES)
    return [
        StateCount(str(labels[state.value]), number, query(state.value), state == chosen)
        for state, number in counts.items()
        if number or state == chosen
    ]
