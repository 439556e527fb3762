import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.ui.markup import Markup, read_markup

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]

ENGLISH = re.compile(r"\b(Sign|Password|Email address|Forgot|Remember|Your|Please|Enter|Change|Address)\b")
PASSWORD = "una frase larga y propia"
PUBLIC = {
    "account_login": ("Ingresar", {"login": "email", "password": "current-password"}),
    "account_signup": (
        "Crear tu cuenta",
        {
            "email": "email",
            "password1": "new-password",
            "password2": "new-password",
            "first_name": "given-name",
        },
    ),
    "account_reset_password": ("Recuperar tu contraseña", {"email": "email"}),
}
OWN = {
    "account_email": "Tus correos",
    "account_change_password": "Cambiar tu contraseña",
    "account_logout": "Salir de tu cuenta",
    "mfa_index": "Segundo factor",
    "usersessions_list": "Sesiones abiertas",
}
PLAIN = {
    "account_email_verification_sent": "Confirma tu correo",
    "account_reset_password_done": "Revisa tu correo",
    "account_inactive": "Esta cuenta está desactivada",
    "account_reset_password_from_key_done": "Tu contraseña cambió",
}


@pytest.fixture
def person(client: Client) -> Client:
    """Ana has just given her password."""
    user = get_user_model().objects.create_user(email="ana@servicio.example", password=PASSWORD)
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


@pytest.fixture
def trusted(person: Client) -> Client:
    """Ana has also confirmed that it is her."""
    person.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return person


@pytest.fixture
def protected(trusted: Client) -> Client:
    """Ana uses a second factor."""
    page = _page(trusted, "mfa_activate_totp")
    [secret] = [b.text.strip() for b in page.all("b") if b.attrs.get("class") == "plain-code"]
    answer = trusted.post(reverse("mfa_activate_totp"), {"code": _code(secret)})
    assert answer.status_code == 302
    return trusted


def _code(secret: str) -> str:
    """What the application on the telephone shows now (RFC 6238)."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def _page(client: Client, name: str) -> Markup:
    response = client.get(reverse(name))
    assert response.status_code == 200
    return read_markup(response.content.decode())


def _check(markup: Markup, title: str) -> None:
    assert [h1.text.strip() for h1 in markup.all("h1")] == [title]
    assert all(markup.name_of(control) for control in markup.visible_controls)
    assert len([e for e in markup.elements if "go" in e.attrs.get("class", "").split()]) <= 1
    assert not ENGLISH.search(markup.all("main")[0].text)


@pytest.mark.parametrize("name", PUBLIC)
def test_public_page_is_in_plain_spanish_with_one_heading_and_named_fields(client: Client, name: str) -> None:
    _check(_page(client, name), PUBLIC[name][0])


@pytest.mark.parametrize("name", PUBLIC)
def test_fields_say_what_the_browser_may_fill_in(client: Client, name: str) -> None:
    given = {c.attrs["name"]: c.attrs.get("autocomplete") for c in _page(client, name).visible_controls}
    assert PUBLIC[name][1].items() <= given.items()


@pytest.mark.parametrize("name", PLAIN)
def test_page_that_only_informs_is_in_plain_spanish(client: Client, name: str) -> None:
    _check(_page(client, name), PLAIN[name])


@pytest.mark.parametrize("name", OWN)
def test_own_page_is_in_plain_spanish_with_one_heading_and_named_fields(person: Client, name: str) -> None:
    _check(_page(person, name), OWN[name])


def test_second_factor_is_set_up_with_a_drawn_code_and_its_key(trusted: Client) -> None:
    markup = _page(trusted, "mfa_activate_totp")
    _check(markup, "Activar el segundo factor")
    assert any(svg.attrs.get("class") == "qr" for svg in markup.all("svg"))
    assert markup.visible_controls[0].attrs["autocomplete"] == "one-time-code"


def test_wrong_code_of_the_second_factor_is_explained(trusted: Client) -> None:
    response = trusted.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "Hay algo que corregir" in response.content.decode()


def test_page_to_confirm_who_i_am_is_in_plain_spanish(person: Client) -> None:
    _check(_page(person, "account_reauthenticate"), "Confirma que eres tú")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("mfa_index", "Segundo factor"),
        ("mfa_view_recovery_codes", "Códigos de respaldo"),
        ("mfa_generate_recovery_codes", "Crear códigos de respaldo"),
        ("mfa_deactivate_totp", "Desactivar el segundo factor"),
        ("mfa_reauthenticate", "Confirma que eres tú"),
    ],
)
def test_page_of_the_second_factor_is_in_plain_spanish(protected: Client, name: str, title: str) -> None:
    _check(_page(protected, name), title)


def test_backup_codes_are_listed(protected: Client) -> None:
    markup = _page(protected, "mfa_view_recovery_codes")
    assert len([li for li in markup.all("li") if re.fullmatch(r"[0-9a-f]{8}", li.text.strip())]) == 10


def test_log_in_with_second_factor_asks_for_the_code(protected: Client) -> None:
    protected.post(reverse("account_logout"))
    protected.post(reverse("account_login"), {"login": "ana@servicio.example", "password": PASSWORD})
    _check(_page(protected, "mfa_authenticate"), "Tu segundo factor")


def test_own_pages_mark_where_i_am(person: Client) -> None:
    marked = [
        a.attrs["href"] for a in _page(person, "mfa_index").all("a") if a.attrs.get("aria-current") == "page"
    ]
    assert marked == [reverse("mfa_index")]


def test_wrong_password_is_explained_and_no_field_is_lost(client: Client) -> None:
    response = client.post(reverse("account_login"), {"login": "nadie@servicio.example", "password": "mala"})
    assert response.status_code == 200
    markup = read_markup(response.content.decode())
    assert any("data-error-summary" in e.attrs for e in markup.elements)
    _check(markup, "Ingresar")


@pytest.mark.parametrize("name", PUBLIC)
def test_empty_form_is_answered_with_errors(client: Client, name: str) -> None:
    response = client.post(reverse(name), {})
    assert response.status_code == 200
    assert "Hay algo que corregir" in response.content.decode()


def test_hint_of_the_password_names_the_minimum_of_the_settings(client: Client) -> None:
    minimum = next(v["OPTIONS"]["min_length"] for v in settings.AUTH_PASSWORD_VALIDATORS if "OPTIONS" in v)
    assert (
        f"{minimum} caracteres o más" in _page(client, "account_signup").with_id("id_password1_helptext").text
    )


def test_link_that_no_longer_works_says_so(client: Client) -> None:
    url = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "usada"})
    _check(read_markup(client.get(url).content.decode()), "El enlace ya no sirve")


def test_confirmation_that_no_longer_works_says_so(client: Client) -> None:
    url = reverse("account_confirm_email", kwargs={"key": "usada"})
    _check(read_markup(client.get(url).content.decode()), "El enlace ya no sirve")


def test_message_to_recover_the_password_is_in_spanish(client: Client) -> None:
    get_user_model().objects.create_user(email="ana@servicio.example", password=PASSWORD)
    client.post(reverse("account_reset_password"), {"email": "ana@servicio.example"})
    message = mail.outbox[0]
    assert message.subject == "[Aula Abierta] Crea una contraseña nueva"
    assert "/cuentas/contrasena/nueva/" in message.body
    assert not ENGLISH.search(message.body)


def test_message_to_confirm_a_new_account_is_in_spanish(client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {
            "first_name": "Ana",
            "last_name": "Soto",
            "email": "ana@servicio.example",
            "password1": PASSWORD,
            "password2": PASSWORD,
        },
    )
    message = mail.outbox[0]
    assert message.subject == "[Aula Abierta] Termina de crear tu cuenta"
    assert "/cuentas/correo/confirmar/" in message.body
    assert not ENGLISH.search(message.body)


def test_notice_of_a_changed_password_is_in_spanish(person: Client) -> None:
    mail.outbox.clear()
    new = "otra frase bastante distinta"
    person.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert mail.outbox[0].subject == "[Aula Abierta] Cambió tu contraseña"
    assert "Si no fuiste tú" in mail.outbox[0].body


def test_name_with_markup_is_shown_as_text(client: Client) -> None:
    user = get_user_model().objects.create_user(
        email="ana@servicio.example", password=PASSWORD, first_name="<img src=x>"
    )
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    html = client.get(reverse("account_email")).content.decode()
    assert "<img src=x>" not in html
