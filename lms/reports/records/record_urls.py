"""Included under ``/cumplimiento/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports.records import views_batches, views_corrections, views_questions, views_records

RECORD = "registros/<uuid:public_id>/"
BATCH = "acreditaciones/<uuid:public_id>/"

urlpatterns = [
    path("consultas/", views_questions.questions, name="questions"),
    path("consultas/<uuid:public_id>/", views_questions.question, name="question"),
    path("personas/<uuid:public_id>/acreditar/", views_records.attest, name="attest"),
    path(RECORD + "corregir/", views_corrections.correct, name="record_correct"),
    path(RECORD + "evidencia/", views_records.evidence, name="record_evidence"),
    path("acreditaciones/", views_batches.batches, name="batches"),
    path("acreditaciones/plantilla.csv", views_batches.template, name="batch_template"),
    path(BATCH, views_batches.batch, name="batch"),
    path(BATCH + "registrar/", views_batches.apply, name="batch_apply"),
    path(BATCH + "descartar/", views_batches.discard, name="batch_discard"),
]
