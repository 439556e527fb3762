"""What is asked of the page of notices, read from the address."""

from collections.abc import Mapping
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from lms.notices.models.notices import KIND_CHOICES, STATE_CHOICES
from lms.notices.rules.kinds import WITHOUT_PLACE
from lms.notices.selectors.screens import NoticeFilters
from lms.ui.components import Choice


def read_notice_filters(data: Mapping[str, str]) -> NoticeFilters:
    """From ``request.GET``; unknown values are dropped, never an error."""
    kind, state = data.get("aviso", ""), data.get("estado", "")
    return NoticeFilters(
        kind=kind if kind in dict(KIND_CHOICES) else "",
        state=state if state in dict(STATE_CHOICES) else "",
        search=data.get("q", "").replace("\x00", "").strip()[:80],
        first=_day(data.get("desde", "")),
        last=_day(data.get("hasta", "")),
    )


def filter_query(filters: NoticeFilters, institution_code: str, **changes: str) -> str:
    """The filters as the query of an address."""
    names = {
        "institucion": institution_code,
        "aviso": filters.kind,
        "estado": filters.state,
        "desde": filters.first.isoformat() if filters.first else "",
        "hasta": filters.last.isoformat() if filters.last else "",
        "q": filters.search,
    } | changes
    return urlencode({name: value for name, value in names.items() if value})


def kind_choices(filters: NoticeFilters) -> list[Choice]:
    kinds = [("", _("Todos")), *(choice for choice in KIND_CHOICES if choice[0] not in WITHOUT_PLACE)]
    return [Choice(value, str(text), value == filters.kind) for value, text in kinds]


def state_choices(filters: NoticeFilters) -> list[Choice]:
    states = [("", _("Todos")), *STATE_CHOICES]
    return [Choice(value, str(text), value == filters.state) for value, text in states]


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if date(2000, 1, 1) <= day < date(2200, 1, 1) else None
