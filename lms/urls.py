"""The address map: composition only."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from wagtail import views as wagtail_views
from wagtail.admin import urls as wagtail_admin_urls
from wagtail.documents import urls as documents_urls
from wagtail.images import urls as images_urls
from wagtail.urls import serve_pattern

from lms.api import views_page as api
from lms.pages import views as pages
from lms.reports.views_health import health

handler400 = "lms.pages.views.bad_request"
handler403 = "lms.pages.views.permission_denied"
handler404 = "lms.pages.views.not_found"
handler500 = "lms.pages.views.server_error"

urlpatterns = [
    path("salud/", health, name="health"),
    path("robots.txt", pages.robots, name="robots"),
    path("idioma/", pages.set_language, name="set_language"),
    path("cuentas/", include("lms.people.accounts.urls")),
    path("aula/", include("lms.discussions.urls")),
    path("aula/", include("lms.classroom.urls")),
    path("avisos/", include("lms.notices.urls")),
    path("mis-certificados/", include("lms.classroom.certificate_urls")),
    path("cumplimiento/api/", include("lms.api.token_urls")),
    path("cumplimiento/", include("lms.reports.urls")),
    path("registro/", include("lms.operations.urls")),
    path("integridad/", include("lms.reports.ethics.integrity_urls")),
    path("docencia/", include("lms.teaching.urls")),
    path("docencia/", include("lms.discussions.desk_urls")),
    path("talleres/", include("lms.workshops.urls")),
    path("plan/", include("lms.indicators.urls")),
    path("plan/", include("lms.diagnostics.urls")),
    path("plan/", include("lms.participation.urls")),
    path("plan/", include("lms.publishing.urls")),
    path("plan/", include("lms.plan.urls")),
    path("verificar/", include("certificates.urls")),
    path("xapi/", include("lms.xapi.urls")),
    path("api/v1/", api.page, name="api_index"),
    path("api/v1/plan/", include("lms.publishing.api.urls")),
    path("api/v1/", include("lms.api.urls")),
    # Wagtail's own login and password reset have neither our rate limits nor the second factor.
    path("gestion/login/", pages.to_login),
    path("gestion/password_reset/", pages.to_login),
    re_path(r"^gestion/password_reset/.*$", pages.to_login),
    path("_util/login/", pages.to_login),
    path("gestion/", include(wagtail_admin_urls)),
    path("medios/images/<path:name>", pages.picture, name="picture"),
    path("documentos/", include(documents_urls)),
    path("imagenes/", include(images_urls)),
]

if settings.DEBUG:
    urlpatterns.append(path("componentes/", include("lms.ui.urls")))

urlpatterns.append(re_path(serve_pattern, login_not_required(wagtail_views.serve), name="wagtail_serve"))
