from django.urls import path

from lms.operations import views_archive, views_credentials, views_forwarding, views_replay, views_statements

app_name = "operations"
CREDENTIAL = "credenciales/<int:credential_id>/"
TARGET = "reenvios/<int:target_id>/"
LETTER = TARGET + "no-entregadas/<int:letter_id>/"
MONTH = "meses/<int:year>/<int:month>/"

urlpatterns = [
    path("", views_statements.statements, name="statements"),
    path("declaraciones/<uuid:statement_id>/", views_statements.statement, name="statement"),
    path("credenciales/", views_credentials.credentials, name="credentials"),
    path("credenciales/nueva/", views_credentials.create, name="credential_create"),
    path(CREDENTIAL + "renovar/", views_credentials.rotate, name="credential_rotate"),
    path(CREDENTIAL + "revocar/", views_credentials.revoke, name="credential_revoke"),
    path("reenvios/", views_forwarding.targets, name="targets"),
    path("reenvios/nuevo/", views_forwarding.create, name="target_create"),
    path(TARGET, views_forwarding.target, name="target"),
    path(TARGET + "cambiar/", views_forwarding.edit, name="target_edit"),
    path(TARGET + "probar/", views_forwarding.check, name="target_check"),
    path(TARGET + "pausar/", views_forwarding.set_active, {"is_active": False}, name="target_pause"),
    path(TARGET + "reanudar/", views_forwarding.set_active, {"is_active": True}, name="target_resume"),
    path(TARGET + "reenviar/", views_replay.replay, name="target_replay"),
    path(TARGET + "eliminar/", views_replay.delete, name="target_delete"),
    path(LETTER + "reintentar/", views_replay.retry, name="letter_retry"),
    path(LETTER + "descartar/", views_replay.discard, name="letter_discard"),
    path("meses/", views_archive.months, name="months"),
    path(MONTH + "separar/", views_archive.detach, name="month_detach"),
    path(MONTH + "adjuntar/", views_archive.attach, name="month_attach"),
]
