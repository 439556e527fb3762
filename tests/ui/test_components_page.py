import pytest
from django.test import Client

from tests.ui.markup import read_markup

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ui.urls")]


def test_catalogue_of_components_is_shown(client: Client) -> None:
    response = client.get("/componentes/")
    assert response.status_code == 200
    assert len(read_markup(response.content.decode()).all("h1")) == 1


def test_catalogue_repeats_no_id(client: Client) -> None:
    markup = read_markup(client.get("/componentes/").content.decode())
    ids = [element.attrs["id"] for element in markup.elements if "id" in element.attrs]
    assert len(ids) == len(set(ids))


def test_catalogue_answers_a_wrong_form_with_the_errors(client: Client) -> None:
    response = client.post("/componentes/", {"email": "mal"})
    assert response.status_code == 200
    assert "Hay algo que corregir" in response.content.decode()
