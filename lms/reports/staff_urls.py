"""Included under ``/cumplimiento/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports import views_certificates, views_people, views_roles

CERTIFICATE = "certificados/<uuid:certificate_id>/"

urlpatterns = [
    path("personas/<uuid:public_id>/", views_people.person, name="person"),
    path("certificados/", views_certificates.certificates, name="certificates"),
    path(CERTIFICATE, views_certificates.certificate, name="certificate"),
    path(CERTIFICATE + "revocar/", views_certificates.revoke, name="certificate_revoke"),
    path(CERTIFICATE + "reemitir/", views_certificates.reissue, name="certificate_reissue"),
    path("roles/", views_roles.roles, name="roles"),
    path("roles/<int:assignment_id>/terminar/", views_roles.end, name="role_end"),
]
