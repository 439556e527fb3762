"""What every page knows about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """``demo`` (is this demonstration data), ``site_name`` and ``site_url`` without a final slash."""
    return {"demo": settings.DEMO, "site_name": settings.WAGTAIL_SITE_NAME, "site_url": settings.SITE_URL}
