"""Addresses below ``/plan/``: what leaves the plan: files, catalogue, feed, API, embeds, documents."""

from django.urls import URLPattern

app_name = "publishing"
urlpatterns: list[URLPattern] = []
