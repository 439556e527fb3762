"""Public pages are drawn once a minute, not once a visitor.

A page is kept only where it is the same for everybody: the visitor has no cookie but that of the
language, the view is open to all, and the answer sets no cookie, names no nonce of the policy (which
must never be used twice) and no token of a form. It is kept in the memory of the process, so that a
page that is there costs no query; after ``PUBLIC_PAGE_SECONDS`` it is drawn anew.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language

PREFIXES = ("/plan/",)
CACHE = "pages"
LONGEST_ADDRESS = 300
LARGEST_BODY = 256 * 1024
VARIES = ("Cookie", "Accept-Language")
POLICY_ATTRIBUTES = ("xframe_options_exempt", "_csp_exempt", "_csp_update", "_csp_replace")
"""What views tell the middleware around: a page that may stand in a frame says so each time."""
OWN_HEADERS = (
    "Content-Type",
    "Content-Security-Policy",
    "Content-Disposition",
    "ETag",
    "Access-Control-Allow-Origin",
    "Cache-Control",
    "Cross-Origin-Resource-Policy",
    "Link",
)


@dataclass(frozen=True)
class KeptPage:
    """An answer without what belongs to one request."""

    body: bytes
    headers: Mapping[str, str]
    attributes: Mapping[str, Any] = field(default_factory=dict)

    def answer(self, request: HttpRequest) -> HttpResponse:
        """The page again, or that it has not changed."""
        whole = HttpResponse(self.body, headers=dict(self.headers))
        found = get_conditional_response(request, etag=self.headers["ETag"], response=whole)
        answer: HttpResponse = whole if found is None else found
        for name, value in self.attributes.items():
            setattr(answer, name, value)
        return answer


class PublicPagesMiddleware:
    """The innermost: everything around still sees the request and completes the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = getattr(request, "_public_page", None)
        if key is None:
            return response
        if not getattr(request, "_public_page_was_kept", False):
            if not _is_for_everybody(request, response):
                return response
            response = _keep(key, response).answer(request)
        patch_vary_headers(response, VARIES)
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The kept page, before anything is asked of the database."""
        if not _may_be_kept(request, view):
            return None
        key = _key(request)
        request._public_page = key  # type: ignore[attr-defined]
        page: KeptPage | None = _cache().get(key)
        if page is None:
            return None
        request._public_page_was_kept = True  # type: ignore[attr-defined]
        return page.answer(request)


def _cache() -> BaseCache:
    return caches[CACHE]


def _may_be_kept(request: HttpRequest, view: Callable[..., HttpResponse]) -> bool:
    return (
        settings.PUBLIC_PAGE_SECONDS > 0
        and request.method == "GET"
        and request.path_info.startswith(PREFIXES)
        and not getattr(view, "login_required", True)
        and not set(request.COOKIES) - {settings.LANGUAGE_COOKIE_NAME}
        and not {"Hx-Request", "Authorization", "Range"} & set(request.headers)
        and len(request.get_full_path()) <= LONGEST_ADDRESS
    )


def _is_for_everybody(request: HttpRequest, response: HttpResponse) -> bool:
    control = response.headers.get("Cache-Control", "")
    varies = {name.strip().lower() for name in response.headers.get("Vary", "").split(",") if name.strip()}
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not any(word in control for word in ("private", "no-store", "no-cache"))
        and varies <= {name.lower() for name in VARIES}
        and not getattr(request, "_csp_nonce", None)
        and not request.META.get("CSRF_COOKIE_NEEDS_UPDATE")
        and not request.session.modified
        and len(response.content) <= LARGEST_BODY
    )


def _keep(key: str, response: HttpResponse) -> KeptPage:
    seconds = settings.PUBLIC_PAGE_SECONDS
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    own = {name: response.headers[name] for name in OWN_HEADERS if name in response.headers}
    attributes = {name: getattr(response, name) for name in POLICY_ATTRIBUTES if hasattr(response, name)}
    page = KeptPage(
        response.content,
        {"ETag": tag, "Cache-Control": f"public, max-age={seconds}"} | own,
        attributes,
    )
    _cache().set(key, page, timeout=seconds)
    return page


def _key(request: HttpRequest) -> str:
    """By language, place and whole address: the page names its address to come back to."""
    facts = f"{get_language()} {request.get_host()} {request.get_full_path()}"
    return hashlib.sha256(facts.encode()).hexdigest()
