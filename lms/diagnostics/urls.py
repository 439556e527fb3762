"""Addresses below ``/plan/diagnosticos/``; those with an id are of the institution that answers."""

from django.urls import path

from lms.diagnostics import views

app_name = "diagnostics"
urlpatterns = [
    path("diagnosticos/", views.index, name="index"),
    path("diagnosticos/<slug:code>/", views.questionnaire, name="questionnaire"),
    path("diagnosticos/<slug:code>/cuestionario.json", views.questionnaire_json, name="questionnaire_json"),
    path("diagnosticos/<slug:code>/cuestionario.csv", views.questionnaire_csv, name="questionnaire_csv"),
    path("diagnosticos/<slug:code>/perfiles/", views.public_profiles, name="public_profiles"),
    path("diagnosticos/<slug:code>/perfiles.json", views.profiles_json, name="profiles_json"),
    path("diagnosticos/<slug:code>/perfiles.csv", views.profiles_csv, name="profiles_csv"),
    path(
        "diagnosticos/<slug:code>/perfiles/<slug:institution_code>/",
        views.public_profile,
        name="public_profile",
    ),
    path(
        "diagnosticos/<slug:code>/perfiles/<slug:institution_code>/<uuid:public_id>/",
        views.public_profile,
        name="past_profile",
    ),
    path(
        "diagnosticos/<slug:code>/perfiles/<slug:institution_code>/<uuid:public_id>/archivos/<uuid:file_id>/",
        views.public_file,
        name="public_file",
    ),
    path("diagnosticos/<slug:code>/instituciones/", views.participation, name="participation"),
    path("diagnosticos/<slug:code>/responder/", views.desk, name="desk"),
    path("diagnosticos/<slug:code>/responder/<uuid:public_id>/", views.draft, name="draft"),
    path(
        "diagnosticos/<slug:code>/responder/<uuid:public_id>/descartar/",
        views.discard,
        name="discard",
    ),
    path("diagnosticos/<slug:code>/responder/<uuid:public_id>/terminar/", views.finish, name="finish"),
    path(
        "diagnosticos/<slug:code>/responder/<uuid:public_id>/preguntas/<slug:key>/",
        views.dimension,
        name="dimension",
    ),
    path(
        "diagnosticos/<slug:code>/responder/<uuid:public_id>/archivos/<slug:key>/",
        views.files,
        name="files",
    ),
    path(
        "diagnosticos/<slug:code>/responder/<uuid:public_id>/archivos/<slug:key>/<uuid:file_id>/quitar/",
        views.file_remove,
        name="file_remove",
    ),
    path(
        "diagnosticos/<slug:code>/perfil/<uuid:public_id>/archivos/<uuid:file_id>/", views.file, name="file"
    ),
    path("diagnosticos/<slug:code>/perfil/<uuid:public_id>/", views.profile, name="profile"),
    path("diagnosticos/<slug:code>/perfil/<uuid:public_id>/publicar/", views.publish, name="publish"),
    path("diagnosticos/<slug:code>/plan-local/<uuid:public_id>/", views.local_plan, name="local_plan"),
]
