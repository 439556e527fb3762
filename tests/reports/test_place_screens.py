"""HR keeps the units of its institution; administrators keep the institutions."""

from datetime import date
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from lms.people.models import Institution, Role, Unit
from tests.factories.people import (
    InstitutionFactory,
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

pytestmark = pytest.mark.usefixtures("fixed_clock")

UNITS, CREATE = "/cumplimiento/unidades/", "/cumplimiento/unidades/nueva/"
PLACES = "/cumplimiento/instituciones/gestion/"


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def rita(personas: Personas) -> Client:
    user = UserFactory(email="rita@servicio.example")
    RoleAssignmentFactory(user=user, role=Role.ADMINISTRATOR, everywhere=True)
    return client_for(user)


def post(client: Client, url: str, **data: Any) -> HttpResponse:
    return client.post(url, data, follow=True)  # type: ignore[return-value]


def edit(unit: Unit) -> str:
    return reverse("reports:unit_edit", args=[unit.pk])


def text_of(response: HttpResponse) -> str:
    return response.content.decode()


# --- Units ------------------------------------------------------------------------------------------
def test_the_tree_shows_units_and_how_many_people_work_in_each(personas: Personas, carla: Client) -> None:
    PostingFactory(
        institution=personas.institution, person=PersonFactory(),
        unit=UnitFactory(institution=personas.institution, parent=personas.unit, name="Sección de Bienestar"),
    )  # fmt: skip
    page = text_of(carla.get(UNITS))
    for words in (
        "2 unidades",
        "Sección de Bienestar",
        "1 persona",
        "6 personas",
        "(7 con las que dependen)",
    ):
        assert words in page


def test_a_unit_is_created_renamed_hung_elsewhere_and_closed(personas: Personas, carla: Client) -> None:
    page = post(carla, CREATE, code="BIE", name="Bienestar", parent=str(personas.unit.pk))
    assert "La unidad quedó creada." in text_of(page)
    unit = Unit.objects.get(code="BIE")
    assert unit.parent == personas.unit
    post(carla, edit(unit), name="Bienestar y Clima", parent="")
    unit.refresh_from_db()
    assert (unit.name, unit.parent) == ("Bienestar y Clima", None)
    page = post(carla, reverse("reports:unit_close", args=[unit.pk]))
    assert "quedó cerrada" in text_of(page) and "Cerradas" in text_of(page)
    page = post(carla, reverse("reports:unit_reopen", args=[unit.pk]))
    assert "está abierta otra vez" in text_of(page)


def test_a_unit_with_people_or_units_is_not_closed(personas: Personas, carla: Client) -> None:
    top = UnitFactory(institution=personas.institution)
    Unit.objects.filter(pk=personas.unit.pk).update(parent=top)
    assert "trabajan personas" in text_of(post(carla, reverse("reports:unit_close", args=[personas.unit.pk])))
    assert "dependen otras unidades" in text_of(post(carla, reverse("reports:unit_close", args=[top.pk])))
    assert not Unit.objects.filter(valid_until__isnull=False).exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": ""}, "Escribe el código."),
        ({"code": "per"}, "ya tiene una unidad con ese código"),
        ({"code": "x" * 41}, "Hay algo que corregir"),
        ({"name": ""}, "Escribe el nombre."),
        ({"parent": "999999"}, "Elige una unidad de la lista."),
    ],
)
def test_a_wrong_unit_says_what_to_correct(
    personas: Personas, carla: Client, changes: dict[str, str], message: str
) -> None:
    data = {"code": "BIE", "name": "Bienestar y Clima", "parent": ""} | changes
    response = carla.post(CREATE, data)
    page = text_of(response)
    assert (response.status_code, message in page) == (400, True)
    assert "Bienestar y Clima" in page or "name" in changes
    assert Unit.objects.filter(institution=personas.institution).count() == 1


def test_a_unit_does_not_hang_from_its_own(personas: Personas, carla: Client) -> None:
    child = UnitFactory(institution=personas.institution, parent=personas.unit)
    page = text_of(post(carla, edit(personas.unit), name="X", parent=str(child.pk)))
    assert "Esa unidad es ella misma o depende de ella." in page


def test_elena_finds_no_unit_of_another_institution(personas: Personas) -> None:
    elena = client_for(personas.elena)
    assert elena.get(f"{UNITS}?institucion=AA900").status_code == 404
    assert elena.get(f"{CREATE}?institucion=AA900").status_code == 404
    assert elena.get(edit(personas.unit)).status_code == 404
    for name in ("unit_close", "unit_reopen"):
        assert elena.post(reverse(f"reports:{name}", args=[personas.unit.pk])).status_code == 404
    assert "Servicio de Registros" not in text_of(elena.get(UNITS))


def test_hr_of_a_unit_keeps_what_is_below_it(personas: Personas) -> None:
    hr = UserFactory(email="unidad@servicio.example")
    RoleAssignmentFactory(user=hr, role=Role.HR, institution=personas.institution, unit=personas.unit)
    beside = UnitFactory(institution=personas.institution, name="Finanzas")
    client = client_for(hr)
    assert "Finanzas" not in text_of(client.get(UNITS))
    assert client.get(edit(beside)).status_code == 404
    assert "Elige de qué unidad depende." in text_of(post(client, CREATE, code="N1", name="Nueva", parent=""))
    wrong = post(client, CREATE, code="N1", name="Nueva", parent=str(beside.pk))
    assert "Elige una unidad de la lista." in text_of(wrong)
    post(client, CREATE, code="N1", name="Nueva", parent=str(personas.unit.pk))
    assert Unit.objects.get(code="N1").parent == personas.unit
    post(client, edit(personas.unit), name="Personas y Clima", parent=str(beside.pk))
    personas.unit.refresh_from_db()
    assert (personas.unit.name, personas.unit.parent) == ("Personas y Clima", None)


def test_a_large_tree_asks_no_more_than_a_small_one(personas: Personas, carla: Client) -> None:
    UnitFactory.create_batch(3, institution=personas.institution, parent=personas.unit)
    carla.get(UNITS)
    few = count_page_queries(carla, UNITS)
    UnitFactory.create_batch(27, institution=personas.institution, parent=personas.unit)
    assert count_page_queries(carla, UNITS) == few


def test_names_of_units_are_escaped(personas: Personas, carla: Client) -> None:
    UnitFactory(institution=personas.institution, name="<b>Unidad</b>")
    assert "<b>Unidad</b>" not in text_of(carla.get(UNITS))


# --- Institutions -----------------------------------------------------------------------------------
def facts(**changes: str) -> dict[str, str]:
    return {
        "code": "NN1", "name": "Servicio Nuevo", "kind": "service", "parent": "", "successor": "",
        "valid_from": "2026-01-01", "valid_until": "",
    } | changes  # fmt: skip


def test_an_institution_is_added_and_found(personas: Personas, rita: Client) -> None:
    page = post(rita, f"{PLACES}nueva/", **facts(parent="AA900"))
    assert "La institución quedó guardada." in text_of(page)
    assert Institution.objects.get(code="NN1").parent == personas.institution
    page = text_of(rita.get(PLACES, {"q": "nuevo nn1"}))
    assert "Servicio Nuevo" in page and "Servicio de Caminos" not in page
    assert "No hay instituciones que mostrar" in text_of(rita.get(PLACES, {"q": "ninguna así"}))


def test_an_institution_ends_and_is_succeeded(personas: Personas, rita: Client) -> None:
    place = personas.other_institution
    url = reverse("reports:place_edit", args=[place.pk])
    post(rita, url, **facts(name="Caminos", successor="AA900", valid_until="2026-12-31"))
    place.refresh_from_db()
    assert (place.code, place.name, place.successor, place.valid_until) == (
        "AA901", "Caminos", personas.institution, date(2026, 12, 31),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"code": ""}, "Escribe el código."),
        ({"code": "ñandú 1"}, "Usa solo letras sin tilde, números y guiones."),
        ({"code": "aa900"}, "Otra institución ya tiene ese código."),
        ({"name": ""}, "Escribe el nombre."),
        ({"kind": "club"}, "Elige un tipo de la lista."),
        ({"parent": "ninguna"}, "No hay ninguna institución con ese código o nombre."),
        ({"parent": "servicio"}, "Hay varias con ese nombre."),
        ({"successor": "ninguna"}, "No hay ninguna institución con ese código o nombre."),
        ({"valid_from": "ayer"}, "31-12-2026"),
        ({"valid_until": "2025-12-31"}, "El término es anterior al inicio."),
        ({"valid_until": "2999-12-31"}, "Revisa el año."),
    ],
)
def test_a_wrong_institution_says_what_to_correct(
    personas: Personas, rita: Client, changes: dict[str, str], message: str
) -> None:
    response = rita.post(f"{PLACES}nueva/", facts(**changes))
    page = text_of(response)
    assert (response.status_code, message in page) == (400, True)
    assert "Servicio Nuevo" in page or "name" in changes
    assert Institution.objects.count() == 2


def test_an_institution_depends_neither_on_its_own_nor_succeeds_itself(
    personas: Personas, rita: Client
) -> None:
    InstitutionFactory(code="HIJ", parent=personas.institution)
    url = reverse("reports:place_edit", args=[personas.institution.pk])
    assert "es ella misma o depende de ella" in text_of(post(rita, url, **facts(parent="HIJ")))
    assert "no puede sucederse a sí misma" in text_of(post(rita, url, **facts(successor="AA900")))


def test_hr_keeps_no_institutions(personas: Personas, carla: Client) -> None:
    for url in (PLACES, f"{PLACES}nueva/", f"{PLACES}{personas.institution.pk}/"):
        assert carla.get(url).status_code == 404


def test_a_long_list_asks_no_more_than_a_short_one(personas: Personas, rita: Client) -> None:
    InstitutionFactory.create_batch(3, parent=personas.institution)
    rita.get(PLACES)
    few = count_page_queries(rita, PLACES)
    InstitutionFactory.create_batch(27, parent=personas.institution)
    assert count_page_queries(rita, PLACES) == few
