"""Looking up, revoking and reissuing certificates: who may, what a post does, what is written down."""

from datetime import date, datetime
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from certificates.models import Certificate
from certificates.services import erase_certificate
from lms.people.models import AccessLogEntry, Person, Role
from lms.people.services.accounts import erase_person
from lms.progress.models import LearningContext
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.reports.records import certify, create_course, take_course

PAGE = "/cumplimiento/certificados/"
NOT_FOUND = "No encontramos ese certificado entre los que puedes administrar."
REASONED = {"reason": "error", "note": "Se emitió con el curso equivocado."}
CONFIRMED = {**REASONED, "confirmar": "si"}


pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def admin(personas: Personas) -> Client:
    account = UserFactory(email="administra@servicio.example", first_name="Rita", last_name="Pino")
    RoleAssignmentFactory(user=account, role=Role.ADMINISTRATOR, everywhere=True)
    return client_for(account)


@pytest.fixture
def certificate(personas: Personas) -> Certificate:
    return earn(personas.ana.person)


def earn(
    person: Person, *, name: str = "", context: str = LearningContext.EMPLOYEE, code: str = "c1"
) -> Certificate:
    day = date(2026, 3, 2)
    return certify(
        take_course(person, create_course(code=code), started=day, completed=day, context=context), name=name
    )


def address(name: str, certificate: Certificate) -> str:
    return reverse(f"reports:{name}", args=[certificate.pk])


def look_up(client: Client, code: str) -> HttpResponse:
    return client.post(PAGE, {"codigo": code}, follow=True)


# --- Who gets in ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ana", "bruno", "diego", "iris", "pedro"])
def test_whoever_has_no_such_role_finds_no_page(
    personas: Personas, certificate: Certificate, name: str
) -> None:
    client = client_for(getattr(personas, name))

    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, {"codigo": certificate.code}).status_code == 404
    for page in ("certificate", "certificate_revoke", "certificate_reissue"):
        assert client.get(address(page, certificate)).status_code == 404
    assert client.post(address("certificate_revoke", certificate), CONFIRMED).status_code == 404


def test_elena_gets_the_answer_of_a_code_that_nobody_has(
    personas: Personas, certificate: Certificate
) -> None:
    elena = client_for(personas.elena)

    theirs, nobodys = look_up(elena, certificate.code), look_up(elena, "0000-0000-0000-0000")

    assert theirs.status_code == nobodys.status_code == 404
    for page in (theirs, nobodys):
        assert NOT_FOUND in page.content.decode()
        assert "Rojas" not in page.content.decode()


def test_elena_can_neither_open_nor_change_it(personas: Personas, certificate: Certificate) -> None:
    elena = client_for(personas.elena)

    assert elena.get(address("certificate", certificate)).status_code == 404
    assert elena.post(address("certificate_revoke", certificate), CONFIRMED).status_code == 404
    assert elena.post(address("certificate_reissue", certificate)).status_code == 404
    certificate.refresh_from_db()
    assert not certificate.is_revoked
    assert not AccessLogEntry.objects.exists()


def test_what_a_person_earned_on_its_own_is_not_for_hr_but_for_administrators(
    personas: Personas, carla: Client, admin: Client
) -> None:
    own = earn(personas.ana.person, context=LearningContext.CITIZEN)

    assert look_up(carla, own.code).status_code == 404
    assert carla.post(address("certificate_revoke", own), CONFIRMED).status_code == 404
    assert look_up(admin, own.code).status_code == 200


def test_what_a_person_earned_before_its_posting_is_not_for_hr(personas: Personas, carla: Client) -> None:
    newcomer = PersonFactory()
    PostingFactory(
        person=newcomer, institution=personas.institution, unit=personas.unit, valid_from=date(2026, 6, 1)
    )

    assert look_up(carla, earn(newcomer).code).status_code == 404


def test_an_unknown_certificate_is_not_found(carla: Client) -> None:
    assert carla.get(reverse("reports:certificate", args=[uuid4()])).status_code == 404


# --- Looking up ----------------------------------------------------------------------------------
def test_a_code_as_typed_leads_to_the_certificate(carla: Client, certificate: Certificate) -> None:
    page = look_up(carla, f" {certificate.formatted_code.lower()} ")

    assert page.redirect_chain == [(address("certificate", certificate), 302)]
    text = page.content.decode()
    assert "Ana Rojas" in text
    assert "Vigente" in text


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [("", 400, "Escribe el código."), ("x" * 201, 400, "demasiado largo"), ("hola", 404, NOT_FOUND),
     ("a\x00b", 400, "Error")],
)  # fmt: skip
def test_what_cannot_be_a_code_is_said(carla: Client, typed: str, status: int, words: str) -> None:
    page = carla.post(PAGE, {"codigo": typed})

    assert page.status_code == status
    assert words in page.content.decode()


def test_each_look_is_written_down(personas: Personas, carla: Client, certificate: Certificate) -> None:
    carla.get(address("certificate", certificate))

    entry = AccessLogEntry.objects.get()
    assert (entry.subject, entry.role, entry.institution) == (
        personas.ana.person,
        Role.HR,
        personas.institution,
    )
    assert entry.detail == f"certificate_seen {certificate.formatted_code}"


def test_an_erased_certificate_shows_a_tombstone_to_administrators_only(
    carla: Client, admin: Client, certificate: Certificate, at: datetime
) -> None:
    erase_certificate(certificate=certificate, at=at, actor_label="prueba")

    assert carla.get(address("certificate", certificate)).status_code == 404
    page = admin.get(address("certificate", certificate))
    assert "Retirado" in page.content.decode()
    assert address("certificate_revoke", certificate) not in page.content.decode()
    assert admin.post(address("certificate_revoke", certificate), CONFIRMED).status_code == 302
    assert admin.post(address("certificate_reissue", certificate)).status_code == 302


# --- Revoking ------------------------------------------------------------------------------------
def test_a_reason_is_asked_then_confirmed_before_anything_happens(
    carla: Client, certificate: Certificate
) -> None:
    page = carla.post(address("certificate_revoke", certificate), REASONED)

    assert page.status_code == 200
    text = page.content.decode()
    assert "Confirma la revocación" in text
    assert "Se emitió con el curso equivocado." in text
    certificate.refresh_from_db()
    assert not certificate.is_revoked


def test_a_confirmed_revocation_is_done_and_written_down(
    personas: Personas, carla: Client, certificate: Certificate
) -> None:
    page = carla.post(address("certificate_revoke", certificate), CONFIRMED, follow=True)

    assert "quedó revocado" in page.content.decode()
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "error"
    event = certificate.events.last()
    assert event.actor_label == "Carla Muñoz (Gestión de Personas)"
    assert event.detail == "error: Se emitió con el curso equivocado."
    assert AccessLogEntry.objects.filter(detail__startswith="certificate_revoked ").count() == 1
    assert "Revocado" in page.content.decode()


def test_a_second_post_changes_nothing(carla: Client, certificate: Certificate) -> None:
    carla.post(address("certificate_revoke", certificate), CONFIRMED)
    again = carla.post(
        address("certificate_revoke", certificate), {**CONFIRMED, "reason": "fraud"}, follow=True
    )

    assert "No cambió nada" in again.content.decode()
    certificate.refresh_from_db()
    assert certificate.revoked_reason == "error"
    assert certificate.events.filter(kind="revoked").count() == 1
    assert AccessLogEntry.objects.filter(detail__startswith="certificate_revoked ").count() == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "Elige un motivo."),
        ({"reason": "superseded", "note": "x"}, "Elige uno de los motivos"),
        ({"reason": "error", "note": " "}, "Explica en una frase"),
        ({"reason": "error", "note": "x" * 401}, "demasiado larga"),
        ({"reason": "error", "note": "a\x00b"}, "Hay algo que corregir"),
    ],
)
def test_a_revocation_without_a_good_reason_is_refused_with_words(
    carla: Client, certificate: Certificate, data: dict[str, str], words: str
) -> None:
    page = carla.post(address("certificate_revoke", certificate), {**data, "confirmar": "si"})

    assert page.status_code == 400
    assert words in page.content.decode()
    certificate.refresh_from_db()
    assert not certificate.is_revoked


def test_an_administrator_revokes_for_any_institution(admin: Client, certificate: Certificate) -> None:
    admin.post(address("certificate_revoke", certificate), {**CONFIRMED, "reason": "fraud"})

    certificate.refresh_from_db()
    assert certificate.revoked_reason == "fraud"
    assert AccessLogEntry.objects.filter(institution=None, role=Role.ADMINISTRATOR).exists()


# --- Reissuing -----------------------------------------------------------------------------------
def test_a_corrected_name_gives_a_new_certificate_once(personas: Personas, carla: Client) -> None:
    old = earn(personas.ana.person, name="Ana Roja")

    shown = carla.get(address("certificate_reissue", old)).content.decode()
    first = carla.post(address("certificate_reissue", old), follow=True)
    second = carla.post(address("certificate_reissue", old), follow=True)

    assert "<dd>Ana Roja " in shown
    assert "<dd>Ana Rojas " in shown
    new = Certificate.objects.get(supersedes=old)
    assert new.recipient_name == "Ana Rojas"
    assert first.redirect_chain == second.redirect_chain == [(address("certificate", new), 302)]
    assert "ya fue reemplazado" in second.content.decode()
    assert AccessLogEntry.objects.filter(detail__startswith="certificate_reissued ").count() == 1


def test_the_replaced_certificate_leads_to_the_new_one(personas: Personas, carla: Client) -> None:
    old = earn(personas.ana.person, name="Ana Roja")
    carla.post(address("certificate_reissue", old))

    text = carla.get(address("certificate", old)).content.decode()

    assert "Reemplazado" in text
    assert address("certificate", Certificate.objects.get(supersedes=old)) in text


def test_the_same_name_is_not_issued_again(carla: Client, certificate: Certificate) -> None:
    page = carla.post(address("certificate_reissue", certificate))

    assert page.status_code == 400
    assert "el mismo nombre que la ficha" in page.content.decode()
    assert Certificate.objects.count() == 1


def test_a_revoked_certificate_is_not_reissued(personas: Personas, carla: Client) -> None:
    old = earn(personas.ana.person, name="Ana Roja")
    carla.post(address("certificate_revoke", old), CONFIRMED)

    page = carla.post(address("certificate_reissue", old), follow=True)

    assert "no se puede reemplazar" in page.content.decode()
    assert Certificate.objects.count() == 1


def test_the_certificate_of_an_erased_person_is_for_administrators_to_revoke_only(
    personas: Personas, carla: Client, admin: Client, certificate: Certificate, at: datetime
) -> None:
    erase_person(person=personas.ana.person, at=at)

    assert carla.get(address("certificate", certificate)).status_code == 404
    assert "no se puede corregir" in admin.get(address("certificate", certificate)).content.decode()
    assert admin.post(address("certificate_reissue", certificate)).status_code == 302
    assert Certificate.objects.count() == 1


def test_pages_have_one_heading_and_no_inline_style(personas: Personas, carla: Client) -> None:
    old = earn(personas.ana.person, name="Ana Roja")
    names = ("certificate", "certificate_revoke", "certificate_reissue")
    pages = [carla.get(PAGE), *(carla.get(address(name, old)) for name in names)]
    pages.append(carla.post(address("certificate_revoke", old), REASONED))

    for page in pages:
        text = page.content.decode()
        assert text.count("<h1") == 1
        assert "style=" not in text
