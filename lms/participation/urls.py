"""Addresses below ``/plan/``: what citizens say of a plan, and the answers they get."""

from django.urls import URLPattern

app_name = "participation"
urlpatterns: list[URLPattern] = []
