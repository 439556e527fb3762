"""Included under ``/cumplimiento/avisos/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports.reminders import views_notices as views
from lms.reports.reminders import views_reminders, views_unreached

urlpatterns = [
    path("", views.notices, name="notices"),
    path("enviar/", views_reminders.remind, name="notices_send"),
    path("sin-correo/", views_unreached.unreached, name="notices_unreached"),
    path("sin-correo/<uuid:public_id>/reintentar/", views_unreached.retry_address, name="notices_retry"),
]
