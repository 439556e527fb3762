"""«Formas de ingresar»: connecting ClaveÚnica to an account made by e-mail, and disconnecting it."""

from datetime import datetime

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as django_settings
from django.core import mail
from django.test import Client, RequestFactory

from lms.people.models import Person, Pseudonym, User
from lms.people.services.accounts import link_person
from tests.accounts.conftest import CLAVE_UNICA, go_through, text_of
from tests.factories.people import PersonFactory, PostingFactory, UserFactory
from tests.openid_provider import Provider

RUN = "44444444-4"
PAGE = "/cuentas/formas-de-ingresar/"


@pytest.fixture
def user(db: None, at: datetime) -> User:
    """Made by e-mail; its person has no RUN and has learned nothing."""
    user: User = UserFactory(email="carmen@servicio.example", first_name="Carmen")
    user.emailaddress_set.create(email=user.email, verified=True, primary=True)
    link_person(user=user, at=at)
    return user


def client_of(user: User, *, recently: bool = True) -> Client:
    """A browser in which the user has logged in and, ``recently``, said the password again."""
    client = Client()
    client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
    if recently:
        request = RequestFactory().get("/")
        request.session = client.session
        record_authentication(request, user, method="password", reauthenticated=True)
        request.session.save()
    return client


def connect(client: Client) -> str:
    """Press «Conectar» and come back: the words of the page that follows."""
    response = go_through(client, CLAVE_UNICA, process="connect")
    return text_of(client.get(response["Location"]) if response.status_code == 302 else response)


def test_it_is_connected_and_the_run_is_noted(provider: Provider, user: User) -> None:
    words = connect(client_of(user))
    user.person.refresh_from_db()
    assert "desde ahora también ingresas con ClaveÚnica" in words
    assert user.person.run_masked == "44.•••.•44-4" and SocialAccount.objects.get().user == user


def test_the_owner_is_told(provider: Provider, user: User) -> None:
    connect(client_of(user))
    assert mail.outbox[0].subject == "[Aula Abierta] Hay una forma nueva de ingresar a tu cuenta"


def test_connecting_twice_changes_nothing(provider: Provider, user: User) -> None:
    connect(client_of(user))
    connect(client_of(user))
    assert SocialAccount.objects.count() == 1 and len(mail.outbox) == 1


def test_it_asks_who_i_am_first(provider: Provider, user: User) -> None:
    response = client_of(user, recently=False).post(f"{CLAVE_UNICA}ingresar/", {"process": "connect"})
    assert response["Location"].startswith("/cuentas/confirmar-identidad/")
    assert not provider.asked


def test_after_saying_who_i_am_it_goes_on(provider: Provider, user: User) -> None:
    client = client_of(user, recently=False)
    to = client.post(f"{CLAVE_UNICA}ingresar/", {"process": "connect"})["Location"]
    page = client.post(to, {"password": "una-clave-larga-de-prueba"}, follow=True)
    assert "Te llevamos a ClaveÚnica" in text_of(page)


def test_a_loaded_person_without_account_comes_with_it(provider: Provider, user: User) -> None:
    own = user.person
    loaded = PostingFactory(person=PersonFactory(run=RUN)).person
    connect(client_of(user))
    loaded.refresh_from_db()
    assert loaded.user == user and not Person.objects.filter(pk=own.pk).exists()


def test_a_record_is_never_left_behind(provider: Provider, user: User) -> None:
    Pseudonym.objects.create(person=user.person, context="citizen", name="abc")
    loaded = PersonFactory(run=RUN)
    words = connect(client_of(user))
    loaded.refresh_from_db()
    assert "Gestión de Personas de tu institución que una los dos registros" in words
    assert loaded.user is None and not SocialAccount.objects.exists()


def test_a_job_is_a_record_too(provider: Provider, user: User) -> None:
    PostingFactory(person=user.person)
    PersonFactory(run=RUN)
    assert "Tienes dos registros" in connect(client_of(user))


def test_a_run_with_another_account_is_refused(provider: Provider, user: User) -> None:
    PersonFactory(run=RUN, user=UserFactory())
    assert "Ese RUN ya tiene otra cuenta" in connect(client_of(user))
    assert not SocialAccount.objects.exists()


def test_the_run_of_somebody_else_is_refused(provider: Provider, user: User) -> None:
    Person.objects.filter(user=user).delete()
    PersonFactory(user=user)
    assert "El RUN no coincide" in connect(client_of(user))
    assert not SocialAccount.objects.exists()


def test_what_opens_another_account_is_refused(provider: Provider, user: User) -> None:
    go_through(Client(), CLAVE_UNICA)
    assert "Ya se usa en otra cuenta" in connect(client_of(user))


def test_who_is_not_logged_in_connects_nothing_but_signs_in(provider: Provider) -> None:
    go_through(Client(), CLAVE_UNICA, process="connect")
    assert SocialAccount.objects.get().user.email is None


def test_the_page_shows_what_opens_my_account(provider: Provider, user: User) -> None:
    words = text_of(client_of(user).get(PAGE))
    assert "Correo y contraseña Lista para usar" in words
    assert "ClaveÚnica Sin conectar" in words and "Servicio de Salud Sin conectar" in words


def test_it_is_disconnected(provider: Provider, user: User) -> None:
    client = client_of(user)
    connect(client)
    page = client.post(PAGE, {"account": SocialAccount.objects.get().pk}, follow=True)
    assert "Ya no ingresas con ClaveÚnica" in text_of(page) and not SocialAccount.objects.exists()


def test_the_only_way_in_stays(provider: Provider) -> None:
    client = Client()
    go_through(client, CLAVE_UNICA)
    page = client.post(PAGE, {"account": SocialAccount.objects.get().pk}, follow=True)
    assert "Es tu única forma de ingresar" in text_of(page) and SocialAccount.objects.exists()


def test_a_provider_that_is_no_longer_offered_is_no_way_in(provider: Provider) -> None:
    client = Client()
    go_through(client, CLAVE_UNICA)
    user = User.objects.get()
    SocialAccount.objects.create(user=user, provider="antiguo", uid="x")
    page = client.post(PAGE, {"account": SocialAccount.objects.get(provider="clave_unica").pk}, follow=True)
    assert "Es tu única forma de ingresar" in text_of(page)


@pytest.mark.parametrize("number", ["", "x", "999999", "9" * 30])
def test_what_is_not_mine_is_not_disconnected(provider: Provider, user: User, number: str) -> None:
    assert client_of(user).post(PAGE, {"account": number}).status_code == 404


def test_the_account_of_somebody_else_is_not_disconnected(provider: Provider, user: User) -> None:
    go_through(Client(), CLAVE_UNICA)
    assert client_of(user).post(PAGE, {"account": SocialAccount.objects.get().pk}).status_code == 404
    assert SocialAccount.objects.exists()


def test_disconnecting_asks_who_i_am(provider: Provider, user: User) -> None:
    response = client_of(user, recently=False).post(PAGE, {"account": "1"})
    assert response["Location"].startswith("/cuentas/confirmar-identidad/")
