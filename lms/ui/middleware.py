"""Headers of every response: what a page may load, and that personal pages are not kept."""

from collections.abc import Callable

from csp.constants import HEADER, NONE, SELF, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

ADMIN_PREFIX = "/gestion/"

# Wagtail's editor needs inline scripts and styles, and shows the page itself in a frame.
ADMIN_POLICY = {
    "default-src": [SELF],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "media-src": [SELF, "blob:"],
    "frame-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "object-src": [NONE],
    "frame-ancestors": [SELF],
}

_FEATURES_OFF = (
    "accelerometer",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "xr-spatial-tracking",
)
PERMISSIONS_POLICY = ", ".join(
    [*(f"{feature}=()" for feature in _FEATURES_OFF), "autoplay=(self)", "fullscreen=(self)"]
)


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """The setting's strict policy everywhere; the editor's under ``/gestion/``."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        parts = super().get_policy_parts(request=request, response=response, report_only=report_only)
        if request.path_info.startswith(ADMIN_PREFIX) and not report_only and parts.config is None:
            # A nonce would switch 'unsafe-inline' off.
            return PolicyParts(config=ADMIN_POLICY, update=parts.update, replace=parts.replace)
        return parts

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if not request.path_info.startswith(ADMIN_PREFIX):
            return super().process_response(request, response)
        # A page preview has passed through here once already, as the public page that forbids frames.
        del response[HEADER]
        response = super().process_response(request, response)
        response["X-Frame-Options"] = "SAMEORIGIN"
        return response


class PrivateResponsesMiddleware:
    """Keeps what a logged-in person sees out of every cache, and switches device features off.

    Browsers are also asked not to look up the names of linked sites in advance: nobody who only reads
    a lesson is to be taken, by whoever watches the network, for somebody who opened a reporting channel.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("X-DNS-Prefetch-Control", "off")
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response
