"""Addresses of the plan; all are public."""

from django.urls import path

from lms.plan import views

app_name = "plan"
urlpatterns = [
    path("", views.plan_home, name="home"),
    path("compromisos/<int:number>/", views.commitment, name="commitment"),
    path("metodo/", views.method, name="method"),
    path("datos/", views.data_page, name="data"),
    path("datos/compromisos.json", views.commitments_json, name="commitments_json"),
    path("datos/compromisos.csv", views.commitments_csv, name="commitments_csv"),
    path("datos/cobertura.json", views.coverage_json, name="coverage_json"),
    path("datos/cobertura.csv", views.coverage_csv, name="coverage_csv"),
]
