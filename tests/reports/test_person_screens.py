"""A person's file: who may open it, what it shows, and what it never shows."""

from datetime import date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certificates.services import reissue_certificate, revoke_certificate
from lms.people.models import AccessLogEntry, Person, Role
from lms.people.services.accounts import erase_person
from lms.progress.models import CheckAnswer, LearningContext
from lms.reports.people.selectors_people import Span, is_within
from tests.factories.people import (
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)
from tests.factories.records import grade_again
from tests.personas import Personas, client_for
from tests.queries import count_page_queries
from tests.reports.records import certify, create_course, noon, take_course

pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


def address(person: Person | UUID) -> str:
    return reverse("reports:person", args=[person.public_id if isinstance(person, Person) else person])


def ana_of(personas: Personas) -> Person:
    return personas.ana.person


# --- Who gets in ---------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ["ana", "bruno", "diego", "iris", "pedro", "elena"])
def test_whoever_is_not_hr_of_the_institution_finds_nothing(personas: Personas, name: str) -> None:
    page = client_for(getattr(personas, name)).get(address(ana_of(personas)))

    assert page.status_code == 404
    assert ana_of(personas).run_masked not in page.content.decode()


def test_a_visitor_without_account_is_sent_to_log_in(personas: Personas) -> None:
    assert Client().get(address(ana_of(personas))).status_code == 302


def test_an_unknown_and_an_erased_person_are_not_found(
    personas: Personas, carla: Client, at: datetime
) -> None:
    bruno = personas.bruno.person
    erase_person(person=bruno, at=at)

    assert carla.get(address(bruno)).status_code == 404
    assert carla.get(address(uuid4())).status_code == 404


def test_a_role_that_has_ended_opens_nothing(personas: Personas) -> None:
    account = UserFactory(email="exjefa@servicio.example")
    RoleAssignmentFactory(user=account, role=Role.HR, institution=personas.institution, ended=True)

    assert client_for(account).get(address(ana_of(personas))).status_code == 404


def test_an_auditor_of_everything_sees_the_file(personas: Personas) -> None:
    auditor = UserFactory(email="auditoria@servicio.example")
    RoleAssignmentFactory(user=auditor, role=Role.AUDITOR, everywhere=True)

    page = client_for(auditor).get(address(ana_of(personas)))

    assert page.status_code == 200
    assert reverse("reports:certificates") not in page.content.decode()


def test_the_list_of_compliance_leads_to_the_file(personas: Personas, carla: Client) -> None:
    create_course()

    assert address(ana_of(personas)) in carla.get(reverse("reports:by_course")).content.decode()


# --- What it shows -------------------------------------------------------------------------------
def test_it_shows_name_masked_run_postings_and_results(personas: Personas, carla: Client) -> None:
    ana = ana_of(personas)
    enrolment = take_course(
        ana,
        create_course(),
        started=date(2026, 3, 2),
        completed=date(2026, 3, 20),
        valid_until=date(2028, 3, 20),
    )
    certificate = certify(enrolment)

    text = carla.get(address(ana)).content.decode()

    for words in (
        "Ana Rojas", ana.run_masked, "Departamento de Personas", "Profesionales", "Contrata",
        "Integridad pública", "3/3", "20 de marzo de 2026", "20 de marzo de 2028", "87\N{NO-BREAK SPACE}%",
        "Medido por este servidor", "Vigente", certificate.formatted_code,
    ):  # fmt: skip
        assert words in text


def test_a_course_in_progress_has_neither_date_nor_certificate(personas: Personas, carla: Client) -> None:
    take_course(ana_of(personas), create_course(), started=date(2026, 3, 2), units=2)

    course = carla.get(address(ana_of(personas))).context["file"].courses[0]

    assert (course.units_done, course.units_total, course.completed_on) == (2, 3, None)
    assert course.certificate is None


def test_an_expired_completion_says_so(personas: Personas, carla: Client) -> None:
    take_course(
        ana_of(personas), create_course(),
        started=date(2024, 3, 2), completed=date(2024, 3, 3), valid_until=date(2026, 11, 19),
    )  # fmt: skip

    assert "Vencido" in carla.get(address(ana_of(personas))).content.decode()


def test_a_revoked_certificate_says_so(personas: Personas, carla: Client, at: datetime) -> None:
    certificate = certify(
        take_course(ana_of(personas), create_course(), started=date(2026, 3, 2), completed=date(2026, 3, 3))
    )
    revoke_certificate(certificate=certificate, reason="error", note="", at=at, actor_label="prueba")

    assert "Revocado" in carla.get(address(ana_of(personas))).content.decode()


def test_of_a_replaced_certificate_the_replacement_is_shown(
    personas: Personas, carla: Client, at: datetime
) -> None:
    old = certify(
        take_course(ana_of(personas), create_course(), started=date(2026, 3, 2), completed=date(2026, 3, 3)),
        name="Ana Roja",
    )
    new = reissue_certificate(
        certificate=old, recipient_name="Ana Rojas", run_masked="", at=at, actor_label="prueba"
    )

    text = carla.get(address(ana_of(personas))).content.decode()

    assert new.formatted_code in text
    assert old.formatted_code not in text


# --- What it never shows -------------------------------------------------------------------------
def test_a_result_that_rose_when_a_key_was_mended_says_so(personas: Personas, carla: Client) -> None:
    ana = ana_of(personas)
    enrolment = take_course(ana, create_course(), started=date(2026, 3, 2), completed=date(2026, 3, 20))
    grade_again(enrolment, at=noon(date(2026, 4, 6)))

    text = carla.get(address(ana)).content.decode()

    assert "El 6 de abril de 2026 se corrigió la pauta de una pregunta de la evaluación." in text
    assert "El puntaje subió de 2 a 3." in text


def test_a_result_that_rose_after_leaving_is_not_told(personas: Personas, carla: Client) -> None:
    mover = PersonFactory()
    PostingFactory(
        person=mover, institution=personas.institution, unit=personas.unit, valid_until=date(2026, 3, 31)
    )
    enrolment = take_course(mover, create_course(), started=date(2026, 3, 2), completed=date(2026, 3, 20))
    grade_again(enrolment, at=noon(date(2026, 4, 6)))

    assert "El puntaje subió" not in carla.get(address(mover)).content.decode()


def test_a_result_that_rose_and_is_not_enough_is_not_told(personas: Personas, carla: Client) -> None:
    ana = ana_of(personas)
    enrolment = take_course(ana, create_course(), started=date(2026, 3, 2), completed=date(2026, 3, 20))
    grade_again(enrolment, at=noon(date(2026, 3, 6)), passed=False)

    assert "El puntaje subió" not in carla.get(address(ana)).content.decode()


def test_what_a_person_learns_on_its_own_is_not_shown(personas: Personas, carla: Client) -> None:
    ana = ana_of(personas)
    own = create_course(code="por-mi-cuenta", title="Curso ciudadano")
    certificate = certify(
        take_course(
            ana, own,
            started=date(2026, 3, 2), completed=date(2026, 3, 3), context=LearningContext.CITIZEN,
        )
    )  # fmt: skip

    text = carla.get(address(ana)).content.decode()

    assert "Curso ciudadano" not in text
    assert certificate.formatted_code not in text


def test_courses_begun_before_or_after_the_posting_are_not_shown(personas: Personas, carla: Client) -> None:
    mover = PersonFactory(given_names="Julia", family_names="Cea")
    PostingFactory(
        person=mover, institution=personas.institution, unit=personas.unit,
        valid_from=date(2024, 3, 1), valid_until=date(2024, 12, 31),
    )  # fmt: skip
    for code, day in (
        ("antes", date(2024, 2, 29)),
        ("durante", date(2024, 12, 31)),
        ("despues", date(2025, 1, 1)),
    ):
        take_course(mover, create_course(code=code, title=f"Curso {code}"), started=day, completed=day)

    text = carla.get(address(mover)).content.decode()

    assert "Curso durante" in text
    assert "Curso antes" not in text
    assert "Curso despues" not in text


def test_what_was_reached_after_leaving_is_not_shown(personas: Personas, carla: Client) -> None:
    mover = PersonFactory()
    PostingFactory(
        person=mover, institution=personas.institution, unit=personas.unit, valid_until=date(2024, 12, 31)
    )
    certificate = certify(
        take_course(mover, create_course(), started=date(2024, 12, 1), completed=date(2025, 2, 1))
    )

    page = carla.get(address(mover))

    assert page.context["file"].courses[0].completed_on is None
    assert certificate.formatted_code not in page.content.decode()


def test_postings_in_other_institutions_are_not_shown(personas: Personas, carla: Client) -> None:
    unit = UnitFactory(institution=personas.other_institution, name="Inspección fiscal de obras")
    PostingFactory(
        person=ana_of(personas), institution=personas.other_institution, unit=unit,
        valid_from=date(2022, 1, 1), valid_until=date(2023, 12, 31),
    )  # fmt: skip

    text = carla.get(address(ana_of(personas))).content.decode()

    assert "Inspección fiscal de obras" not in text
    assert personas.other_institution.name not in text


def test_answers_are_not_read_at_all(personas: Personas, carla: Client) -> None:
    enrolment = take_course(ana_of(personas), create_course(), started=date(2026, 3, 2))
    CheckAnswer.objects.create(
        enrolment=enrolment,
        check_key="pregunta-secreta",
        option=1,
        is_right=False,
        answered_at=enrolment.started_at,
    )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        text = carla.get(address(ana_of(personas))).content.decode()

    assert "pregunta-secreta" not in text
    asked = " ".join(query["sql"] for query in queries)
    tables = ("progress_checkanswer", "progress_answerevent", "progress_questionmark", "progress_dilemma")
    assert not any(table in asked for table in tables)
    assert not any(
        f'"progress_assessmentattempt"."{name}"' in asked for name in ("drawn", "correct", "competences")
    )


# --- The record of the look ----------------------------------------------------------------------
def test_each_look_is_written_down(personas: Personas, carla: Client) -> None:
    carla.get(address(ana_of(personas)))

    entry = AccessLogEntry.objects.get(action=AccessLogEntry.Action.VIEW_PERSON)
    assert (entry.viewer, entry.role, entry.institution) == (personas.carla, Role.HR, personas.institution)
    assert (entry.subject, entry.people_count) == (ana_of(personas), 1)


def test_a_refused_look_and_one_at_the_own_file_are_not_written_down(
    personas: Personas, carla: Client
) -> None:
    client_for(personas.elena).get(address(ana_of(personas)))
    own = carla.get(address(personas.carla.person))

    assert own.status_code == 200
    assert not AccessLogEntry.objects.exists()


def test_a_file_of_many_courses_asks_no_more_queries_than_one_of_a_few(
    personas: Personas, carla: Client
) -> None:
    for number in range(3):
        release = create_course(code=f"curso-{number}")
        row = take_course(ana_of(personas), release, started=date(2026, 3, 2), completed=date(2026, 3, 3))
        certify(row)
        grade_again(row, at=noon(date(2026, 3, 4)))
    few = count_page_queries(carla, address(ana_of(personas)))
    for number in range(3, 30):
        release = create_course(code=f"curso-{number}")
        row = take_course(ana_of(personas), release, started=date(2026, 3, 2), completed=date(2026, 3, 3))
        grade_again(row, at=noon(date(2026, 3, 4)))

    assert count_page_queries(carla, address(ana_of(personas))) == few


def test_the_page_has_one_heading_and_no_inline_style(personas: Personas, carla: Client) -> None:
    take_course(ana_of(personas), create_course(), started=date(2026, 3, 2))

    text = carla.get(address(ana_of(personas))).content.decode()

    assert text.count("<h1") == 1
    assert "style=" not in text


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 2, 29), False), (date(2024, 3, 1), True), (date(2024, 12, 31), True),
        (date(2025, 1, 1), False), (date(2026, 1, 1), True),
    ],
)  # fmt: skip
def test_a_day_is_within_a_posting_from_its_first_day_to_its_last(day: date, expected: bool) -> None:
    spans = [Span(date(2024, 3, 1), date(2024, 12, 31)), Span(date(2026, 1, 1), None)]

    assert is_within(day=day, spans=spans) is expected
