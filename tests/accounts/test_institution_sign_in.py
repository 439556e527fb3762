"""Signing in with an institution's provider."""

from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from lms.lib.run import fingerprint_run
from lms.people.models import Person, User
from lms.settings.sign_in import read_providers
from tests.accounts.conftest import INSTITUTION, go_through, leave, text_of
from tests.factories.people import (
    InstitutionFactory,
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UserFactory,
    make_run,
)
from tests.openid_provider import Provider

RUN = make_run(12_345_678)


@pytest.fixture
def with_run_claim(provider: Provider, settings: Settings) -> Provider:
    """The provider may say the RUN of the people of AA900."""
    environment = provider.environment(OIDC_SALUD_RUN_CLAIM="run", OIDC_SALUD_INSTITUTION="AA900")
    settings.SOCIALACCOUNT_PROVIDERS = read_providers(environment)
    provider.behaviour.profile |= {"run": RUN, "email": None}
    return provider


def account_of(email: str, **person: str) -> User:
    user: User = UserFactory(email=email)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    PersonFactory(user=user, email=email, **person)
    return user


def test_somebody_new_gets_an_account_and_is_let_in(provider: Provider) -> None:
    client = Client()
    response = go_through(client, INSTITUTION)
    user = User.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/aula/")
    assert (user.email, user.first_name, user.last_name) == ("ana@salud.example", "Ana", "Ñanco")
    assert user.person.email == user.email and not user.has_usable_password()
    assert client.get("/aula/").status_code == 200


def test_the_same_person_comes_back_to_the_same_account(provider: Provider) -> None:
    go_through(Client(), INSTITUTION)
    provider.behaviour.profile |= {"email": "otro@salud.example"}
    go_through(Client(), INSTITUTION)
    assert User.objects.count() == SocialAccount.objects.count() == Person.objects.count() == 1


def test_the_button_returns_to_the_page_that_was_asked_for(provider: Provider) -> None:
    assert go_through(Client(), INSTITUTION, next="/mis-certificados/")["Location"] == "/mis-certificados/"


def test_the_button_never_leads_to_another_site(provider: Provider) -> None:
    assert go_through(Client(), INSTITUTION, next="https://otro.example/")["Location"] == "/aula/"


def test_the_question_to_the_provider_has_proof_state_and_nonce(provider: Provider) -> None:
    asked = parse_qs(urlsplit(leave(Client(), INSTITUTION)).query)
    assert asked["response_type"] == ["code"] and asked["scope"] == ["openid profile email"]
    assert asked["code_challenge_method"] == ["S256"]
    assert all(len(asked[name][0]) >= 16 for name in ("code_challenge", "state", "nonce"))


def test_what_the_visitor_adds_to_the_address_is_not_passed_on(provider: Provider) -> None:
    client = Client()
    page = client.post(f"{INSTITUTION}ingresar/?scope=admin&auth_params=nonce%3Dmine").content.decode()
    main = page.split("<footer")[0]  # below it one may only come back to this very address
    assert "admin" not in main and "nonce=mine" not in main


def test_going_there_by_a_link_asks_first(provider: Provider) -> None:
    words = text_of(Client().get(f"{INSTITUTION}ingresar/"))
    assert "Ir a Servicio de Salud" in words and not provider.asked


def test_nothing_of_the_answer_is_kept_but_a_hash(provider: Provider) -> None:
    go_through(Client(), INSTITUTION)
    account = SocialAccount.objects.get()
    assert account.extra_data == {} and "ana" not in account.uid and len(account.uid) == 64
    assert not SocialToken.objects.exists()


def test_the_login_page_offers_what_is_configured(provider: Provider) -> None:
    words = text_of(Client().get("/cuentas/ingresar/"))
    assert "ClaveÚnica" in words and "Servicio de Salud" in words


def test_nothing_configured_is_nothing_offered(db: None) -> None:
    assert "También puedes ingresar" not in text_of(Client().get("/cuentas/ingresar/"))


@pytest.mark.parametrize("path", ["institucion/salud", "clave-unica"])
@pytest.mark.parametrize("step", ["ingresar", "respuesta"])
def test_a_provider_that_is_not_configured_has_no_address(db: None, path: str, step: str) -> None:
    assert Client().get(f"/cuentas/{path}/{step}/?code=x&state=y").status_code == 404


def test_a_provider_in_the_database_is_not_used(db: None) -> None:
    SocialApp.objects.create(provider="clave_unica", name="ClaveÚnica", client_id="x", secret="y")
    assert Client().get("/cuentas/clave-unica/ingresar/").status_code == 404


# --- Whose account it is
def test_a_proved_address_opens_the_account_that_has_it(provider: Provider) -> None:
    user = account_of("ana@salud.example")
    client = Client()
    go_through(client, INSTITUTION)
    assert User.objects.get() == user and SocialAccount.objects.get().user == user


def test_the_owner_is_told_that_there_is_a_new_way_in(provider: Provider) -> None:
    account_of("ana@salud.example")
    go_through(Client(), INSTITUTION)
    assert mail.outbox[0].to == ["ana@salud.example"]
    assert "ingresar a tu cuenta con Servicio de Salud" in mail.outbox[0].body


def test_a_proved_address_recognises_whom_hr_loaded(provider: Provider) -> None:
    loaded = PersonFactory(email="Ana@salud.example", given_names="Ana María")
    go_through(Client(), INSTITUTION)
    loaded.refresh_from_db()
    assert loaded.user == User.objects.get() and loaded.user.first_name == "Ana María"


@pytest.mark.parametrize("verified", [False, None, "true", 1])
def test_an_address_that_is_not_proved_links_nobody_and_is_not_kept(
    provider: Provider, verified: object
) -> None:
    user = account_of("ana@salud.example")
    provider.behaviour.profile |= {"email_verified": verified}
    go_through(Client(), INSTITUTION)
    made = User.objects.exclude(pk=user.pk).get()
    assert made.email is None and made.person != user.person
    assert not EmailAddress.objects.filter(user=made).exists()


def test_a_provider_does_not_speak_for_other_domains(provider: Provider) -> None:
    user = account_of("jefa@hacienda.example")
    provider.behaviour.profile |= {"email": "jefa@hacienda.example"}
    go_through(Client(), INSTITUTION)
    assert not SocialAccount.objects.filter(user=user).exists()


def test_an_address_that_somebody_only_claimed_goes_to_its_owner(provider: Provider) -> None:
    """Otherwise whoever signed up first under a colleague's address would keep her out, or get in with her."""
    UserFactory(email="ana@salud.example").emailaddress_set.create(email="ana@salud.example", primary=True)
    go_through(Client(), INSTITUTION)
    user = User.objects.get()
    assert SocialAccount.objects.get().user == user and not user.has_usable_password()


def test_a_closed_account_stays_closed(provider: Provider) -> None:
    user = account_of("ana@salud.example")
    User.objects.filter(pk=user.pk).update(is_active=False)
    client = Client()
    response = go_through(client, INSTITUTION)
    assert response["Location"] == "/cuentas/inactiva/" and client.get("/aula/").status_code == 302


def test_the_run_finds_whom_hr_loaded_in_that_institution(with_run_claim: Provider) -> None:
    loaded = PostingFactory(
        institution=InstitutionFactory(code="AA900"), person=PersonFactory(run=RUN, email="")
    ).person
    go_through(Client(), INSTITUTION)
    loaded.refresh_from_db()
    assert loaded.user == User.objects.get()


def test_the_run_finds_nobody_of_another_institution(with_run_claim: Provider) -> None:
    InstitutionFactory(code="AA900")
    loaded = PostingFactory(
        institution=InstitutionFactory(code="AA901"), person=PersonFactory(run=RUN)
    ).person
    go_through(Client(), INSTITUTION)
    loaded.refresh_from_db()
    assert loaded.user is None and User.objects.get().person.run_fingerprint is None


def test_an_unknown_run_on_an_institutions_word_is_not_noted(
    with_run_claim: Provider, settings: Settings
) -> None:
    go_through(Client(), INSTITUTION)
    assert not Person.objects.filter(run_fingerprint=fingerprint_run(RUN, settings.RUN_KEY)).exists()


# --- Second factor
def test_a_role_is_sent_to_set_up_its_second_factor(provider: Provider) -> None:
    user = account_of("ana@salud.example")
    RoleAssignmentFactory(user=user, role="hr")
    client = Client()
    go_through(client, INSTITUTION)
    assert client.get("/cumplimiento/")["Location"].startswith("/cuentas/segundo-factor/activar/")


def test_a_role_gives_its_second_factor_before_it_is_let_in(provider: Provider) -> None:
    user = account_of("ana@salud.example")
    RoleAssignmentFactory(user=user, role="hr")
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "X"})
    client = Client()
    response = go_through(client, INSTITUTION)
    assert response["Location"].startswith("/cuentas/segundo-factor/codigo/")
    assert client.get("/cumplimiento/")["Location"].startswith("/cuentas/")


# --- Settings
def described(**changes: str) -> dict[str, str]:
    fields = {
        "OIDC_A_ISSUER": "https://id.example/",
        "OIDC_A_CLIENT_ID": "x",
        "OIDC_A_CLIENT_SECRET": "y",
        "OIDC_A_LABEL": "A",
        "OIDC_A_DOMAINS": "a.example, B.example",
    }
    return {name: value for name, value in (fields | changes).items() if value}


def test_a_provider_is_read_from_the_environment() -> None:
    app = read_providers(described())["institution_openid"]["APPS"][0]
    assert (app["provider_id"], app["settings"]["issuer"]) == ("a", "https://id.example")
    assert app["settings"]["domains"] == ["a.example", "b.example"]


@pytest.mark.parametrize(
    "changes",
    [
        {"OIDC_A_CLIENT_SECRET": ""},
        {"OIDC_A_DOMAINS": ""},
        {"OIDC_A_ISSUER": "http://id.example"},
        {"OIDC_A_ISSUER": "http://127.0.0.1.example"},
        {"OIDC_A_SECRETO": "x"},
        {"OIDC_A_RUN_CLAIM": "run"},
        {"CLAVE_UNICA_CLIENT_ID": "x"},
        {
            "CLAVE_UNICA_CLIENT_ID": "x",
            "CLAVE_UNICA_CLIENT_SECRET": "y",
            "CLAVE_UNICA_URL": "http://x.example",
        },
    ],
)
def test_a_provider_described_by_halves_stops_the_start(changes: dict[str, str]) -> None:
    with pytest.raises(ImproperlyConfigured):
        read_providers(described(**changes))
