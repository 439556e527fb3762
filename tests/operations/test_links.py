"""How administrators find these screens."""

from django.test import Client

from tests.personas import Personas, client_for

LINK = '<a href="/registro/">'


def test_the_menu_of_an_administrator_leads_to_the_record(admin: Client) -> None:
    assert LINK in admin.get("/aula/").content.decode()


def test_nobody_else_has_that_link(personas: Personas) -> None:
    for user in (personas.ana, personas.carla, personas.diego, personas.pedro):
        assert LINK not in client_for(user).get("/aula/").content.decode()


def test_the_sections_lead_to_one_another_and_say_which_is_open(admin: Client) -> None:
    for path in ("/registro/", "/registro/credenciales/", "/registro/reenvios/", "/registro/meses/"):
        text = admin.get(path).content.decode()
        for other in ("Declaraciones", "Credenciales", "Reenvíos", "Meses"):
            assert f">{other}</a>" in text
        assert f'<a href="{path}" aria-current="page">' in text
