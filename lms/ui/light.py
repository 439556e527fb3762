"""The light view: pages for slow lines, without fonts, scripts or pictures.

Whoever asks for it by ``?vista=ligera`` gets it from then on, until asking for ``?vista=completa``;
without a wish of one's own, who sends ``Save-Data: on`` gets it.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

NAME = "vista"
LIGHT, FULL = "ligera", "completa"
REMEMBERED = timedelta(days=365)

Screen = Callable[..., HttpResponse]


def wants_light(request: HttpRequest) -> bool:
    """By the address, else by what was asked before, else by the header of the browser."""
    for wish in (request.GET.get(NAME), request.COOKIES.get(NAME)):
        if wish in (LIGHT, FULL):
            return wish == LIGHT
    return request.headers.get("Save-Data", "").strip().lower() == "on"


def offers_light(screen: Screen) -> Screen:
    """A screen whose template extends ``frame``: it remembers the view that the address asks for."""

    @wraps(screen)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = screen(request, *args, **kwargs)
        wish = request.GET.get(NAME)
        if wish in (LIGHT, FULL):
            response.set_cookie(
                NAME, wish, max_age=REMEMBERED, secure=request.is_secure(), httponly=True, samesite="Lax"
            )
        patch_vary_headers(response, ["Cookie", "Save-Data"])
        return response

    return answer
