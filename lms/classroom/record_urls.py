"""Included under ``/aula/mi-registro/``, inside the namespace ``classroom``."""

from django.urls import path

from lms.classroom.views import questions, records

ONE = "consultas/<uuid:public_id>/"

urlpatterns = [
    path("", records.record, name="record"),
    path("evidencia/<uuid:public_id>/", records.evidence, name="evidence"),
    path("preguntar/", questions.ask, name="ask"),
    path(ONE, questions.question, name="record_question"),
    path(ONE + "retirar/", questions.withdraw, name="record_question_withdraw"),
]
