from django.urls import include, path

from lms.reports import views

app_name = "reports"

urlpatterns = [
    path("", views.compliance, name="compliance"),
    path("personas.csv", views.export_people, {"kind": "csv"}, name="people_csv"),
    path("personas.xlsx", views.export_people, {"kind": "xlsx"}, name="people_xlsx"),
    path("nomina/", include("lms.reports.roster_urls")),
    path("", include("lms.reports.staff_urls")),
]
