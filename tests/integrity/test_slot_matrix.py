"""Institutions × slots: who has what, as far as one may see it."""

from csv import reader
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.test import Client

from lms.people.models import Institution, Role
from lms.people.services.roles import RolePlace, assign_role
from tests.factories.integrity import write_code, write_contacts
from tests.factories.people import InstitutionFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.ui.markup import read_markup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
MATRIX, FILE = "/integridad/matriz/", "/integridad/matriz.csv"
NOBODY = "Sin coordinación"


@pytest.fixture
def pedro(personas: Personas) -> Client:
    """Keeps the plan, sees all institutions."""
    return client_for(personas.pedro)


@pytest.fixture
def service(personas: Personas, at: datetime) -> Institution:
    """Depends on institution A, whose channel is overdue; its own is good, its code about to expire."""
    found: Institution = InstitutionFactory(
        code="AA905", name="Oficina de Islas", parent=personas.institution
    )
    write_contacts(personas.institution, at, review_by=at.date() - timedelta(days=1))
    write_contacts(found, at)
    write_code(found, at, review_by=at.date() + timedelta(days=30), regalos="No.")
    return found


def rows_of(client: Client, **query: str) -> dict[str, list[str]]:
    """The cells of each institution, in words."""
    found: dict[str, list[str]] = {}
    table = read_markup(client.get(MATRIX, query).content.decode().split('id="t-tot"')[0])
    for cell in table.all("th", "td"):
        if "tbody" in cell.inside:
            text = " ".join(cell.text.split())
            if cell.name == "th":
                found[text.removesuffix(NOBODY)] = cells = [NOBODY] if text.endswith(NOBODY) else []
            else:
                cells.append(text)
    return found


def test_each_cell_says_its_state_in_words_and_until_when_it_holds(
    pedro: Client, service: Institution
) -> None:
    assert rows_of(pedro, espacio="denuncias") == {
        "Oficina de Islas": [NOBODY, "Vigente20-11-2027"],
        "Servicio de Caminos": [NOBODY, "Vacío"],
        "Servicio de Registros Territoriales": ["Vencido19-11-2026"],
    }


@pytest.mark.parametrize(
    ("columns", "count"), [("", 22), ("codigo", 9), ("contactos", 4), ("ejemplos", 9), ("comite", 1)]
)
def test_one_chooses_all_slots_a_family_or_one(pedro: Client, columns: str, count: int) -> None:
    rows = rows_of(pedro, espacio=columns)
    assert len(rows["Servicio de Registros Territoriales"]) == count


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"estado": "vencido"}, {"Servicio de Registros Territoriales"}),
        ({"estado": "por-vencer"}, {"Oficina de Islas"}),
        ({"estado": "vacio", "espacio": "denuncias"}, {"Servicio de Caminos"}),
        ({"ministerio": "AA900"}, {"Oficina de Islas", "Servicio de Registros Territoriales"}),
        ({"ministerio": "AA900", "estado": "vencido"}, {"Servicio de Registros Territoriales"}),
        ({"ministerio": "NO-EXISTE"}, set()),
        ({"estado": "otro", "espacio": "x\x00", "pagina": "99"},
         {"Oficina de Islas", "Servicio de Caminos", "Servicio de Registros Territoriales"}),
    ],
)  # fmt: skip
def test_filters_are_part_of_the_address(
    pedro: Client, service: Institution, query: dict[str, str], names: set[str]
) -> None:
    assert set(rows_of(pedro, **query)) == names


def test_totals_count_the_whole_list(pedro: Client, service: Institution) -> None:
    cells = [cell.text.strip() for cell in read_markup(pedro.get(MATRIX).content.decode()).all("th", "td")]
    place = cells.index("Canal de denuncias", cells.index("Texto"))
    assert cells[place + 1 : place + 5] == ["1", "0", "1", "1"]  # good, about to expire, expired, empty


def test_a_coordinator_sees_the_own_institution_and_those_below_it(
    personas: Personas, service: Institution, at: datetime
) -> None:
    assert set(rows_of(client_for(personas.iris))) == {"Servicio de Registros Territoriales"}
    place = RolePlace(personas.institution, with_dependents=True)
    above = UserFactory()
    assign_role(user=above, role=Role.INTEGRITY_COORDINATOR, place=place, at=at)
    client = client_for(above)
    assert set(rows_of(client)) == {"Servicio de Registros Territoriales", "Oficina de Islas"}
    assert b'href="/integridad/?institucion=AA905"' in client.get(MATRIX).content


def test_who_only_looks_is_led_to_no_screen_that_does_not_exist_for_them(
    pedro: Client, service: Institution
) -> None:
    assert b"?institucion=" not in pedro.get(MATRIX).content


def test_an_auditor_of_one_institution_sees_that_one_and_one_of_a_unit_sees_nothing(
    personas: Personas,
) -> None:
    whole, part = UserFactory(), UserFactory()
    RoleAssignmentFactory(user=whole, role=Role.AUDITOR, institution=personas.other_institution)
    RoleAssignmentFactory(user=part, role=Role.AUDITOR, institution=personas.institution, unit=personas.unit)
    assert set(rows_of(client_for(whole))) == {"Servicio de Caminos"}
    assert client_for(part).get(MATRIX).status_code == 404


@pytest.mark.parametrize("who", ["ana", "bruno", "carla", "diego", "elena"])
def test_for_all_others_it_does_not_exist(personas: Personas, who: str) -> None:
    client = client_for(getattr(personas, who))
    assert [client.get(page).status_code for page in (MATRIX, FILE)] == [404, 404]


def test_the_file_holds_the_filtered_list_and_no_formula(
    pedro: Client, service: Institution, personas: Personas
) -> None:
    Institution.objects.filter(pk=service.pk).update(name='=HYPERLINK("https://malo.example")')
    response = pedro.get(FILE, {"ministerio": "AA900", "espacio": "denuncias"})
    lines = list(reader(StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))
    assert lines[0][-2:] == ["Canal de denuncias", "Canal de denuncias: vale hasta el"]
    cells = {line[0]: line[1:] for line in lines[1:]}
    assert set(cells) == {"AA900", "AA905"}
    assert cells["AA905"][0].startswith("'=") and cells["AA905"][1:4] == [
        "Servicio de Registros Territoriales", "No", "Vigente",
    ]  # fmt: skip
    assert cells["AA900"][2:4] == ["Sí", "Vencido"]


@pytest.mark.parametrize("page", [MATRIX, FILE])
def test_three_and_thirty_institutions_cost_the_same(pedro: Client, at: datetime, page: str) -> None:
    def add(count: int) -> int:
        for _number in range(count):
            write_contacts(InstitutionFactory(), at)
        return count_page_queries(pedro, page)

    add(3)
    assert add(0) == add(27) <= 12


def test_many_institutions_are_told_page_by_page(pedro: Client) -> None:
    InstitutionFactory.create_batch(60)
    assert (len(rows_of(pedro)), len(rows_of(pedro, pagina="2"))) == (50, 12)
