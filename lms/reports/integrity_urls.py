from django.urls import path

from lms.reports.views_integrity import integrity_system

app_name = "integrity"

urlpatterns = [path("", integrity_system, name="system")]
