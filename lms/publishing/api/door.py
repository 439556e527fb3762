"""The way in for programs without a token: how often they may ask, and what they need not read again."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response

from certificates.misses import client_network
from lms.lib import clock
from lms.plan.selectors.open_data import entity_tag
from lms.publishing.api.problems import Problem, problem_response
from lms.publishing.views.sending import with_public_headers

MINUTE = 60
View = Callable[..., HttpResponse]


def open_door(view: View) -> View:
    """Counts the call by the network that it comes from; answers may be kept and read by any page."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        wait = _count(client_network(request))
        if wait is not None:
            return _readable(problem_response(Problem.TOO_MANY_REQUESTS, retry_after=wait))
        response = view(request, *args, **kwargs)
        if response.status_code != 200:
            return _readable(response)
        tag = entity_tag(body=response.content)
        found = get_conditional_response(request, etag=tag) or response
        return with_public_headers(found, tag=tag)

    return answer


def _readable(response: HttpResponse) -> HttpResponse:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _count(network: str) -> int | None:
    """The seconds to wait when there were too many calls in this minute."""
    second = int(clock.now().timestamp())
    key = f"api:plan:{network}:{second // MINUTE}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        calls = cache.incr(key)
    except ValueError:  # the cache dropped it in between
        return None
    return MINUTE - second % MINUTE if calls > settings.API_PER_MINUTE else None
