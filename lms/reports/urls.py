from django.urls import include, path

from lms.reports.compliance import views_compliance, views_courses

app_name = "reports"

urlpatterns = [
    path("", views_compliance.compliance, name="compliance"),
    path("personas/", views_compliance.people, name="people"),
    path("personas.csv", views_compliance.export_people, {"kind": "csv"}, name="people_csv"),
    path("personas.xlsx", views_compliance.export_people, {"kind": "xlsx"}, name="people_xlsx"),
    path("cursos/", views_courses.by_course, name="by_course"),
    path("cursos/personas.csv", views_courses.export_course_people, {"kind": "csv"}, name="course_csv"),
    path("cursos/personas.xlsx", views_courses.export_course_people, {"kind": "xlsx"}, name="course_xlsx"),
    path("", include("lms.reports.report_urls")),
    path("exigencias/", include("lms.reports.requirements.requirement_urls")),
    path("avisos/", include("lms.reports.reminders.notice_urls")),
    path("nomina/", include("lms.reports.rosters.roster_urls")),
    path("", include("lms.reports.records.record_urls")),
    path("", include("lms.reports.people.people_urls")),
    path("", include("lms.reports.staff_urls")),
]
