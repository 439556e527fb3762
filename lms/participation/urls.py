"""Addresses below ``/plan/``: what citizens say of a plan, and the answers they get."""

from django.urls import path

from lms.participation.views import (
    answering,
    desk,
    desk_editing,
    following,
    meetings,
    own,
    reading,
    register,
)

app_name = "participation"
OWN = "participacion/mis-aportes/"
ONE = "participacion/aportes/<uuid:public_id>/"
KEPT = "gestion/<slug:plan_code>/"
DESK = KEPT + "participacion/"

urlpatterns = [
    path("participacion/reglas/", reading.rules, name="rules"),
    path(OWN, own.mine, name="mine"),
    path(OWN + "descargar/", own.download, name="download"),
    path("participacion/por-responder/", answering.to_answer, name="to_answer"),
    path(ONE, reading.contribution, name="contribution"),
    path(ONE + "corregir/", own.edit, name="edit"),
    path(ONE + "agregar/", own.follow_up, name="follow_up"),
    path(ONE + "retirar/", own.withdraw, name="withdraw"),
    path(ONE + "avisar/", own.report, name="report"),
    path(ONE + "responder/", answering.answer, name="answer"),
    path("participacion/confirmar/<str:token>/", following.confirm, name="confirm"),
    path("participacion/baja/<str:token>/", following.stop, name="stop"),
    path("participacion/sin-respuestas/<str:token>/", following.stop_replies, name="stop_replies"),
    path(DESK, desk.desk, name="desk"),
    path(DESK + "ajustes/", desk.settings, name="settings"),
    path(DESK + "acciones/", desk.log, name="log"),
    path(DESK + "aportes/<uuid:public_id>/", desk.review, name="review"),
    path(KEPT + "consultas/nueva/", desk_editing.new_consultation, name="consultation_create"),
    path(
        KEPT + "consultas/<int:consultation_id>/", desk_editing.change_consultation, name="consultation_edit"
    ),
    path(KEPT + "reuniones/nueva/", desk_editing.meeting, name="meeting_create"),
    path(KEPT + "reuniones/<int:meeting_id>/", desk_editing.meeting, name="meeting_edit"),
    path("<slug:plan_code>/respuestas/", register.register, name="register"),
    path("<slug:plan_code>/respuestas/respuestas.csv", register.register_csv_file, name="register_csv"),
    path("<slug:plan_code>/respuestas/respuestas.json", register.register_json_file, name="register_json"),
    path("<slug:plan_code>/reuniones/", meetings.meetings, name="meetings"),
    path("<slug:plan_code>/reuniones/reuniones.csv", meetings.meetings_csv_file, name="meetings_csv"),
    path("<slug:plan_code>/consultas/", reading.consultations, name="consultations"),
    path("<slug:plan_code>/consultas/<int:consultation_id>/", reading.consultation, name="consultation"),
    path("<slug:plan_code>/compromisos/<int:number>/comentarios/", reading.comments, name="comments"),
    path("<slug:plan_code>/compromisos/<int:number>/seguir/", following.follow, name="follow"),
]
