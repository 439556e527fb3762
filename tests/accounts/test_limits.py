"""Guessing passwords is slowed down, per account and per address."""

import pytest
from django.test import Client
from pytest_django import Settings

from tests.factories.people import UserFactory


@pytest.fixture
def limited(db: None, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = {
        "login": "300/m/ip",
        "login_failed": "60/m/ip,5/300s/key",
        "reset_password": "3/m/ip",
    }
    user = UserFactory(email="ana@servicio.example")
    user.emailaddress_set.create(email="ana@servicio.example", verified=True, primary=True)


def guess(client: Client, password: str) -> str:
    form = {"login": "ana@servicio.example", "password": password}
    return client.post("/cuentas/ingresar/", form).content.decode()


def test_the_sixth_wrong_password_waits(limited: None) -> None:
    client = Client()
    for number in range(5):
        assert "no coinciden" in guess(client, f"equivocada-{number}")
    assert "Espera cinco minutos" in guess(client, "equivocada-6")


def test_while_waiting_the_right_password_does_not_open(limited: None) -> None:
    client = Client()
    for number in range(6):
        guess(client, f"equivocada-{number}")
    guess(client, "una-clave-larga-de-prueba")
    assert client.get("/aula/").status_code == 302


def test_too_many_recoveries_from_one_address_are_refused(limited: None) -> None:
    statuses = [
        Client().post("/cuentas/contrasena/recuperar/", {"email": "ana@servicio.example"}).status_code
        for _number in range(5)
    ]
    assert statuses[-1] == 429
