"""Who may open one roster."""

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from lms.people.models import RosterImport
from lms.people.policy import Action, Grant, Viewer, require
from lms.people.selectors.rosters import find_roster
from lms.people.selectors.viewers import get_viewer
from lms.people.services.access_log import log_access


def enter(request: HttpRequest, public_id: UUID, at: datetime) -> tuple[RosterImport, Viewer, Grant]:
    """The roster and the grant to load it.

    Raises:
        NotAllowedError, Http404: no such roster, or not of an institution of the visitor.
    """
    viewer = get_viewer(user=request.user, at=at)
    found = find_roster(public_id=public_id)
    if found is None:
        raise Http404
    grant = require(viewer=viewer, action=Action.IMPORT_ROSTER, institution_id=found.institution_id)
    return found, viewer, grant


def log_roster(
    *, roster: RosterImport, viewer: Viewer, grant: Grant, action: str, people: int, detail: str, at: datetime
) -> None:
    """Write down what was done with the people of a roster."""
    log_access(
        viewer=viewer,
        grant=grant,
        action=action,
        at=at,
        institution_id=roster.institution_id,
        people_count=people,
        detail=detail,
    )
