from django.urls import path

from lms.workshops.views import attendance, manage, public

app_name = "workshops"

urlpatterns = [
    path("", public.calendar, name="calendar"),
    path("gestion/", manage.sessions, name="manage"),
    path("gestion/nuevo/", manage.create, name="create"),
    path("gestion/<uuid:public_id>/", manage.edit, name="edit"),
    path("gestion/<uuid:public_id>/suspender/", manage.cancel, name="cancel"),
    path("gestion/<uuid:public_id>/asistencia/", attendance.sheet, name="sheet"),
    path("gestion/<uuid:public_id>/asistencia/agregar/", attendance.add, name="sheet_add"),
    path("gestion/<uuid:public_id>/asistencia/imprimir/", attendance.signatures, name="signatures"),
    path("<uuid:public_id>/", public.detail, name="detail"),
    path("<uuid:public_id>/inscribirme/", public.register, name="sign_up"),
    path("<uuid:public_id>/retirarme/", public.withdraw, name="leave"),
    path("<uuid:public_id>/taller.ics", public.calendar_file, name="ics"),
]
