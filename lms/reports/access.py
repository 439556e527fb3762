"""What is not allowed does not exist: the answer confirms nothing about other institutions."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from lms.people.policy import NotAllowedError

View = Callable[..., HttpResponseBase]


def not_allowed_is_404(view: View) -> View:
    """Turns :class:`~lms.people.policy.NotAllowedError` of the view into "not found"."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except NotAllowedError:
            raise Http404 from None

    return guarded
