"""What every page knows about the site itself."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

from lms.ui.light import wants_light


def site(request: HttpRequest) -> dict[str, object]:
    """``demo`` (is this demonstration data), ``site_name`` and ``site_url`` without a final slash."""
    return {"demo": settings.DEMO, "site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.SITE_URL}


def frame(request: HttpRequest) -> dict[str, object]:
    """``frame`` and ``frame_foot``: layout and footer of pages that have a light view, and ``is_light``."""
    is_light = wants_light(request)
    return {
        "is_light": is_light,
        "frame": "layouts/light.html" if is_light else "layouts/base.html",
        "frame_foot": "components/light_foot.html" if is_light else "components/site_foot.html",
    }


@dataclass(frozen=True)
class Language:
    """A language of the site. ``name``: in its own words."""

    code: str
    name: str
    is_current: bool


def languages(request: HttpRequest) -> dict[str, object]:
    """``languages`` to choose from, ``here``: the address of the page, to come back to, and ``is_answer``.

    The last one: whether the page answers a form, which is kept nowhere.
    """
    current = get_language() or settings.LANGUAGE_CODE
    return {
        "languages": [Language(code, name, code == current) for code, name in settings.LANGUAGES],
        "here": request.get_full_path(),
        "is_answer": request.method == "POST",
    }
