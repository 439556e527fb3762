"""Addresses below ``/plan/``: what a commitment promises beyond training, in figures.

Public but those below ``gestion/``. A release keeps its address for good.
"""

from django.urls import path

from lms.indicators import views

PUBLIC = "<slug:plan_code>/indicadores/"
ONE = f"{PUBLIC}<slug:code>/"
DESK = "gestion/<slug:plan_code>/indicadores/"
KEPT = f"{DESK}<slug:code>/"

app_name = "indicators"
urlpatterns = [
    path(DESK, views.manage, name="manage"),
    path(f"{DESK}nuevo/", views.create, name="create"),
    path(KEPT, views.edit, name="edit"),
    path(f"{KEPT}retirar/", views.set_active, {"is_active": False}, name="retire"),
    path(f"{KEPT}reponer/", views.set_active, {"is_active": True}, name="restore"),
    path(f"{KEPT}cargar/", views.upload, name="upload"),
    path(f"{KEPT}plantilla.csv", views.template, {"kind": "csv"}, name="template_csv"),
    path(f"{KEPT}plantilla.xlsx", views.template, {"kind": "xlsx"}, name="template_xlsx"),
    path(f"{KEPT}cargar/<int:upload_id>/", views.preview, name="preview"),
    path(f"{KEPT}cargar/<int:upload_id>/descartar/", views.discard, name="discard"),
    path(f"{KEPT}revisiones/", views.revisions, name="revisions"),
    path(f"{KEPT}revisiones/<int:number>/publicar/", views.publish, name="publish"),
    path(f"{KEPT}revisiones/<int:number>/retirar/", views.withdraw, name="withdraw"),
    path(f"{KEPT}periodos/", views.periods, name="periods"),
    path(f"{KEPT}periodos/<slug:period>/abrir/", views.open_period, name="open_period"),
    path(PUBLIC, views.indicator_list, name="list"),
    path(f"{PUBLIC}ods/16/", views.sdg_page, name="sdg16"),
    path(ONE, views.indicator_page, name="indicator"),
    path(f"{ONE}datos.csv", views.current_file, {"kind": "csv"}, name="csv"),
    path(f"{ONE}datos.xlsx", views.current_file, {"kind": "xlsx"}, name="xlsx"),
    path(f"{ONE}datos.json", views.current_file, {"kind": "json"}, name="json"),
    path(f"{ONE}revisiones/<int:number>/", views.revision_page, name="revision"),
    path(
        f"{ONE}revisiones/<int:number>/datos.csv", views.revision_file, {"kind": "csv"}, name="revision_csv"
    ),
    path(
        f"{ONE}revisiones/<int:number>/datos.xlsx",
        views.revision_file,
        {"kind": "xlsx"},
        name="revision_xlsx",
    ),
    path(
        f"{ONE}revisiones/<int:number>/datos.json",
        views.revision_file,
        {"kind": "json"},
        name="revision_json",
    ),
]
