from django.urls import path

from lms.reports.ethics import views_code, views_history, views_slot_matrix, views_slots, views_system

app_name = "integrity"

SLOT = "espacios/<slug:slug>/"

urlpatterns = [
    path("", views_system.integrity_system, name="system"),
    path("codigo/", views_code.edit_code, name="code"),
    path(SLOT, views_slots.edit_slot, name="slot"),
    path(SLOT + "historial/", views_history.history, name="slot_history"),
    path("matriz/", views_slot_matrix.matrix, name="matrix"),
    path("matriz.csv", views_slot_matrix.export_matrix, name="matrix_csv"),
]
