"""At the door of every screen: what is not allowed does not exist, and who is this person."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lms.people.models import Person
from lms.people.policy import NotAllowedError
from lms.people.selectors.viewers import get_viewer
from lms.people.services.accounts import link_person

View = Callable[..., HttpResponseBase]


def not_allowed_is_404(view: View) -> View:
    """Turns ``NotAllowedError`` of the view into "not found", which confirms nothing."""

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
