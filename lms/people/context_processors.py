"""What the page frame knows of the visitor."""

from django.http import HttpRequest

from lms.lib import clock
from lms.people.policy import Viewer
from lms.people.selectors.viewers import get_viewer


def viewer(request: HttpRequest) -> dict[str, Viewer]:
    """``viewer``: a :class:`~lms.people.policy.Viewer`, anonymous included."""
    return {"viewer": get_viewer(user=getattr(request, "user", None), at=clock.now())}
