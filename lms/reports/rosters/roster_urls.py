"""Included under ``/cumplimiento/nomina/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports.rosters import views_roster as views
from lms.reports.rosters import views_roster_columns as columns
from lms.reports.rosters import views_roster_decisions as decisions
from lms.reports.rosters import views_roster_files as files

urlpatterns = [
    path("", views.rosters, name="rosters"),
    path("plantilla.csv", files.roster_template, name="roster_template"),
    path("<uuid:public_id>/", views.roster, name="roster"),
    path("<uuid:public_id>/columnas/", columns.roster_columns, name="roster_columns"),
    path("<uuid:public_id>/errores.csv", files.roster_problems, name="roster_problems"),
    path("<uuid:public_id>/filas-con-error.csv", files.wrong_rows_csv, name="roster_wrong_csv"),
    path("<uuid:public_id>/filas-con-error.xlsx", files.wrong_rows_xlsx, name="roster_wrong_xlsx"),
    path("<uuid:public_id>/aplicar/", decisions.apply, name="roster_apply"),
    path("<uuid:public_id>/descartar/", decisions.discard, name="roster_discard"),
    path("<uuid:public_id>/continuar/", decisions.go_on, name="roster_go_on"),
    path("<uuid:public_id>/deshacer/", decisions.undo, name="roster_undo"),
]
