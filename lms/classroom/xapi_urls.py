from django.urls import path

from lms.classroom.views import xapi

urlpatterns = [path("about", xapi.about, name="xapi_about")]
