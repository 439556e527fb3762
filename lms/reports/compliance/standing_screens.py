"""What every page on an institution's people begins and ends with: the scope, the filters, the log."""

from typing import Any

from django.http import HttpRequest

from lms.lib import clock
from lms.people.models import AccessLogEntry, Estamento, LegalQuality
from lms.people.policy import Action, has_any
from lms.people.selectors.places import list_units
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access
from lms.reports.compliance.standing_filters import ORDERS, STANDINGS
from lms.reports.compliance.standing_scope import StandingScope, enter_scope
from lms.reports.compliance.standing_words import describe_filters


def enter(request: HttpRequest, action: Action = Action.SEE_PEOPLE) -> StandingScope:
    """The scope of the request; errors as those of ``enter_scope``."""
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    return enter_scope(viewer=viewer, action=action, data=request.GET, at=at)


def context_of(scope: StandingScope) -> dict[str, Any]:
    """What the heading, the filters and the links of every page of this kind need. One query."""
    units = list_units(institution_id=scope.institution.pk)
    return {
        "scope": scope,
        "filters": scope.filters,
        "query": scope.filters.query(),
        "whole": scope.filters.whole().query(),
        "units": units if scope.unit_ids is None else [u for u in units if u.pk in scope.unit_ids],
        "estamentos": Estamento.choices,
        "legal_qualities": LegalQuality.choices,
        "standings": [(word, label) for word, (label, _standings) in STANDINGS.items()],
        "orders": ORDERS.items(),
        "filter_words": describe_filters(scope=scope, units=units),
        "may_export": has_any(viewer=scope.viewer, action=Action.EXPORT_PEOPLE),
        "may_manage_reports": has_any(viewer=scope.viewer, action=Action.MANAGE_REPORTS),
    }


def log_look(scope: StandingScope, action: str, people: int, what: str = "") -> None:
    """Write the look down; ``what``: the kind of file, or the page."""
    log_access(
        viewer=scope.viewer,
        grant=scope.grant,
        action=action,
        at=scope.at,
        institution_id=scope.institution.pk,
        people_count=people,
        detail=f"{what} {scope.filters.query(q='')}".strip(),
    )


def log_view(scope: StandingScope, people: int, what: str = "") -> None:
    """A list of people was shown."""
    log_look(scope, AccessLogEntry.Action.VIEW_LIST, people, what)
