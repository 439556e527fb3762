"""What everybody reads and who writes: comments, consultations, one's own words."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.http import HttpResponse
from django.test import Client

from lms.participation.models import Consultation, Contribution
from lms.participation.rules.moderation import Act, HiddenReason
from lms.participation.services.moderating import decide
from lms.participation.services.settings import change_settings
from lms.plan.models import ActionPlan, Commitment
from tests.factories.participation import comment, consult, contribute, reply
from tests.factories.people import UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

COMMENTS = "/plan/plan/compromisos/11/comentarios/"
LONG_NUMBER = "9" * 5000


@pytest.fixture
def ana(personas: Personas) -> Client:
    return client_for(personas.ana)


def written(**changes: Any) -> dict[str, Any]:
    return {
        "text": "Propongo publicar el registro cada mes.",
        "sector": "citizen",
        "shown_as": "sector",
        "organisation": "",
        "wants_mail": "on",
    } | changes


def way_back(answer: HttpResponse) -> str:
    """Where the log-in leads afterwards."""
    return parse_qs(urlsplit(answer.headers["Location"]).query)["next"][0]


def test_visitors_read_comments_and_are_led_to_log_in_to_write(
    client: Client, commitment: Commitment, at: datetime
) -> None:
    row = comment(commitment, UserFactory(), at=at, text="Vean https://gob.cl.")
    reply(row, at=at)
    page = client.get(COMMENTS).content.decode()
    assert "Persona de la sociedad civil" in page and "Acogido" in page and "segundo hito" in page
    assert '<a href="https://gob.cl" rel="nofollow noopener noreferrer ugc">https://gob.cl</a>.' in page
    assert "Ingresar para escribir" in page
    assert client.post(COMMENTS, written()).headers["Location"].startswith("/cuentas/ingresar/?next=/plan/")


def test_words_sent_after_the_session_ended_wait_in_the_form(
    client: Client, commitment: Commitment, personas: Personas
) -> None:
    back = way_back(client.post(COMMENTS, written(sector="academia")))
    assert "cada mes" not in client.get(back).content.decode()
    client.force_login(personas.ana)
    page = client.get(back).content.decode()
    assert "Propongo publicar el registro cada mes." in page and "todavía no se publica" in page
    assert re.search(r'value="academia"[^>]* checked', page)
    client.post(COMMENTS, written())
    assert "todavía no se publica" not in client.get(back).content.decode()


def test_who_logs_in_by_another_way_does_not_read_them(
    client: Client, commitment: Commitment, personas: Personas
) -> None:
    """Somebody else at the same browser."""
    client.post(COMMENTS, written())
    client.force_login(personas.bruno)
    for address in (COMMENTS, COMMENTS + "?texto=adivinado"):
        assert "cada mes" not in client.get(address).content.decode()


def test_words_wait_also_where_the_consultation_closed_meanwhile(
    client: Client, plan: ActionPlan, personas: Personas, at: datetime
) -> None:
    row = consult(plan, at=at)
    back = way_back(client.post(f"/plan/plan/consultas/{row.pk}/", written()))
    Consultation.objects.update(opens_on=date(2026, 1, 1), closes_on=at.date() - timedelta(days=1))
    client.force_login(personas.ana)
    assert "Propongo publicar el registro cada mes." in client.get(back).content.decode()


def test_kept_words_are_for_their_form_and_for_an_hour(
    client: Client, commitment: Commitment, personas: Personas, at: datetime
) -> None:
    back = way_back(client.post(COMMENTS, written()))
    client.force_login(personas.ana)
    other = client.get(back.replace("11", "2", 1)).content.decode()
    with time_machine.travel(at + timedelta(minutes=61), tick=True):
        late = client.get(back).content.decode()
    assert "cada mes" not in other and "cada mes" not in late


def test_a_correction_sent_after_the_session_ended_waits_in_the_form(
    ana: Client, client: Client, commitment: Commitment, personas: Personas
) -> None:
    ana.post(COMMENTS, written())
    path = f"/plan/participacion/aportes/{Contribution.objects.get().public_id}/corregir/"
    back = way_back(client.post(path, {"text": "Propongo publicarlo cada semana."}))
    client.force_login(personas.ana)
    page = client.get(back).content.decode()
    assert "cada semana" in page and "todavía no se publica" in page


def test_late_words_stay_in_the_form(ana: Client, plan: ActionPlan, at: datetime) -> None:
    row = consult(plan, at=at, opens_on=date(2026, 1, 1), closes_on=at.date() - timedelta(days=1))
    answer = ana.post(f"/plan/plan/consultas/{row.pk}/", written())
    page = answer.content.decode()
    assert answer.status_code == 400 and not Contribution.objects.exists()
    assert "Propongo publicar el registro cada mes." in page and "Tu texto sigue en el formulario" in page


def test_links_hold_numbers_above_a_thousand(client: Client, plan: ActionPlan, at: datetime) -> None:
    row = consult(plan, at=at)
    row.pk = 12345
    row.save()
    page = client.get("/plan/plan/consultas/12345/").content.decode()
    assert "?consulta=12345" in page


def test_who_has_an_account_comments_without_its_name(
    ana: Client, client: Client, commitment: Commitment
) -> None:
    answer = ana.post(COMMENTS, written(), follow=True)
    assert "Publicamos tu texto" in answer.content.decode()
    page = client.get(COMMENTS).content.decode()
    assert "Una persona" in page and "Rojas" not in page and "ana@" not in page


def test_who_wants_it_appears_with_its_name_and_organisation(
    ana: Client, client: Client, commitment: Commitment
) -> None:
    ana.post(COMMENTS, written(shown_as="nombre", organisation="Fundación Ejemplo"))
    assert "Ana Rojas, Fundación Ejemplo" in client.get(COMMENTS).content.decode()


def test_markup_is_shown_as_it_was_written(ana: Client, client: Client, commitment: Commitment) -> None:
    ana.post(COMMENTS, written(text="<script>alert(1)</script> javascript:alert(1)"))
    page = client.get(COMMENTS).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; javascript:alert(1)" in page


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"text": " \x00 "}, "Escribe tu texto."),
        ({"text": "a" * 3001}, "usa hasta 3.000 letras"),
        ({"sector": ""}, "Elige un sector."),
        ({"sector": "gobierno\x00"}, "Elige un sector de la lista."),
        ({"shown_as": "otro"}, "Elige una opción de la lista."),
        ({"organisation": "a" * 121}, "usa hasta 120 letras"),
    ],
)
def test_bad_input_is_said_and_nothing_is_lost(
    ana: Client, commitment: Commitment, changes: dict[str, str], words: str
) -> None:
    answer = ana.post(COMMENTS, written(organisation="Junta de vecinos") | changes)
    assert answer.status_code == 400
    assert words in answer.content.decode()
    assert "Junta de vecinos" in answer.content.decode() or "organisation" in changes
    assert not Contribution.objects.exists()


def test_the_same_words_twice_are_told_with_their_number(ana: Client, commitment: Commitment) -> None:
    ana.post(COMMENTS, written())
    answer = ana.post(COMMENTS, written())
    assert answer.status_code == 400
    assert "es tu aporte número 1" in answer.content.decode()


def test_a_plan_that_takes_no_comments_says_so(ana: Client, commitment: Commitment, plan: ActionPlan) -> None:
    change_settings(plan_id=plan.pk, comments_open=False, reviews_first=False, space_rules="")
    assert "ya no recibe comentarios" in ana.get(COMMENTS).content.decode()
    assert ana.post(COMMENTS, written()).status_code == 400
    assert not Contribution.objects.exists()


def test_what_waits_is_read_by_its_author_and_the_team_alone(
    ana: Client, client: Client, commitment: Commitment, plan: ActionPlan, personas: Personas
) -> None:
    change_settings(plan_id=plan.pk, comments_open=True, reviews_first=True, space_rules="")
    ana.post(COMMENTS, written())
    url = f"/plan/participacion/aportes/{Contribution.objects.get().public_id}/"
    assert "cada mes" not in client.get(COMMENTS).content.decode()
    statuses = [found.get(url).status_code for found in (client, client_for(personas.elena), ana)]
    assert statuses == [404, 404, 200]
    assert client_for(personas.pedro).get(url).status_code == 200


def test_hidden_words_leave_their_place_and_their_reason(
    client: Client, commitment: Commitment, at: datetime
) -> None:
    row = comment(commitment, UserFactory(), at=at, text="Palabras feas")
    decide(
        contribution_id=row.pk, act=Act.HIDE, reason=HiddenReason.OFFENCE, note="Insulta.", seen=0,
        by_id=None, at=at,
    )  # fmt: skip
    page = client.get(COMMENTS).content.decode()
    assert "Palabras feas" not in page
    assert "Motivo: Ofende, amenaza o discrimina. Insulta." in page
    rules = client.get("/plan/participacion/reglas/").content.decode()
    assert "1 en total" in rules


def test_earlier_replies_stay_readable(client: Client, commitment: Commitment, at: datetime) -> None:
    row = comment(commitment, UserFactory(), at=at)
    reply(row, at=at, reason="Primera respuesta, equivocada.")
    reply(row, at=at + timedelta(days=2), reason="Segunda respuesta, la que vale.")
    page = client.get(f"/plan/participacion/aportes/{row.public_id}/").content.decode()
    assert page.index("Segunda respuesta") < page.index("Respuestas anteriores") < page.index("Primera resp")
    assert "Corregida el 22 de noviembre de 2026" in page


# --- Consultations -------------------------------------------------------------------------------
def test_one_contributes_to_a_section_of_a_draft(ana: Client, plan: ActionPlan, at: datetime) -> None:
    consultation = consult(plan, at=at)
    url = f"/plan/plan/consultas/{consultation.pk}/"
    page = ana.get(url + "?seccion=2").content.decode()
    assert "Aportes a «Registro público»" in page
    section = consultation.sections.get(order=2)
    ana.post(url, written(section=str(section.pk)))
    row = Contribution.objects.get()
    assert (row.section, row.kind) == (section, "contribution")
    assert "Sobre" not in row.text


def test_a_section_of_another_draft_is_refused(ana: Client, plan: ActionPlan, at: datetime) -> None:
    consultation, other = consult(plan, at=at), consult(plan, at=at)
    section = other.sections.all()[0]
    answer = ana.post(f"/plan/plan/consultas/{consultation.pk}/", written(section=str(section.pk)))
    assert answer.status_code == 400
    assert "Elige una parte de la lista." in answer.content.decode()


def test_an_unpublished_consultation_is_the_teams_alone(
    ana: Client, client: Client, plan: ActionPlan, at: datetime, personas: Personas
) -> None:
    consultation = consult(plan, at=at, is_published=False)
    url = f"/plan/plan/consultas/{consultation.pk}/"
    assert [found.get(url).status_code for found in (client, ana)] == [404, 404]
    pedro = client_for(personas.pedro)
    assert pedro.get(url).status_code == 200
    assert "Registro de dueños" not in client.get("/plan/plan/consultas/").content.decode()
    pedro.post(url, written(section=""))
    assert not Contribution.objects.exists()


@pytest.mark.parametrize(
    "url",
    [
        f"/plan/plan/compromisos/{LONG_NUMBER}/comentarios/",
        "/plan/plan/compromisos/99999999999999999999/comentarios/",
        "/plan/plan/consultas/99999999999999999999/",
        "/plan/otro/consultas/",
        "/plan/participacion/baja/x/",
        "/plan/participacion/sin-respuestas/x/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, commitment: Commitment, url: str) -> None:
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("query", ["?seccion=\x00", f"?seccion={LONG_NUMBER}", "?pagina=-1", "?seccion=٣"])
def test_strange_questions_show_everything(
    client: Client, plan: ActionPlan, at: datetime, query: str
) -> None:
    consultation = consult(plan, at=at)
    assert client.get(f"/plan/plan/consultas/{consultation.pk}/{query}").status_code == 200


def test_a_draft_plan_shows_nothing_to_others(
    client: Client, ana: Client, plan: ActionPlan, commitment: Commitment
) -> None:
    ActionPlan.objects.update(status="draft", is_current=False)
    for url in (COMMENTS, "/plan/plan/respuestas/", "/plan/plan/reuniones/", "/plan/plan/consultas/"):
        assert (client.get(url).status_code, ana.get(url).status_code) == (404, 404)


# --- One's own -----------------------------------------------------------------------------------
def test_others_cannot_touch_what_one_wrote(
    ana: Client, commitment: Commitment, at: datetime, personas: Personas
) -> None:
    row = comment(commitment, personas.bruno, at=at)
    reply(row, at=at)
    url = f"/plan/participacion/aportes/{row.public_id}/"
    for end in ("corregir/", "retirar/", "agregar/", "responder/"):
        assert ana.get(url + end).status_code == 404
        assert ana.post(url + end, {"text": "Otra cosa"}).status_code == 404
    row.refresh_from_db()
    assert row.text == "Propongo publicar el registro cada mes."


def test_one_corrects_adds_and_takes_back(ana: Client, commitment: Commitment, at: datetime) -> None:
    ana.post(COMMENTS, written())
    row = Contribution.objects.get()
    url = f"/plan/participacion/aportes/{row.public_id}/"
    ana.post(url + "corregir/", {"text": "Cada semana."})
    row.refresh_from_db()
    assert row.text == "Cada semana."
    reply(row, at=at)
    assert ana.post(url + "corregir/", {"text": "Nunca."}).status_code == 400
    assert ana.post(url + "agregar/", {"text": "Gracias."}).status_code == 302
    assert ana.post(url + "retirar/").status_code == 302
    row.refresh_from_db()
    assert (row.state, Contribution.objects.count()) == ("withdrawn", 2)


def test_one_reads_and_takes_along_all_that_one_wrote(
    ana: Client, commitment: Commitment, at: datetime, personas: Personas
) -> None:
    row = comment(commitment, personas.ana, at=at)
    comment(commitment, personas.bruno, at=at, text="De otra persona")
    reply(row, at=at)
    page = ana.get("/plan/participacion/mis-aportes/").content.decode()
    assert "cada mes" in page and "De otra persona" not in page
    found = json.loads(ana.get("/plan/participacion/mis-aportes/descargar/").content)
    assert [one["texto"] for one in found] == ["Propongo publicar el registro cada mes."]
    assert found[0]["respuestas"][0]["decision"] == "Acogido"


def test_a_reader_reports_with_a_reason_of_the_list(
    ana: Client, commitment: Commitment, at: datetime
) -> None:
    row = comment(commitment, UserFactory(), at=at)
    url = f"/plan/participacion/aportes/{row.public_id}/avisar/"
    assert ana.post(url, {"reason": "otro"}).status_code == 400
    assert ana.post(url, {"reason": "offence", "note": "a" * 301}).status_code == 400
    ana.post(url, {"reason": "offence", "note": ""})
    assert row.reports.get().reason == "offence"


# --- Queries -------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["visitor", "ana"])
@pytest.mark.parametrize("page", ["comments", "consultation", "commitment", "register", "plan"])
def test_pages_cost_the_same_with_three_and_with_thirty(
    client: Client, ana: Client, plan: ActionPlan, commitment: Commitment, at: datetime, who: str, page: str
) -> None:
    consultation = consult(plan, at=at)
    urls = {
        "comments": COMMENTS,
        "consultation": f"/plan/plan/consultas/{consultation.pk}/",
        "commitment": "/plan/plan/compromisos/11/",
        "register": "/plan/plan/respuestas/",
        "plan": "/plan/plan/",
    }
    browser = client if who == "visitor" else ana

    def write(start: int, end: int) -> None:
        for number in range(start, end):
            row = comment(commitment, UserFactory(), at=at, text=f"Texto {number}")
            contribute(consultation, UserFactory(), at=at, section=2, text=f"Texto {number}")
            reply(row, at=at, commitment_id=commitment.pk)

    write(0, 3)
    few = count_page_queries(browser, urls[page])
    write(3, 30)
    many = count_page_queries(browser, urls[page])
    assert many == few
    assert many <= 15
