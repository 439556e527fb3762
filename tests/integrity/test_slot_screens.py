"""The integrity coordinator keeps the slots of the own institution, and sees what they have held."""

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client

from lms.integrity.models import SLOT_KINDS, EthicsCode, Family, SlotVersion
from lms.people.models import Role, RoleAssignment
from lms.people.services.roles import RolePlace, assign_role
from tests.factories.integrity import write_code, write_contacts
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.ui.markup import Markup, read_markup

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]
SYSTEM, CODE = "/integridad/", "/integridad/codigo/"
GIFTS, QUERIES, CHANNEL = (
    f"/integridad/espacios/{slug}/" for slug in ("codigo-regalos", "consultas", "denuncias")
)
ARTICLE = {"text": "No aceptamos regalos.", "reference": "Título III", "review_by": "2027-06-30", "seen": "0"}
CONTACT = {"name": "Consultas", "email": "integridad@servicio.example", "seen": "0"}
A_DAY = timedelta(days=1)


@pytest.fixture
def iris(personas: Personas) -> Client:
    return client_for(personas.iris)


def markup_of(response: Any) -> Markup:
    return read_markup(response.content.decode())


def words(response: Any) -> str:
    return " ".join(markup_of(response).with_id("contenido").text.split())


def current(slug: str = "article_regalos") -> SlotVersion:
    return SlotVersion.objects.current().get(kind=slug)


# --- The list --------------------------------------------------------------------------------------
def test_a_coordinator_sees_every_slot_with_its_state(iris: Client, personas: Personas, at: datetime) -> None:
    write_contacts(personas.institution, at, review_by=at.date() - A_DAY, owner=personas.iris)
    text = words(iris.get(SYSTEM))
    assert personas.institution.name in text
    assert "Canal de consultas Vencido 19 de noviembre de 2026 Iris Lagos 1" in text
    assert "Comité de integridad Vacío" in text
    assert text.count("Vacío") == len(SLOT_KINDS) - 2


def test_an_owner_whose_role_ended_is_not_named_any_more(
    iris: Client, personas: Personas, at: datetime
) -> None:
    write_contacts(personas.institution, at, owner=personas.bruno)
    assert "Bruno" not in words(iris.get(SYSTEM))


def test_pages_cost_the_same_with_one_and_with_all_slots_filled(
    iris: Client, personas: Personas, at: datetime
) -> None:
    write_contacts(personas.institution, at)
    before = [count_page_queries(iris, page) for page in (SYSTEM, GIFTS, f"{GIFTS}historial/")]
    write_code(
        personas.institution,
        at,
        **{kind.topic: "No." for kind in SLOT_KINDS if kind.family == Family.ARTICLE},
    )
    write_code(personas.institution, at, regalos="Nunca.")
    after = [count_page_queries(iris, page) for page in (SYSTEM, GIFTS, f"{GIFTS}historial/")]
    assert [b - a for a, b in zip(before, after, strict=True)] == [0, 0, 0]


# --- The document ----------------------------------------------------------------------------------
def test_a_coordinator_says_which_code_is_in_force(iris: Client, personas: Personas) -> None:
    data = {
        "title": "Código de ética",
        "url": "https://servicio.example/codigo.pdf",
        "approved_on": "15-08-2024",
    }
    assert iris.post(CODE, data)["Location"] == "/integridad/?institucion=AA900"
    code = EthicsCode.objects.get(institution=personas.institution)
    assert (code.version, code.approved_on) == (1, date(2024, 8, 15))
    iris.post(CODE, data | {"as_new_version": "on"})
    assert list(EthicsCode.objects.order_by("version").values_list("version", "is_current")) == [
        (1, False),
        (2, True),
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": ""}, "Cómo se llama el código"),
        ({"title": "a" * 201}, "200"),
        ({"url": "javascript:alert(1)"}, "Dirección del documento completo"),
        ({"url": f"https://servicio.example/{'a' * 200}"}, "usa hasta 200 letras"),
        ({"approved_on": "31-02-2024"}, "Fecha de aprobación"),
    ],
)
def test_a_mistake_in_the_document_is_told_and_saves_nothing(iris: Client, changes: dict, said: str) -> None:
    response = iris.post(CODE, {"title": "Código", "approved_on": "15-08-2024"} | changes)
    assert (response.status_code, EthicsCode.objects.exists()) == (400, False)
    assert said in summary_of(response)


# --- One slot --------------------------------------------------------------------------------------
def test_a_slot_is_saved_with_its_author_its_review_and_its_owner(iris: Client, personas: Personas) -> None:
    iris.post(GIFTS, ARTICLE | {"owner": str(personas.iris.pk)})
    saved = current()
    assert (saved.institution, saved.number, saved.text) == (personas.institution, 1, "No aceptamos regalos.")
    assert (saved.review_by, saved.owner, saved.written_by) == (
        date(2027, 6, 30),
        personas.iris,
        personas.iris,
    )


def test_without_a_day_it_holds_for_a_year(iris: Client, at: datetime) -> None:
    iris.post(QUERIES, CONTACT)
    assert current("queries").review_by == at.date() + timedelta(days=365)


def test_one_goes_on_to_the_next_slot_or_back_to_the_list(iris: Client) -> None:
    assert iris.post(GIFTS, ARTICLE)["Location"] == "/integridad/?institucion=AA900"
    to = iris.post(QUERIES, CONTACT | {"siguiente": "si"})["Location"]
    assert to == "/integridad/espacios/denuncias/?institucion=AA900"
    last = f"/integridad/espacios/{SLOT_KINDS[-1].slug}/"
    assert iris.post(last, {"text": "x", "seen": "0", "siguiente": "si"})["Location"].startswith(
        "/integridad/?"
    )


def test_what_was_saved_is_shown_again_and_saving_it_changes_nothing(iris: Client) -> None:
    iris.post(GIFTS, ARTICLE)
    markup = markup_of(iris.get(GIFTS))
    shown = {
        e.attrs["name"]: e.attrs.get("value", "") if e.name == "input" else e.text.strip()
        for e in markup.all("input") + markup.all("textarea")
        if e.attrs.get("name") not in (None, "csrfmiddlewaretoken", "volver")
    }
    assert shown == ARTICLE | {"seen": "1"}
    iris.post(GIFTS, shown | {"owner": ""})
    assert current().number == 1


def test_a_slot_left_empty_is_emptied_and_its_history_stays(iris: Client) -> None:
    iris.post(GIFTS, ARTICLE)
    iris.post(GIFTS, {"seen": "1"})
    assert (current().number, current().text, current().review_by) == (2, "", None)
    assert "El texto quedó vacío." in words(iris.get(f"{GIFTS}historial/"))


def test_who_was_overtaken_loses_nothing_and_can_save_after_comparing(iris: Client) -> None:
    iris.post(GIFTS, ARTICLE)
    late = iris.post(GIFTS, ARTICLE | {"text": "Lo mío."})
    assert late.status_code == 400
    assert "Otra persona guardó este texto" in summary_of(late)
    markup = markup_of(late)
    assert markup.with_id("id_text").text.strip() == "Lo mío."
    assert "No aceptamos regalos." in words(late)
    iris.post(GIFTS, ARTICLE | {"text": "Lo mío.", "seen": markup.with_id("id_seen").attrs["value"]})
    assert current().text == "Lo mío."


@pytest.mark.parametrize(
    ("address", "data", "said"),
    [
        (GIFTS, {"text": "a" * 2001}, "2000"),
        (GIFTS, {"text": "a\x00b"}, "nulos"),
        (GIFTS, {"text": ""}, "Escribe también qué dice."),
        (GIFTS, {"review_by": "ayer"}, "Escribe la fecha así: 31-12-2026."),
        (GIFTS, {"review_by": "2026-11-19"}, "Esa fecha ya pasó."),
        (GIFTS, {"review_by": "2226-11-19"}, "Revisa el año."),
        (GIFTS, {"owner": "999999"}, "Elige a una persona de la lista."),
        (GIFTS, {"seen": ""}, "Abre de nuevo esta página"),
        (GIFTS, {"seen": "-1"}, "mayor o igual a 0"),
        (QUERIES, {"email": "sin arroba"}, "Correo"),
        (QUERIES, {"email": f"{'a' * 240}@servicio.example"}, "usa hasta 254 letras"),
        (QUERIES, {"email": ""}, "Agrega un correo, un teléfono o un enlace."),
        (QUERIES, {"name": ""}, "Falta el nombre."),
        (CHANNEL, {"url": "javascript:alert(1)"}, "Enlace"),
    ],
)
def test_a_mistake_is_told_saves_nothing_and_keeps_what_was_typed(
    iris: Client, address: str, data: dict[str, str], said: str
) -> None:
    sent = (ARTICLE if address == GIFTS else CONTACT) | data
    response = iris.post(address, sent)
    assert (response.status_code, SlotVersion.objects.exists()) == (400, False)
    assert said in summary_of(response)
    page = unescape(response.content.decode())
    assert all(value in page for name, value in sent.items() if name != "owner" and value.isprintable())


def test_a_script_in_a_slot_is_only_text(iris: Client) -> None:
    iris.post(GIFTS, ARTICLE | {"text": "<script>alert(1)</script>"})
    for page in (GIFTS, f"{GIFTS}historial/?al=2026-11-20"):
        assert b"<script>alert" not in iris.get(page).content


def test_a_slot_says_in_which_lessons_it_is_shown(iris: Client, lesson: str) -> None:
    for address in (GIFTS, QUERIES, "/integridad/espacios/ejemplo-regalos/"):
        assert "Lección l2" in words(iris.get(address))
    assert "Ninguna lección publicada lo usa" in words(iris.get("/integridad/espacios/codigo-lobby/"))


# --- History ---------------------------------------------------------------------------------------
def test_the_history_tells_who_changed_what(iris: Client, personas: Personas) -> None:
    iris.post(GIFTS, ARTICLE)
    iris.post(GIFTS, ARTICLE | {"text": "No aceptamos dinero.", "seen": "1", "owner": str(personas.iris.pk)})
    response = iris.get(f"{GIFTS}historial/")
    text = words(response)
    assert "Versión 2, del 20 de noviembre de 2026 La guardó Iris Lagos." in text
    assert "No aceptamos [se quitó: regalos.] [se agregó: dinero.]" in text
    assert "Responsable[se agregó: Iris Lagos]" in text
    assert [e.name for e in markup_of(response).all("del") + markup_of(response).all("ins")].count("del") == 1


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-20", "mostraban la versión 1: Nunca."),
        ("2026-11-19", "Las lecciones mostraban el texto general."),
        ("ayer", None),
        ("9999-12-31", None),
    ],
)
def test_one_can_ask_what_lessons_showed_on_a_day(
    iris: Client, personas: Personas, at: datetime, day: str, said: str | None
) -> None:
    write_code(personas.institution, at, regalos="Nunca.")
    text = words(iris.get(f"{GIFTS}historial/", {"al": day}))
    assert said in text if said else "mostraban" not in text


# --- Who may ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["ana", "bruno", "carla", "diego", "elena", "pedro"])
def test_for_all_others_the_screens_do_not_exist(personas: Personas, who: str) -> None:
    client = client_for(getattr(personas, who))
    assert {client.get(page).status_code for page in (SYSTEM, CODE, GIFTS, f"{GIFTS}historial/")} == {404}
    assert client.post(GIFTS, ARTICLE).status_code == 404
    assert not SlotVersion.objects.exists()


@pytest.mark.parametrize("code", ["AA901", "NO-EXISTE", "a\x00b", "x" * 5000])
def test_another_institution_does_not_exist(iris: Client, code: str) -> None:
    assert iris.get(SYSTEM, {"institucion": code}).status_code == 404


def test_another_institution_is_not_written(iris: Client, personas: Personas) -> None:
    address = f"{GIFTS}?institucion={personas.other_institution.code}"
    assert iris.post(address, ARTICLE).status_code == 404
    assert not SlotVersion.objects.exists()


def test_a_coordinator_of_two_institutions_chooses(personas: Personas, at: datetime) -> None:
    other = personas.other_institution
    assign_role(user=personas.iris, role=Role.INTEGRITY_COORDINATOR, place=RolePlace(other), at=at)
    client = client_for(personas.iris)
    assert other.name in markup_of(client.get(f"{SYSTEM}?institucion={other.code}")).all("title")[0].text
    to = client.post(f"{GIFTS}?institucion={other.code}", ARTICLE)["Location"]
    assert to == f"/integridad/?institucion={other.code}"
    assert current().institution == other


def test_a_coordinator_whose_role_ended_sees_nothing(personas: Personas, at: datetime) -> None:
    RoleAssignment.objects.filter(user=personas.iris).update(valid_until=at.replace(year=2025))
    assert client_for(personas.iris).get(SYSTEM).status_code == 404


def summary_of(response: Any) -> str:
    found = [e for e in markup_of(response).all("div") if "error-summary" in e.attrs.get("class", "")]
    return " ".join(found[0].text.split())
