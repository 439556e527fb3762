"""The real addresses, and ``/xapi/nada``: reads what is sent and answers 204."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from lms.urls import handler400, handler403, handler404, handler500
from lms.urls import urlpatterns as real

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def nothing(request: HttpRequest) -> HttpResponse:
    request.read()
    return HttpResponse(status=204)


urlpatterns = [path("xapi/nada", nothing, name="xapi_nothing"), *real]
