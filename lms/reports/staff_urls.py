"""Included under ``/cumplimiento/``, inside the namespace ``reports``."""

from django.urls import path

from lms.reports.certificates import views_certificates
from lms.reports.people import views_invitations, views_people
from lms.reports.roles import views_delegation, views_roles

CERTIFICATE = "certificados/<uuid:certificate_id>/"

urlpatterns = [
    path("personas/<uuid:public_id>/", views_people.person, name="person"),
    path("personas/<uuid:public_id>/invitar/", views_invitations.invite_person, name="person_invite"),
    path("invitaciones/", views_invitations.invitations, name="invitations"),
    path("certificados/", views_certificates.certificates, name="certificates"),
    path(CERTIFICATE, views_certificates.certificate, name="certificate"),
    path(CERTIFICATE + "revocar/", views_certificates.revoke, name="certificate_revoke"),
    path(CERTIFICATE + "reemitir/", views_certificates.reissue, name="certificate_reissue"),
    path("roles/", views_roles.roles, name="roles"),
    path("delegar/", views_delegation.delegation, name="delegation"),
    path("delegar/<int:assignment_id>/terminar/", views_delegation.end, name="delegation_end"),
    path("roles/<int:assignment_id>/terminar/", views_roles.end, name="role_end"),
]
