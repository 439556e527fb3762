"""Addresses below ``/plan/``: what leaves the plan: files, catalogue, feed, API, embeds, documents."""

from django.urls import path, re_path

from lms.publishing import views
from lms.publishing.selectors.tables import SUFFIXES, TABLES

FILE = rf"(?P<table>{'|'.join(TABLES)})\.(?P<suffix>{'|'.join(SUFFIXES)})$"
PAPER = r"(?P<suffix>docx|pdf)$"
PLAN = r"(?P<plan_code>[-a-zA-Z0-9_]+)"

app_name = "publishing"
urlpatterns = [
    path("datos/", views.data_home, name="data"),
    path("datos/catalogo.jsonld", views.catalogue_json, name="catalogue_json"),
    path("datos/catalogo.rdf", views.catalogue_rdf, name="catalogue_rdf"),
    re_path(rf"^datos/{FILE}", views.current_file, name="current_file"),
    path("cambios.atom", views.feed, name="feed"),
    path("<slug:plan_code>/cambios.atom", views.plan_feed, name="plan_feed"),
    path("<slug:plan_code>/datos/", views.plan_data, name="plan_data"),
    path("<slug:plan_code>/datos/datapackage.json", views.datapackage, name="datapackage"),
    re_path(rf"^{PLAN}/datos/{FILE}", views.plan_file, name="plan_file"),
    path("<slug:plan_code>/datos/v/<int:number>/", views.release, name="release"),
    path("<slug:plan_code>/datos/v/<int:number>/<str:name>", views.released_file, name="released_file"),
    path("<slug:plan_code>/compromisos/<int:number>/ficha.pdf", views.commitment_sheet, name="sheet"),
    path("<slug:plan_code>/compromisos/<int:number>/insertar/", views.embed_page, name="embed"),
    path("insertar/<slug:plan_code>/<int:number>/grafico/", views.chart, name="chart"),
    path("insertar/<slug:plan_code>/<int:number>/grafico.svg", views.picture, name="picture"),
    path("insertar/<slug:plan_code>/<int:number>/insignia.svg", views.badge, name="badge"),
    path("gestion/<slug:plan_code>/informes/", views.reports, name="reports"),
    re_path(rf"^gestion/{PLAN}/informes/semestral\.{PAPER}", views.half_year_report, name="half_year_report"),
    re_path(
        rf"^gestion/{PLAN}/informes/autoevaluacion\.{PAPER}", views.self_assessment, name="self_assessment"
    ),
    path("gestion/<slug:plan_code>/datos/publicar/", views.make_release, name="make_release"),
]
