"""Who may manage which session: its trainer, and whoever administers the platform."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest

from lms.lib import clock
from lms.people.policy import Action, Grant, NotAllowedError, Viewer, require, require_any
from lms.people.selectors.viewers import get_viewer
from lms.workshops.models import WorkshopSession
from lms.workshops.selectors import SessionRow, find_session


@dataclass(frozen=True)
class Desk:
    """A manager in front of a session, and the grant under which it is managed."""

    viewer: Viewer
    grant: Grant
    row: SessionRow
    at: datetime

    @property
    def session(self) -> WorkshopSession:
        return self.row.session


def manages_all(*, viewer: Viewer) -> bool:
    """True for whoever administers the whole platform."""
    try:
        require(viewer=viewer, action=Action.OPERATE_PLATFORM)
    except NotAllowedError:
        return False
    return True


def may_manage(*, viewer: Viewer, session: WorkshopSession) -> bool:
    """True where :func:`require_manager` finds a grant."""
    try:
        require_manager(viewer=viewer, session=session)
    except NotAllowedError:
        return False
    return True


def require_manager(*, viewer: Viewer, session: WorkshopSession) -> Grant:
    """The grant that lets the viewer manage the session: as its trainer, or for the whole platform.

    Raises:
        NotAllowedError: another trainer's session, or no such role.
    """
    grant = require_any(viewer=viewer, action=Action.AUTHOR_COURSES)
    if session.trainer_id == viewer.user_id:
        return grant
    return require(viewer=viewer, action=Action.OPERATE_PLATFORM)


def enter(*, request: HttpRequest, public_id: UUID) -> Desk:
    """The manager's place at a session.

    Raises:
        NotAllowedError, Http404: no such session, or not the visitor's.
    """
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    row = find_session(public_id=public_id)
    if row is None:
        raise Http404
    return Desk(viewer, require_manager(viewer=viewer, session=row.session), row, at)
