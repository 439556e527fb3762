from django.urls import path

from lms.classroom.views import certificates

app_name = "certificates_mine"

urlpatterns = [
    path("", certificates.my_certificates, name="list"),
    path("<uuid:certificate_id>/pdf/", certificates.download, name="pdf"),
    path("<uuid:certificate_id>/visibilidad/", certificates.change_visibility, name="visibility"),
]
