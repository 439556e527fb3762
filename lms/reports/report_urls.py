"""Included under ``/cumplimiento/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports.compliance import views_ministry
from lms.reports.frozen import views_frozen
from lms.reports.hours import views_hours
from lms.reports.matrix import views_matrix
from lms.reports.saved import views_saved, views_schedules

REPORT, VIEW, SENDING = "informes/<uuid:public_id>", "vistas/<uuid:public_id>/", "envios/<uuid:public_id>/"
CSV, XLSX, PDF = {"kind": "csv"}, {"kind": "xlsx"}, {"kind": "pdf"}

urlpatterns = [
    path("matriz/", views_matrix.matrix, name="matrix"),
    path("matriz.csv", views_matrix.export_matrix, CSV, name="matrix_csv"),
    path("matriz.xlsx", views_matrix.export_matrix, XLSX, name="matrix_xlsx"),
    path("horas/", views_hours.hours, name="hours"),
    path("horas.csv", views_hours.export_hours, CSV, name="hours_csv"),
    path("horas.xlsx", views_hours.export_hours, XLSX, name="hours_xlsx"),
    path("instituciones/", views_ministry.institutions, name="by_institution"),
    path("instituciones.csv", views_ministry.export_institutions, CSV, name="by_institution_csv"),
    path("instituciones.xlsx", views_ministry.export_institutions, XLSX, name="by_institution_xlsx"),
    path("informes/", views_saved.reports, name="reports"),
    path("informes/nuevo/", views_frozen.freeze, name="freeze"),
    path(f"{REPORT}/", views_frozen.frozen, name="frozen"),
    path(f"{REPORT}/comprobar/", views_frozen.check_frozen, name="frozen_check"),
    path(f"{REPORT}/retirar/", views_frozen.withdraw_frozen, name="frozen_withdraw"),
    path(f"{REPORT}.csv", views_frozen.frozen_file, CSV, name="frozen_csv"),
    path(f"{REPORT}.xlsx", views_frozen.frozen_file, XLSX, name="frozen_xlsx"),
    path(f"{REPORT}.pdf", views_frozen.frozen_file, PDF, name="frozen_pdf"),
    path("vistas/nueva/", views_saved.save, name="view_save"),
    path(VIEW, views_saved.open_view, name="view"),
    path(f"{VIEW}compartir/", views_saved.share, name="view_share"),
    path(f"{VIEW}borrar/", views_saved.delete, name="view_delete"),
    path(f"{VIEW}programar/", views_schedules.create, name="schedule_create"),
    path(SENDING, views_schedules.schedule, name="schedule"),
    path(f"{SENDING}detener/", views_schedules.stop, name="schedule_stop"),
    path("entregas/<uuid:public_id>/", views_schedules.delivery, name="delivery"),
]
