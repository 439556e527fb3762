"""Addresses of plans; all are public but those below ``gestion/``. Words that begin one name no plan."""

from django.urls import path

from lms.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.plan_home, name="home"),
    path("metodo/", views.method, name="method"),
    path("compromisos/<int:number>/", views.current_commitment, name="current_commitment"),
    path("gestion/", views.manage, name="manage"),
    path("gestion/metas/<int:goal_id>/", views.edit, name="goal"),
    path("gestion/metas/<int:goal_id>/retirar/", views.set_active, {"is_active": False}, name="goal_retire"),
    path("gestion/metas/<int:goal_id>/reponer/", views.set_active, {"is_active": True}, name="goal_restore"),
    path("gestion/<slug:plan_code>/compromisos/<int:number>/metas/nueva/", views.create, name="goal_create"),
    path("datos/", views.data_page, name="data"),
    path("datos/compromisos.json", views.commitments_json, name="commitments_json"),
    path("datos/compromisos.csv", views.commitments_csv, name="commitments_csv"),
    path("datos/cobertura.json", views.coverage_json, name="coverage_json"),
    path("datos/cobertura.csv", views.coverage_csv, name="coverage_csv"),
    path("<slug:plan_code>/", views.plan_page, name="plan"),
    path("<slug:plan_code>/compromisos/<int:number>/", views.commitment, name="commitment"),
]
