"""Under ``/cumplimiento/api/``."""

from django.urls import path

from lms.api import views

app_name = "tokens"

urlpatterns = [
    path("", views.tokens, name="list"),
    path("nueva/", views.create, name="create"),
    path("<uuid:public_id>/revocar/", views.revoke, name="revoke"),
]
