"""Addresses below ``/plan/``: scored questionnaires of an institution."""

from django.urls import URLPattern

app_name = "diagnostics"
urlpatterns: list[URLPattern] = []
