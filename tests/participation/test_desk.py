"""Those who keep a plan moderate, answer, open consultations and publish meetings; nobody else does."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lms.participation.models import Consultation, Contribution, DialogueMeeting, ParticipationSettings
from lms.participation.rules.moderation import HiddenReason
from lms.participation.services.moderating import report_contribution
from lms.people.models import Role
from lms.plan.models import ActionPlan, Commitment
from tests.factories.participation import comment, consult, contribute, meet, reply
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

DESK = "/plan/gestion/plan/participacion/"
KEPT = "/plan/gestion/plan/"


@pytest.fixture
def pedro(personas: Personas) -> Client:
    return client_for(personas.pedro)


def answered(**changes: Any) -> dict[str, Any]:
    return {
        "verdict": "partly",
        "reason": "Se acoge lo del plazo, pero no lo del formato.",
        "effect": "",
        "office": "Unidad de Análisis Financiero",
    } | changes


def called(**changes: Any) -> dict[str, Any]:
    return {
        "title": "Registro de dueños reales",
        "question": "¿Qué falta?",
        "commitment": "",
        "opens_on": "2026-11-20",
        "closes_on": "2026-12-20",
        "draft": "# Uno\nPrimero.\n\n# Dos\nSegundo.",
        "rules": "",
        "timeline": "Respondemos en enero.",
        "is_published": "on",
    } | changes


def met(**changes: Any) -> dict[str, Any]:
    return {
        "held_on": "2026-11-10",
        "title": "Mesa",
        "place": "Teatinos 120",
        "agenda": "Avance",
        "minutes_text": "",
        "minutes_url": "",
        "agreements": "Uno\nDos",
        "people_civil_society": "12",
        "people_academia": "",
        "is_published": "on",
    } | changes


@pytest.mark.parametrize("who", ["ana", "carla", "diego", "elena", "iris"])
@pytest.mark.parametrize(
    "url",
    [
        DESK, DESK + "ajustes/", DESK + "acciones/", KEPT + "consultas/nueva/", KEPT + "reuniones/nueva/",
    ],
)  # fmt: skip
def test_the_desk_does_not_exist_for_others(plan: ActionPlan, personas: Personas, who: str, url: str) -> None:
    client = client_for(getattr(personas, who))
    assert (client.get(url).status_code, client.post(url, {}).status_code) in {(404, 404), (404, 405)}


def test_the_desk_shows_what_waits_the_oldest_first(
    pedro: Client, commitment: Commitment, at: datetime
) -> None:
    old = comment(commitment, UserFactory(), at=at - timedelta(days=31), text="El más viejo")
    new = comment(commitment, UserFactory(), at=at, text="El más nuevo")
    page = pedro.get(DESK).content.decode()
    assert page.index("El más viejo") < page.index("El más nuevo")
    assert "1 sin respuesta hace más de 30 días" in page
    reply(old, at=at)
    report_contribution(
        contribution_id=new.pk, user_id=UserFactory().pk, reason=HiddenReason.OFF_TOPIC, note="", at=at
    )
    assert "El más viejo" not in pedro.get(DESK).content.decode()
    reported = pedro.get(DESK + "?lista=con-avisos").content.decode()
    assert "El más nuevo" in reported and "1 aviso" in reported
    assert pedro.get(DESK + "?lista=%00").status_code == 200


def test_the_desk_costs_the_same_with_three_and_with_thirty(
    pedro: Client, commitment: Commitment, at: datetime
) -> None:
    for number in range(3):
        comment(commitment, UserFactory(), at=at, text=f"Texto {number}")
    few = count_page_queries(pedro, DESK)
    for number in range(3, 30):
        comment(commitment, UserFactory(), at=at, text=f"Texto {number}")
    assert count_page_queries(pedro, DESK) == few


def test_hiding_needs_a_reason_and_is_written_down(
    pedro: Client, commitment: Commitment, at: datetime
) -> None:
    row = comment(commitment, UserFactory(), at=at)
    url = f"{DESK}aportes/{row.public_id}/"
    assert pedro.get(url).status_code == 200
    bad = pedro.post(url, {"act": "ocultar", "seen": "0", "note": "", "reason": ""})
    assert bad.status_code == 400 and "hay que decir el motivo" in bad.content.decode()
    assert pedro.post(url, {"act": "mostrar", "seen": "9" * 5000}).status_code == 400
    pedro.post(url, {"act": "ocultar", "seen": "0", "note": "Da un RUN.", "reason": "personal_data"})
    row.refresh_from_db()
    assert (row.state, row.hidden_reason) == ("hidden", "personal_data")
    assert "Da un RUN." in pedro.get(DESK + "acciones/").content.decode()


def test_a_contribution_of_another_plan_is_not_moderated_here(
    pedro: Client, commitment: Commitment, at: datetime
) -> None:
    row = comment(commitment, UserFactory(), at=at)
    ActionPlan.objects.create(
        code="otro", title="Otro", country="Chile", period="2026", total_commitments=0, installed_at=at
    )
    assert pedro.get(f"/plan/gestion/otro/participacion/aportes/{row.public_id}/").status_code == 404


# --- Answering -----------------------------------------------------------------------------------
def test_the_team_answers_with_an_effect(pedro: Client, commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at)
    url = f"/plan/participacion/aportes/{row.public_id}/responder/"
    pedro.post(url, answered(effect=f"c-{commitment.pk}"))
    found = row.replies.get()
    assert (found.verdict, found.commitment, found.office) == (
        "partly", commitment, "Unidad de Análisis Financiero",
    )  # fmt: skip
    assert "Corregir la respuesta" in pedro.get(url).content.decode()


def test_who_reports_for_the_commitment_answers_for_its_institution(
    commitment: Commitment, at: datetime, personas: Personas
) -> None:
    row = comment(commitment, UserFactory(), at=at)
    reporter = UserFactory(email="informa@servicio.example")
    RoleAssignmentFactory(user=reporter, role=Role.PLAN_REPORTER, institution=personas.institution)
    client, url = client_for(reporter), f"/plan/participacion/aportes/{row.public_id}/responder/"
    assert client.get(url).status_code == 404
    commitment.reporting_institutions.add(personas.institution)
    client.post(url, answered(office="Presidencia de la República"))
    assert row.replies.get().office == "Servicio de Registros Territoriales"


def test_who_answers_finds_what_waits_for_it_alone(
    plan: ActionPlan, commitment: Commitment, at: datetime, personas: Personas, pedro: Client
) -> None:
    url = "/plan/participacion/por-responder/"
    other = plan.commitments.get(number=1)
    commitment.reporting_institutions.add(personas.institution)
    for row in (commitment, other):
        for number in range(3):
            comment(row, UserFactory(), at=at, text=f"Del compromiso {row.number}: {number}")
    reporter = UserFactory(email="informa@servicio.example")
    RoleAssignmentFactory(user=reporter, role=Role.PLAN_REPORTER, institution=personas.institution)
    client = client_for(reporter)
    page = client.get(url).content.decode()
    assert "Del compromiso 11: 2" in page and "Del compromiso 1:" not in page
    assert "Del compromiso 1: 2" in pedro.get(url).content.decode()
    assert client_for(personas.elena).get(url).status_code == 404
    few = count_page_queries(client, url)
    for number in range(3, 15):
        comment(commitment, UserFactory(), at=at, text=f"Otro: {number}")
    assert count_page_queries(client, url) == few


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"verdict": ""}, "Elige una decisión."),
        ({"verdict": "\x00"}, "Elige una decisión de la lista."),
        ({"reason": ""}, "una respuesta sin motivo no sirve"),
        ({"reason": "No se puede."}, "al menos 20 letras"),
        ({"reason": "a" * 3001}, "usa hasta 3.000 letras"),
        ({"effect": "c-99999999"}, "Elige de la lista."),
        ({"office": " "}, "Escribe qué institución responde."),
    ],
)
def test_a_bad_answer_is_told_and_kept(
    pedro: Client, commitment: Commitment, at: datetime, changes: dict[str, str], words: str
) -> None:
    row = comment(commitment, UserFactory(), at=at)
    answer = pedro.post(f"/plan/participacion/aportes/{row.public_id}/responder/", answered(**changes))
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not row.replies.exists()


# --- Consultations, meetings, settings -----------------------------------------------------------
def test_a_consultation_is_made_and_its_draft_stays_once_it_is_used(
    pedro: Client, plan: ActionPlan, at: datetime
) -> None:
    pedro.post(KEPT + "consultas/nueva/", called())
    row = Consultation.objects.get()
    assert [section.title for section in row.sections.all()] == ["Uno", "Dos"]
    url = f"{KEPT}consultas/{row.pk}/"
    pedro.post(url, called(draft="# Tres\nTercero."))
    assert [section.title for section in row.sections.all()] == ["Tres"]
    contribute(row, UserFactory(), at=at, section=1)
    pedro.post(url, called(draft="# Cuatro", closes_on="2026-12-31", is_published=""))
    row.refresh_from_db()
    assert [section.title for section in row.sections.all()] == ["Tres"]
    assert (row.closes_on, row.is_published) == (date(2026, 12, 31), True)


def test_the_commitments_of_a_plan_can_be_the_draft(pedro: Client, plan: ActionPlan) -> None:
    pedro.post(KEPT + "consultas/nueva/", called(draft="", uses_commitments="on"))
    assert Consultation.objects.get().sections.count() == 3


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"closes_on": "2026-11-19"}, "Cierra antes de abrir"),
        ({"opens_on": "31-02-2026"}, "Escribe la fecha así"),
        ({"opens_on": "0026-11-20"}, "entre 2000 y 2100"),
        ({"draft": ""}, "Escribe el borrador"),
        ({"draft": "# Uno\n\n# Uno"}, "se llaman igual"),
        ({"timeline": "\x00"}, "cuándo: es lo primero"),
        ({"title": "a" * 201}, "usa hasta 200 letras"),
        ({"commitment": "9" * 5000}, "Elige un compromiso de la lista."),
        ({"commitment": "\x00"}, "caracteres nulos"),
    ],
)
def test_a_bad_consultation_is_told_and_kept(
    pedro: Client, plan: ActionPlan, changes: dict[str, str], words: str
) -> None:
    answer = pedro.post(KEPT + "consultas/nueva/", called(**changes))
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not Consultation.objects.exists()


def test_a_meeting_is_kept_with_its_attendance_and_changed_later(pedro: Client, plan: ActionPlan) -> None:
    pedro.post(KEPT + "reuniones/nueva/", met())
    row = DialogueMeeting.objects.get()
    assert [(one.sector, one.people) for one in row.attendance.all()] == [("civil_society", 12)]
    pedro.post(f"{KEPT}reuniones/{row.pk}/", met(people_academia="0", minutes_text="Se acordó."))
    row.refresh_from_db()
    assert (row.minutes_text, row.attendance.count(), DialogueMeeting.objects.count()) == ("Se acordó.", 2, 1)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"place": ""}, "Escribe el lugar, o marca que es en línea."),
        ({"held_on": "2026-12-24"}, "Esa fecha aún no llega"),
        ({"people_civil_society": "9" * 5000}, "Escribe un número entero"),
        ({"people_civil_society": "-1"}, "menor que cero"),
        ({"people_civil_society": "Ana Rojas"}, "sin nombres"),
        ({"minutes_url": "javascript:alert(1)"}, "Revisa el enlace"),
        ({"agenda": ""}, "Escribe el temario."),
    ],
)
def test_a_bad_meeting_is_told_and_kept(
    pedro: Client, plan: ActionPlan, changes: dict[str, str], words: str
) -> None:
    answer = pedro.post(KEPT + "reuniones/nueva/", met(**changes))
    assert answer.status_code == 400 and words in answer.content.decode()
    assert not DialogueMeeting.objects.exists()


def test_settings_are_kept(pedro: Client, plan: ActionPlan) -> None:
    pedro.post(DESK + "ajustes/", {"reviews_first": "on", "space_rules": "Se convoca con diez días."})
    row = ParticipationSettings.objects.get()
    assert (row.comments_open, row.reviews_first) == (False, True)
    assert "diez días" in pedro.get("/plan/plan/reuniones/").content.decode()
    assert pedro.post(DESK + "ajustes/", {"space_rules": "a" * 10_001}).status_code == 400


def test_what_belongs_to_another_plan_is_not_changed_here(
    pedro: Client, plan: ActionPlan, at: datetime
) -> None:
    ActionPlan.objects.create(
        code="otro", title="Otro", country="Chile", period="2026", total_commitments=0, installed_at=at
    )
    consultation, meeting = consult(plan, at=at), meet(plan, on=at.date(), at=at)
    assert pedro.get(f"/plan/gestion/otro/consultas/{consultation.pk}/").status_code == 404
    assert pedro.post(f"/plan/gestion/otro/reuniones/{meeting.pk}/", met()).status_code == 404
    assert not Contribution.objects.exists()
