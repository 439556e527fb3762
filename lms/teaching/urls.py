"""Included under ``/docencia/``: what trainers see of those who learn."""

from django.urls import path

from lms.teaching.views import (
    dilemmas,
    feedback,
    marking,
    questions,
    regrades,
    releases,
    reports,
    review,
    team,
)

app_name = "teaching"

urlpatterns = [
    path("", questions.courses, name="courses"),
    path("<slug:course_code>/dilemas/", dilemmas.dilemmas, name="dilemmas"),
    path("<slug:course_code>/preguntas/", questions.questions, name="questions"),
    path("<slug:course_code>/preguntas/<slug:question_key>/recorregir/", regrades.regrade, name="regrade"),
    path("<slug:course_code>/recorrecciones/<uuid:public_id>/", regrades.regraded, name="regraded"),
    path("<slug:course_code>/corregir/", marking.queue, name="marking"),
    path("<slug:course_code>/corregir/siguiente/", marking.take_next, name="take_next"),
    path("<slug:course_code>/corregir/<uuid:public_id>/", marking.mark, name="mark"),
    path("<slug:course_code>/corregir/<uuid:public_id>/dejar/", marking.put_back, name="put_back"),
    path("<slug:course_code>/revisar/", review.review, name="review"),
    path("<slug:course_code>/revisar/tardias/<int:attempt_id>/", review.late, name="late"),
    path("<slug:course_code>/revisar/senales/<int:sign_id>/", review.sign, name="sign"),
    path("<slug:course_code>/version/", releases.release, name="release"),
    path("<slug:course_code>/equipo/", team.team, name="team"),
    path("<slug:course_code>/equipo/<int:member_id>/salir/", team.leave, name="leave_team"),
    path("<slug:course_code>/opiniones/", feedback.opinions, name="opinions"),
    path("<slug:course_code>/repaso/", feedback.recall, name="recall"),
    path("<slug:course_code>/errores/", reports.reports, name="reports"),
    path("<slug:course_code>/errores/<uuid:public_id>/", reports.report, name="report"),
]
