"""Included under ``/aula/``, before the classroom's own addresses."""

from django.urls import path

from lms.discussions.views import own, reading, writing

app_name = "discussions"
COURSE = "<slug:course_code>/conversacion/"
THREAD, POST = COURSE + "temas/<uuid:public_id>/", COURSE + "mensajes/<uuid:public_id>/"

urlpatterns = [
    path("conversaciones/", own.mine, name="mine"),
    path("conversaciones/mis-conversaciones.json", own.download, name="download"),
    path("conversaciones/retirar/", own.withdraw_everything, name="withdraw_all"),
    path("conversaciones/<uuid:public_id>/retirar/", own.withdraw, name="withdraw"),
    path(COURSE, reading.threads, name="threads"),
    path(COURSE + "participar/", writing.profile, name="profile"),
    path(COURSE + "nuevo/", writing.new_thread, name="new_thread"),
    path(THREAD, writing.thread, name="thread"),
    path(POST, reading.post, name="post"),
    path(POST + "corregir/", own.edit, name="edit"),
    path(POST + "avisar/", own.report, name="report"),
]
