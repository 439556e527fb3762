"""Included under ``/cumplimiento/nomina/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports import views_roster as views

urlpatterns = [
    path("", views.rosters, name="rosters"),
    path("plantilla.csv", views.roster_template, name="roster_template"),
    path("<uuid:public_id>/", views.roster, name="roster"),
    path("<uuid:public_id>/errores.csv", views.roster_problems, name="roster_problems"),
    path("<uuid:public_id>/aplicar/", views.apply, name="roster_apply"),
    path("<uuid:public_id>/descartar/", views.discard, name="roster_discard"),
]
