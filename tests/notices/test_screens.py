"""What HR and auditors see of the notices of their institution, and what others do not."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from lms.lib.clock import CHILE
from lms.notices.models import AddressProblem, Notice
from lms.notices.rules.addresses import hash_address
from lms.people.models import AccessLogEntry, Person, Role
from lms.progress.models import TrainingRequirement
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.notices.stage import Stage, mail_settings
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

LIST, SEND, UNREACHED = "reports:notices", "reports:notices_send", "reports:notices_unreached"


@pytest.fixture
def place(stage: Stage, personas: Personas) -> Stage:
    """Ana's institution asks for the course; everybody's first notice was put down."""
    stage.institution, stage.unit = personas.institution, personas.unit
    stage.ask(due_on=date(2027, 1, 20))
    stage.plan()
    return stage


@pytest.fixture
def carla(place: Stage, personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def auditor(place: Stage) -> Client:
    user = UserFactory(email="auditoria@servicio.example")
    RoleAssignmentFactory(user=user, role=Role.AUDITOR, everywhere=True)
    return client_for(user)


def requirement() -> TrainingRequirement:
    return TrainingRequirement.objects.get()


def names(page: object) -> list[str]:
    return [notice.person.list_name for notice, _tag in page.context["lines"]]  # type: ignore[attr-defined]


# --- The list -------------------------------------------------------------------------------------
def test_hr_sees_what_was_sent_to_whom(carla: Client) -> None:
    page = carla.get(reverse(LIST))
    assert {"Rojas, Ana", "Soto, Bruno"} <= set(names(page))
    body = page.content.decode()
    assert "Formación asignada" in body and "Por enviar" in body


def test_the_look_is_written_down(carla: Client) -> None:
    AccessLogEntry.objects.all().delete()
    page = carla.get(reverse(LIST), {"q": "ana"})
    entry = AccessLogEntry.objects.get()
    assert (entry.action, entry.people_count) == ("view_list", len(names(page)))
    assert "ana" not in entry.detail  # what was searched for is nobody's business


@pytest.mark.parametrize("name", ["ana", "bruno", "diego", "iris", "pedro"])
def test_without_the_role_the_page_does_not_exist(place: Stage, personas: Personas, name: str) -> None:
    client = client_for(getattr(personas, name))
    assert client.get(reverse(LIST)).status_code == 404
    assert client.get(reverse(UNREACHED)).status_code == 404


def test_elena_from_elsewhere_sees_nobody(place: Stage, personas: Personas) -> None:
    client = client_for(personas.elena)
    page = client.get(reverse(LIST))
    assert names(page) == []
    assert client.get(reverse(LIST), {"institucion": personas.institution.code}).status_code == 404
    assert "Rojas" not in client.get(reverse(UNREACHED)).content.decode()


def test_an_auditor_reads_and_can_do_nothing(place: Stage, personas: Personas, auditor: Client) -> None:
    page = auditor.get(reverse(LIST), {"institucion": personas.institution.code})
    assert "Rojas, Ana" in names(page)
    sent = {"exigencia": requirement().public_id, "persona": personas.ana.person.public_id}
    assert auditor.post(reverse(SEND), sent).status_code == 404
    retry = reverse("reports:notices_retry", args=[personas.ana.person.public_id])
    assert auditor.post(retry).status_code == 404


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "roj ana"}, ["Rojas, Ana"]),
        ({"estado": "sent"}, []),
        ({"estado": "waiting", "q": "soto"}, ["Soto, Bruno"]),
        ({"aviso": "late"}, []),
        ({"aviso": "assigned", "q": "soto"}, ["Soto, Bruno"]),
        ({"desde": "2026-11-20", "hasta": "2026-11-20", "q": "soto"}, ["Soto, Bruno"]),
        ({"desde": "2026-11-21"}, []),
        ({"hasta": "2026-11-19"}, []),
        ({"desde": "ayer", "aviso": "otro", "estado": "x", "pagina": "99", "q": "\x00soto"}, ["Soto, Bruno"]),
    ],
)
def test_filters(carla: Client, query: dict[str, str], expected: list[str]) -> None:
    assert names(carla.get(reverse(LIST), query)) == expected


def test_states_are_counted_whatever_state_is_looked_at(carla: Client, personas: Personas) -> None:
    Notice.objects.filter(person=personas.ana.person).update(state="sent")
    page = carla.get(reverse(LIST), {"estado": "sent"})
    counts = {row.label: row.count for row in page.context["counts"]}
    assert counts == {"Enviado": 1, "Por enviar": Notice.objects.count() - 1}


@pytest.mark.parametrize("name", [LIST, UNREACHED])
def test_the_pages_cost_the_same_with_three_and_thirty_rows(place: Stage, carla: Client, name: str) -> None:
    def fill(count: int) -> None:
        for number in range(count):
            person = place.hire(f"P{count}x{number}", email="")
            with_problem(place.hire(f"Q{count}x{number}"))
            Notice.objects.create(
                person=person, kind="assigned", requirement=requirement(), key=date(2026, 1, 1),
                institution=place.institution, planned_at=place.at, not_before=place.at,
            )  # fmt: skip

    fill(3)
    first = count_page_queries(carla, reverse(name))
    fill(30)
    assert count_page_queries(carla, reverse(name)) == first <= 20


# --- Whom no e-mail reaches -----------------------------------------------------------------------
def with_problem(person: Person, kind: str = "hard") -> Person:
    digest = hash_address(address=person.email, key=mail_settings().keys[0])
    AddressProblem.objects.create(
        person=person, address_hash=digest, kind=kind, at=datetime(2026, 11, 1, tzinfo=CHILE)
    )
    return person


def test_those_without_address_and_those_that_bounce_are_listed(place: Stage, carla: Client) -> None:
    place.hire("Sinforosa", email="")
    with_problem(place.hire("Rebeca"))
    with_problem(place.hire("Quena"), kind="complaint")
    once = with_problem(place.hire("Unavez"), kind="soft")
    moved = with_problem(place.hire("Mudada"))
    Person.objects.filter(pk=moved.pk).update(email="otra@servicio.example")
    body = carla.get(reverse(UNREACHED)).content.decode()
    for listed in ("Sinforosa", "Rebeca", "Quena"):
        assert listed in body
    assert once.given_names not in body and moved.given_names not in body


def test_an_address_that_bounced_under_a_former_key_is_listed_still(
    place: Stage, carla: Client, settings: Settings
) -> None:
    with_problem(place.hire("Rebeca"))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "otra" * 10, [settings.SECRET_KEY]
    assert "Rebeca" in carla.get(reverse(UNREACHED)).content.decode()


def test_hr_has_an_address_tried_again(place: Stage, carla: Client, personas: Personas) -> None:
    rebeca = with_problem(place.hire("Rebeca"))
    address = reverse("reports:notices_retry", args=[rebeca.public_id])
    assert client_for(personas.elena).post(address).status_code == 404
    page = carla.post(address, follow=True)
    assert "Rebeca" not in page.content.decode()
    assert AddressProblem.objects.get().cleared_by == personas.carla


# --- Reminding ------------------------------------------------------------------------------------
def chosen(*people: Person, **more: object) -> dict[str, object]:
    return {
        "exigencia": requirement().public_id,
        "persona": [person.public_id for person in people],
        "volver": "/cumplimiento/personas/?estado=atrasada",
        **more,
    }


def test_first_it_is_shown_whom_it_reaches(place: Stage, carla: Client, personas: Personas) -> None:
    without = place.hire("Sinforosa", email="")
    place.plan()
    page = carla.post(reverse(SEND), chosen(personas.ana.person, personas.bruno.person, without))
    body = page.content.decode()
    assert "Se enviará a 2 personas." in body
    assert "1 no tiene correo" in body
    assert not Notice.objects.filter(kind="manual").exists()


def test_then_it_is_sent_and_leads_back(carla: Client, personas: Personas) -> None:
    sent = chosen(personas.ana.person, confirmar="si", mensaje="Quedan pocos días.")
    page = carla.post(reverse(SEND), sent)
    assert page.headers["Location"] == "/cumplimiento/personas/?estado=atrasada"
    notice = Notice.objects.get(kind="manual")
    assert notice.reminder is not None
    assert (notice.person, notice.reminder.sent_by) == (personas.ana.person, personas.carla)
    again = carla.post(reverse(SEND), sent).content.decode()
    assert "No hay a quién enviarlo." in again and "1 ya recibió un recordatorio hoy." in again


@pytest.mark.parametrize("back", ["https://malo.example/", "//malo.example", "javascript:alert(1)", ""])
def test_it_never_leads_elsewhere(carla: Client, personas: Personas, back: str) -> None:
    sent = chosen(personas.ana.person, confirmar="si", volver=back)
    assert carla.post(reverse(SEND), sent).headers["Location"] == reverse(LIST)


def test_words_that_lead_elsewhere_are_refused_and_kept_to_be_corrected(
    carla: Client, personas: Personas
) -> None:
    page = carla.post(reverse(SEND), chosen(personas.ana.person, confirmar="si", mensaje="ver www.malo.cl"))
    assert page.status_code == 400
    assert "Solo se aceptan enlaces a esta plataforma." in page.content.decode()
    assert "ver www.malo.cl" in page.content.decode()
    assert not Notice.objects.filter(kind="manual").exists()


def test_people_of_others_are_not_reminded(place: Stage, personas: Personas) -> None:
    elena = client_for(personas.elena)
    assert elena.post(reverse(SEND), chosen(personas.ana.person, confirmar="si")).status_code == 404
    assert not Notice.objects.filter(kind="manual").exists()


def test_who_leads_a_unit_reminds_only_those_of_the_unit(place: Stage, personas: Personas) -> None:
    RoleAssignmentFactory(
        user=personas.bruno, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    other = place.hire("Ajena", unit=place.unit.__class__.objects.create(
        institution=place.institution, code="OTRA", name="Otra"
    ))  # fmt: skip
    bruno = client_for(personas.bruno)
    bruno.post(reverse(SEND), chosen(personas.ana.person, other, confirmar="si"))
    assert [notice.person for notice in Notice.objects.filter(kind="manual")] == [personas.ana.person]


def test_the_people_of_the_present_filter_are_reminded(
    place: Stage, carla: Client, personas: Personas
) -> None:
    sent = {
        "exigencia": requirement().public_id, "todas": "si", "institucion": personas.institution.code,
        "q": "soto", "estado": "pendiente",
    }  # fmt: skip
    page = carla.post(reverse(SEND), sent)
    assert "Se enviará a 1 persona." in page.content.decode()
    fields = dict(page.context["selection"].fields)
    assert fields == {key: sent[key] for key in ("todas", "institucion", "q", "estado")}
    carla.post(reverse(SEND), {**sent, "confirmar": "si"})
    assert [notice.person for notice in Notice.objects.filter(kind="manual")] == [personas.bruno.person]


def test_nobody_chosen_says_so(carla: Client) -> None:
    page = carla.post(reverse(SEND), chosen(), follow=True)
    assert "Selecciona al menos una persona." in page.content.decode()


@pytest.mark.parametrize("value", ["", "x", "00000000-0000-4000-8000-000000000000"])
def test_an_unknown_requirement_is_not_found(carla: Client, value: str) -> None:
    assert carla.post(reverse(SEND), {"exigencia": value}).status_code == 404


def test_no_more_people_than_the_page_can_choose(
    place: Stage, carla: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.reports.reminders.views_reminders.MOST_SELECTED", 2)
    people = [place.hire(f"P{number}") for number in range(3)]
    place.plan()
    assert "Se enviará a 2 personas." in carla.post(reverse(SEND), chosen(*people)).content.decode()


# --- One's own ------------------------------------------------------------------------------------
def test_ana_reads_her_notices_and_nobody_elses(place: Stage, personas: Personas) -> None:
    page = client_for(personas.ana).get(reverse("classroom:notices"))
    assert [line.title for line in page.context["lines"]] == ["Integridad 2026"]
    assert "Te corresponde desde el 20 de noviembre de 2026." in page.content.decode()
    assert "a•••@servicio.example" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [("waiting", True), ("sent", True), ("suppressed", True), ("failed", True), ("cancelled", False)],
)
def test_what_was_still_true_is_shown_whether_or_not_it_was_mailed(
    place: Stage, personas: Personas, state: str, is_shown: bool
) -> None:
    Notice.objects.update(state=state)
    page = client_for(personas.ana).get(reverse("classroom:notices"))
    assert bool(page.context["lines"]) is is_shown


def test_what_is_still_to_come_is_not_shown(place: Stage, personas: Personas) -> None:
    Notice.objects.update(not_before=place.at + timedelta(days=1))
    assert client_for(personas.ana).get(reverse("classroom:notices")).context["lines"] == []


def test_ana_chooses_her_emails(place: Stage, personas: Personas) -> None:
    client = client_for(personas.ana)
    page = client.post(reverse("classroom:notices"), {"quiero": ["late"]}, follow=True)
    ticked = [choice.value for choice in page.context["choices"] if choice.is_selected]
    assert ticked == ["late"]
    assert page.content.decode().count("checked") == 1


def test_an_account_without_person_finds_an_empty_page(db: None, fixed_clock: None) -> None:
    client = client_for(UserFactory())
    assert client.get(reverse("classroom:notices")).status_code == 200
    assert not Person.objects.exists()


def test_my_notices_cost_the_same_with_three_and_thirty(place: Stage, personas: Personas) -> None:
    client = client_for(personas.ana)

    def fill(number: int) -> int:
        Notice.objects.bulk_create(
            Notice(
                person=personas.ana.person, kind="manual", requirement=requirement(),
                key=date(2025, 1, 1) + timedelta(days=number + n), institution=place.institution,
                planned_at=place.at, not_before=place.at,
            )
            for n in range(number)
        )  # fmt: skip
        return count_page_queries(client, reverse("classroom:notices"))

    assert fill(3) == fill(30) <= 15
