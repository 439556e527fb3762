"""The address map of the interface's own tests: the account, the components, one page of each kind."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


@login_not_required
def public(request: HttpRequest) -> HttpResponse:
    return HttpResponse("público")


@login_not_required
def with_own_cache_rule(request: HttpRequest) -> HttpResponse:
    return HttpResponse("guardable", headers={"Cache-Control": "private, max-age=60"})


@login_not_required
def preview(request: HttpRequest) -> HttpResponse:
    """As Wagtail's preview: the page has been through the middleware as a public one."""
    return HttpResponse(
        "vista previa",
        headers={"Content-Security-Policy": "frame-ancestors 'none'", "X-Frame-Options": "DENY"},
    )


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("falla de prueba")


urlpatterns = [
    path("cuentas/", include("lms.people.accounts.urls")),
    path("componentes/", include("lms.ui.urls")),
    path("publico/", public),
    path("guardable/", with_own_cache_rule),
    path("gestion/vista-previa/", preview),
    path("falla/", broken),
]
