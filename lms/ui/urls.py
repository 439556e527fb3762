"""The catalogue of components, for those who build screens."""

from django.urls import path

from lms.ui import views

urlpatterns = [path("", views.show_components, name="ui_components")]
