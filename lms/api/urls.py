"""Under ``/api/v1/``. Names begin with ``api_v1_``: the middleware answers no others."""

from django.urls import path

from lms.api.api import api
from lms.api.documents import description

_routes = api.urls[0]

urlpatterns = [
    path("openapi.json", description, name="api_v1_openapi"),
    *[pattern for pattern in _routes if getattr(pattern, "name", "") != "api-root"],
]
