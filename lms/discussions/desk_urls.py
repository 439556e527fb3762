"""Included under ``/docencia/``: the conversation of a course, for those who lead it."""

from django.urls import path

from lms.discussions.views import desk, review

app_name = "discussions_desk"
COURSE = "<slug:course_code>/conversacion/"

urlpatterns = [
    path(COURSE, desk.settings, name="settings"),
    path(COURSE + "pendientes/", desk.queue, name="queue"),
    path(COURSE + "acciones/", desk.log, name="log"),
    path(COURSE + "mensajes/<uuid:public_id>/", review.post, name="post"),
    path(COURSE + "temas/<uuid:public_id>/", review.thread, name="thread"),
    path(COURSE + "personas/<uuid:public_id>/", review.member, name="member"),
]
