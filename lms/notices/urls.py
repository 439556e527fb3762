from django.urls import path

from lms.notices import views

app_name = "notices"

urlpatterns = [path("baja/<str:token>/", views.unsubscribe, name="unsubscribe")]
