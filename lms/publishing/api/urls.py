"""Under ``/api/v1/plan/``. Names begin with ``api_v1_``: the middleware of the API answers no others."""

from django.urls import URLPattern, path

from lms.publishing.api.documents import description
from lms.publishing.api.door import open_door
from lms.publishing.api.routes import api


def _opened(pattern: URLPattern) -> URLPattern:
    pattern.callback = open_door(pattern.callback)
    return pattern


urlpatterns = [
    path("openapi.json", open_door(description), name="api_v1_plan_openapi"),
    *[_opened(one) for one in api.urls[0] if isinstance(one, URLPattern) and one.name != "api-root"],
]
