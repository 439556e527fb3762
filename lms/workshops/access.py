"""Who may manage which session: its trainer, and whoever administers the platform."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lms.lib import clock
from lms.people.models import Person
from lms.people.policy import Action, Grant, NotAllowedError, Viewer, has_any, require, require_any
from lms.people.selectors.viewers import get_viewer
from lms.people.services.accounts import link_person
from lms.workshops.models import WorkshopSession
from lms.workshops.selectors import SessionRow, find_session

View = Callable[..., HttpResponseBase]


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


def not_allowed_is_404(view: View) -> View:
    """Turns :class:`~lms.people.policy.NotAllowedError` of the view into "not found"."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError:
            raise Http404 from None

    return guarded


def get_person(*, request: HttpRequest, at: datetime) -> Person:
    """The person of a logged-in account; made on first need, since only verified accounts log in."""
    viewer = get_viewer(user=request.user, at=at)
    if viewer.person_id:
        return Person.objects.get(pk=viewer.person_id)
    person = link_person(user=request.user, at=at)  # type: ignore[arg-type]
    del request.user._viewer  # type: ignore[union-attr]
    return person


def manages_all(*, viewer: Viewer) -> bool:
    """True for whoever administers the platform."""
    return has_any(viewer=viewer, action=Action.OPERATE_PLATFORM)


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
