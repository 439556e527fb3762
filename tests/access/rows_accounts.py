"""Accounts: to log in, to sign up, to be invited."""

from tests.access.cases import (
    GUESTS,
    MEMBERS,
    NOT_ALLOWED,
    Case,
    for_guests,
    for_members,
    of_letter_to_rosa,
    of_provider,
    open_to_all,
)

ROWS: dict[str, list[Case]] = {
    "account_login": [for_guests()],
    "account_signup": [for_guests()],
    "account_logout": [Case(MEMBERS, 200, None, guests_to="/"), open_to_all(None, 302)],
    "account_inactive": [open_to_all()],
    "account_reauthenticate": [for_members(200, 200)],
    "account_email": [for_members(200, 302)],
    "account_email_verification_sent": [open_to_all()],
    "account_confirm_email": [open_to_all(200, 404, args=lambda world: {"key": "abc"})],
    "account_change_password": [for_members(200, 200)],
    "account_set_password": [for_members(302, 302)],
    "account_reset_password": [open_to_all(200, 200)],
    "account_reset_password_done": [open_to_all()],
    "account_reset_password_from_key": [
        open_to_all(200, 200, args=lambda world: {"uidb36": "1", "key": "x-y"})
    ],
    "account_reset_password_from_key_done": [open_to_all()],
    "account_confirm_login_code": [open_to_all(302, 302)],
    "mfa_index": [for_members()],
    "mfa_authenticate": [open_to_all(302, 302)],
    "mfa_reauthenticate": [for_members(200, 200)],
    "mfa_activate_totp": [for_members(302, 302)],
    "mfa_deactivate_totp": [for_members(302, 302)],
    "mfa_view_recovery_codes": [for_members(404)],
    "mfa_generate_recovery_codes": [for_members(302, 302)],
    "mfa_download_recovery_codes": [for_members(404, 404)],
    "usersessions_list": [for_members(200, 302)],
    "socialaccount_connections": [for_members(200, 302)],
    # No provider is configured here: the addresses do not exist.
    "clave_unica_login": [open_to_all(404, 404)],
    "clave_unica_callback": [open_to_all(404, NOT_ALLOWED)],
    "institution_login": [open_to_all(404, 404, args=of_provider)],
    "institution_callback": [open_to_all(404, NOT_ALLOWED, args=of_provider)],
    "invitation": [
        open_to_all(404, 404, args=lambda world: {"token": "x"}),
        open_to_all(200, None, args=of_letter_to_rosa),
        Case(GUESTS, None, 400, refused=200, args=of_letter_to_rosa),
    ],
}
