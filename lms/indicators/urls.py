"""Addresses below ``/plan/``: what a commitment promises beyond training, in figures."""

from django.urls import URLPattern

app_name = "indicators"
urlpatterns: list[URLPattern] = []
