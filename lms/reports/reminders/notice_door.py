"""Who looks at notices, and at which of their institutions."""

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest

from lms.lib import clock
from lms.people.models import AccessLogEntry, Institution
from lms.people.policy import Action, Reach, Viewer, reach_of, require_any
from lms.people.selectors.places import list_institutions_within
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access


@dataclass(frozen=True)
class Door:
    """Who looks, and at which of their institutions."""

    viewer: Viewer
    reach: Reach
    institutions: list[Institution]
    institution: Institution
    at: datetime

    def log(self, people: int, detail: str) -> None:
        """Write the look down."""
        log_access(
            viewer=self.viewer,
            grant=require_any(viewer=self.viewer, action=Action.SEE_REPORTS),
            action=AccessLogEntry.Action.VIEW_LIST,
            at=self.at,
            institution_id=self.institution.pk,
            people_count=people,
            detail=detail,
        )


def enter(request: HttpRequest) -> Door:
    """Who looks, and where.

    Raises:
        NotAllowedError: nowhere.
        Http404: an unknown institution, or one of others.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    require_any(viewer=viewer, action=Action.SEE_REPORTS)
    reach = reach_of(viewer=viewer, action=Action.SEE_REPORTS)
    institutions = list_institutions_within(reach=reach)
    code = request.GET.get("institucion", "")
    chosen = [place for place in institutions if not code or place.code == code]
    if not chosen:
        raise Http404
    own = next((place for place in chosen if place.pk == viewer.institution_id), chosen[0])
    return Door(viewer, reach, institutions, own, at)
