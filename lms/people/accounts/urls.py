"""allauth's views under Spanish addresses; names stay allauth's, which its own code looks up."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as sessions
from django.urls import path, re_path

from lms.people.accounts import invitation_views, sign_in_views
from lms.people.accounts.clave_unica import views as clave_unica
from lms.people.accounts.institutions import views as institutions

urlpatterns = [
    path("ingresar/", account.login, name="account_login"),
    path("salir/", account.logout, name="account_logout"),
    path("inactiva/", account.account_inactive, name="account_inactive"),
    path("crear/", account.signup, name="account_signup"),
    path("confirmar-identidad/", account.reauthenticate, name="account_reauthenticate"),
    path("correo/", account.email, name="account_email"),
    path("correo/por-confirmar/", account.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^correo/confirmar/(?P<key>[-:\w]+)/$", account.confirm_email, name="account_confirm_email"),
    path("contrasena/cambiar/", account.password_change, name="account_change_password"),
    path("contrasena/crear/", account.password_set, name="account_set_password"),
    path("contrasena/recuperar/", account.password_reset, name="account_reset_password"),
    path("contrasena/recuperar/enviado/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^contrasena/nueva/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/nueva/lista/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("ingresar/codigo/", account.confirm_login_code, name="account_confirm_login_code"),
    path("segundo-factor/", mfa.index, name="mfa_index"),
    path("segundo-factor/codigo/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-factor/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("segundo-factor/activar/", totp.activate_totp, name="mfa_activate_totp"),
    path("segundo-factor/desactivar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-factor/respaldo/", codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("segundo-factor/respaldo/crear/", codes.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "segundo-factor/respaldo/descargar/",
        codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("sesiones/", sessions.list_usersessions, name="usersessions_list"),
    path("formas-de-ingresar/", sign_in_views.sign_ins, name="socialaccount_connections"),
    path("clave-unica/ingresar/", clave_unica.login, name="clave_unica_login"),
    path("clave-unica/respuesta/", clave_unica.callback, name="clave_unica_callback"),
    path("institucion/<slug:provider_id>/ingresar/", institutions.login, name="institution_login"),
    path("institucion/<slug:provider_id>/respuesta/", institutions.callback, name="institution_callback"),
    path("invitacion/<str:token>/", invitation_views.invitation, name="invitation"),
]
