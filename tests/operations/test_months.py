"""The page of months, whatever the database."""

from django.test import Client

from tests.operations.outsiders import assert_hidden
from tests.personas import Personas

PAGE = "/registro/meses/"
OLD = f"{PAGE}2025/3/"


def test_whoever_does_not_administer_finds_no_page(personas: Personas) -> None:
    assert_hidden(personas, PAGE, f"{OLD}separar/", f"{OLD}adjuntar/")


def test_the_page_has_one_heading_and_no_inline_style(admin: Client) -> None:
    text = admin.get(PAGE).content.decode()

    assert text.count("<h1") == 1
    assert "style=" not in text
