"""Included under ``/cumplimiento/exigencias/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports.requirements import views_exemptions, views_requirements

ONE = "<uuid:public_id>/"

urlpatterns = [
    path("", views_requirements.requirements, name="requirements"),
    path("nueva/", views_requirements.create, name="requirement_create"),
    path("eximir/", views_exemptions.exempt, name="exempt"),
    path("eximiciones/<uuid:public_id>/terminar/", views_exemptions.end, name="exemption_end"),
    path(ONE, views_requirements.requirement, name="requirement"),
    path(ONE + "editar/", views_requirements.edit, name="requirement_edit"),
    path(ONE + "publicar/", views_requirements.publish, name="requirement_publish"),
    path(ONE + "retirar/", views_requirements.withdraw, name="requirement_withdraw"),
    path(ONE + "descartar/", views_requirements.discard, name="requirement_discard"),
]
