from datetime import date, datetime

import pytest
from django.test import Client

from courses.models import CoursePage, CourseRelease
from courses.services import publish_release
from lms.progress.models import Completion, Enrolment, LearningContext, UnitResult
from tests.factories.courses import create_course
from tests.personas import Personas, client_for
from tests.personas import personas as personas  # a fixture
from tests.ui.markup import read_markup

pytestmark = pytest.mark.django_db
COURSE = "/cursos/curso/"


@pytest.fixture
def course(at: datetime) -> CoursePage:
    page = create_course(lessons=(("l1", "l2"), ("l3",)))
    publish_release(page=page, at=at)
    return page


def words(client: Client) -> str:
    response = client.get(COURSE)
    assert response.status_code == 200
    return " ".join(read_markup(response.content.decode()).with_id("contenido").text.split())


def enrol(personas: Personas, at: datetime) -> Enrolment:
    release = CourseRelease.objects.get()
    return Enrolment.objects.create(
        person=personas.ana.person, course=release.course, release=release, context=LearningContext.CITIZEN,
        started_at=at,
    )  # fmt: skip


@pytest.mark.usefixtures("course")
def test_a_visitor_reads_all_before_logging_in(client: Client) -> None:
    text = words(client)
    for piece in (
        "Reconocer un conflicto",
        "Lección l1",
        "Actuar con probidad",
        "2 de 3: aplica",
        "Ingresar para empezar",
    ):
        assert piece in text
    assert "Aprobar la evaluación final con 70" in text


@pytest.mark.usefixtures("course")
def test_hours_are_those_of_the_version(client: Client) -> None:
    outline = CourseRelease.objects.get().outline
    assert outline.minutes == sum(unit.minutes for unit in outline.units)
    assert f"Equivale a {str(outline.pedagogical_hours).replace('.', ',')} horas pedagógicas" in words(client)
    assert f"Contamos {outline.minutes} minutos" in words(client)


@pytest.mark.usefixtures("course")
def test_whoever_has_a_job_chooses_how_to_enrol(personas: Personas) -> None:
    text = words(client_for(personas.ana))
    assert "Inscribirme y empezar" in text
    assert "Servicio de Registros Territoriales ve si lo completé" in text


@pytest.mark.usefixtures("course")
def test_whoever_is_enrolled_sees_where_to_go_on(personas: Personas, at: datetime) -> None:
    enrolment = enrol(personas, at)
    UnitResult.objects.create(enrolment=enrolment, unit_key="l1", finished_at=at, source="web")
    client = client_for(personas.ana)
    assert "1 de 3 lecciones" in words(client)
    assert "Lo que sigue: «Lección l2»" in words(client)
    links = read_markup(client.get(COURSE).content.decode()).all("a")
    assert [a.attrs["href"] for a in links if a.attrs.get("aria-current") == "step"] == ["/aula/curso/l2/"]


@pytest.mark.usefixtures("course")
def test_whoever_completed_it_finds_the_certificate(personas: Personas, at: datetime) -> None:
    enrolment = enrol(personas, at)
    Completion.objects.create(
        enrolment=enrolment, person=enrolment.person, course=enrolment.course, release=enrolment.release,
        context=enrolment.context, completed_at=at, completed_on=date(2026, 11, 20), minutes=60,
    )  # fmt: skip
    text = words(client_for(personas.ana))
    assert "Lo completaste el 20 de noviembre de 2026" in text
    assert "Ver mi certificado" in text


@pytest.mark.usefixtures("course")
def test_one_persons_progress_is_not_anothers(personas: Personas, at: datetime) -> None:
    enrol(personas, at)
    assert "Inscribirme y empezar" in words(client_for(personas.elena))


def test_a_course_without_version_says_that_it_is_coming(client: Client) -> None:
    create_course()
    assert "se está preparando" in words(client)


@pytest.mark.usefixtures("course")
def test_a_module_leads_to_its_place_on_the_course_page(client: Client) -> None:
    assert client.get(f"{COURSE}m2/").headers["Location"].endswith("/cursos/curso/#m2")


@pytest.mark.usefixtures("course")
def test_a_lesson_page_leads_to_the_classroom(client: Client) -> None:
    assert client.get(f"{COURSE}m1/l1/").headers["Location"] == "/aula/curso/l1/"
