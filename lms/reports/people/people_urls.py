"""Included under ``/cumplimiento/``, inside the namespace ``reports``: who works where."""

from django.urls import path

from lms.reports.people import (
    views_allowances,
    views_institutions,
    views_jobs,
    views_leaves,
    views_merges,
    views_units,
)

PERSON, JOB, LEAVE, UNIT = (
    "personas/<uuid:public_id>/",
    "destinaciones/<uuid:public_id>/",
    "ausencias/<uuid:public_id>/",
    "unidades/<int:unit_id>/",
)

urlpatterns = [
    path("personas/nueva/", views_jobs.add_person, name="person_add"),
    path(PERSON + "destinaciones/nueva/", views_jobs.add_job, name="job_add"),
    path(JOB + "corregir/", views_jobs.correct_job, name="job_correct"),
    path(JOB + "terminar/", views_jobs.end_job, name="job_end"),
    path(JOB + "trasladar/", views_jobs.move_job, name="job_move"),
    path(PERSON + "ausencias/nueva/", views_leaves.add_leave, name="leave_add"),
    path(LEAVE + "regreso/", views_leaves.end_leave, name="leave_end"),
    path(LEAVE + "borrar/", views_leaves.delete_leave, name="leave_delete"),
    path(PERSON + "tiempo/", views_allowances.allow_time, name="allow_time"),
    path(PERSON + "fusionar/", views_merges.find, name="merge_find"),
    path(PERSON + "fusionar/<uuid:other_id>/", views_merges.merge, name="merge"),
    path(PERSON + "fusiones/<uuid:merge_id>/deshacer/", views_merges.undo, name="merge_undo"),
    path("unidades/", views_units.units, name="units"),
    path("unidades/nueva/", views_units.create, name="unit_create"),
    path(UNIT, views_units.edit, name="unit_edit"),
    path(UNIT + "cerrar/", views_units.close, name="unit_close"),
    path(UNIT + "reabrir/", views_units.reopen, name="unit_reopen"),
    path("instituciones/gestion/", views_institutions.institutions, name="places"),
    path("instituciones/gestion/nueva/", views_institutions.create, name="place_create"),
    path("instituciones/gestion/<int:institution_id>/", views_institutions.edit, name="place_edit"),
]
