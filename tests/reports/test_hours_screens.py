"""Hours of training per person and year, in the shape of an annual training plan."""

import csv
import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse

from lms.people.models import AccessLogEntry
from lms.progress.models import LearningContext, UnitResult
from lms.reports.hours.hours_filters import read_year
from lms.workshops.models import Attendance
from tests.factories.people import PersonFactory, PostingFactory
from tests.factories.workshops import WorkshopSessionFactory
from tests.personas import client_for
from tests.queries import count_page_queries, read_page
from tests.reports.records import create_course, take_course
from tests.reports.trained import Trained, add_learners, auditor, lead_of, other_unit

pytestmark = pytest.mark.usefixtures("fixed_clock")
URL = "reports:hours"
SANTIAGO = ZoneInfo("America/Santiago")


@pytest.fixture
def carla(trained: Trained) -> Client:
    return client_for(trained.personas.carla)


def read(client: Client, name: str = URL, **query: object) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def lines(client: Client, **query: object) -> list[dict[str, str]]:
    response = client.get(reverse("reports:hours_csv"), query)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def finish_all(trained: Trained, at: datetime) -> None:
    """Move the units that Ana finished to another instant."""
    UnitResult.objects.filter(enrolment=trained.ana.enrolment).update(finished_at=at)


def attend(
    trained: Trained, *, at: datetime, hours: int = 4, context: str = "employee", **more: object
) -> Attendance:
    person = trained.personas.ana.person
    session = WorkshopSessionFactory(
        starts_at=at, ends_at=at + timedelta(hours=hours), title="Taller de ética"
    )
    return Attendance.objects.create(
        session=session, person=person, context=context, minutes=hours * 60, marked_at=at, **more
    )


# --- What a line says -------------------------------------------------------------------------------
def test_a_course_has_its_line_in_the_shape_of_the_plan(trained: Trained, carla: Client) -> None:
    (line,) = lines(carla)
    done = trained.anas_completion
    assert line["Nombre"] == "Rojas, Ana"
    assert (line["Tipo"], line["Modalidad"], line["Evaluada"]) == ("Curso", "En línea", "Sí")
    assert line["Resultado"] == "Aprobado con 100\xa0%"
    assert float(line["Horas cronológicas"]) == round(done.minutes / 60, 2)
    assert float(line["Horas pedagógicas"]) == done.minutes * 10 // 45 / 10
    assert line["Artículo 28"] == "Voluntaria"  # shorter than twenty hours
    assert (line["Minutos fuera de la jornada"], line["Descanso compensatorio (minutos)"]) == ("0", "0")


def test_a_long_assessed_course_counts_for_article_28(trained: Trained, carla: Client) -> None:
    done = trained.anas_completion
    done.minutes = 900
    done.save()
    assert lines(carla)[0]["Artículo 28"] == "Cuenta"
    assert "Cuenta" in read(carla)


def test_hours_at_night_give_rest_for_what_is_required(trained: Trained, carla: Client) -> None:
    finish_all(trained, datetime(2026, 11, 20, 21, tzinfo=SANTIAGO))
    (line,) = lines(carla)
    outside = int(line["Minutos fuera de la jornada"])
    assert outside > 0
    assert int(line["Descanso compensatorio (minutos)"]) == outside


def test_hours_at_night_of_what_nobody_asked_give_none(trained: Trained, carla: Client) -> None:
    finish_all(trained, datetime(2026, 9, 18, 21, tzinfo=SANTIAGO))  # before the requirement
    (line,) = lines(carla)
    assert int(line["Minutos fuera de la jornada"]) > 0
    assert line["Descanso compensatorio (minutos)"] == "0"


def test_the_clock_is_that_of_the_region(trained: Trained, carla: Client) -> None:
    evening = datetime(2026, 7, 1, 17, tzinfo=SANTIAGO)
    finish_all(trained, evening)
    assert lines(carla)[0]["Minutos fuera de la jornada"] == "0"
    trained.personas.ana.person.postings.update(region="CL-MA")
    assert lines(carla)[0]["Minutos fuera de la jornada"] != "0"


def test_the_working_day_is_a_setting(trained: Trained, carla: Client, settings: object) -> None:
    settings.WORKING_HOURS = "1-5 13:00-20:00"  # type: ignore[attr-defined]
    assert lines(carla)[0]["Minutos fuera de la jornada"] != "0"


def test_a_workshop_counts_with_its_minutes_and_never_as_assessed(trained: Trained, carla: Client) -> None:
    attend(trained, at=datetime(2026, 8, 7, 15, tzinfo=SANTIAGO))
    line = next(row for row in lines(carla) if row["Tipo"] == "Taller")
    assert (line["Horas cronológicas"], line["Evaluada"], line["Resultado"]) == ("4.0", "No", "Asistió")
    assert (line["Artículo 28"], line["Fuente"]) == ("Voluntaria", "Lista de asistencia")
    assert line["Minutos fuera de la jornada"] == "90"
    assert line["Descanso compensatorio (minutos)"] == "0"


@pytest.mark.parametrize(
    "change",
    [
        {"context": LearningContext.CITIZEN},
        {"voided_at": datetime(2026, 9, 1, tzinfo=SANTIAGO), "void_reason": "mistake"},
    ],
)
def test_a_workshop_that_does_not_count_is_not_there(
    trained: Trained, carla: Client, change: dict[str, object]
) -> None:
    attend(trained, at=datetime(2026, 8, 7, 15, tzinfo=SANTIAGO), **change)  # type: ignore[arg-type]
    assert all(row["Tipo"] == "Curso" for row in lines(carla))


def test_a_course_under_way_has_no_hours_yet(trained: Trained, carla: Client) -> None:
    release = create_course(code="largo", title="Largo")
    take_course(trained.personas.bruno.person, release, started=date(2026, 5, 4), units=2)
    line = next(row for row in lines(carla) if row["Actividad"] == "Largo")
    assert (line["Resultado"], line["Horas pedagógicas"], line["Artículo 28"]) == (
        "En curso",
        "0.0",
        "Aún no",
    )
    assert line["Fecha de término"] == ""


def test_hours_are_of_the_year_in_which_the_course_was_finished(trained: Trained, carla: Client) -> None:
    release = create_course(code="puente", title="Puente")
    take_course(
        trained.personas.bruno.person, release, started=date(2025, 12, 20), completed=date(2026, 1, 10)
    )
    assert [float(row["Horas pedagógicas"]) > 0 for row in lines(carla) if row["Actividad"] == "Puente"] == [
        True
    ]
    before = [row for row in lines(carla, anio="2025") if row["Actividad"] == "Puente"]
    assert [row["Horas pedagógicas"] for row in before] == ["0.0"]


def test_what_was_done_elsewhere_or_as_a_citizen_is_not_there(trained: Trained, carla: Client) -> None:
    release = create_course(code="ajeno", title="Ajeno")
    newcomer = PostingFactory(
        institution=trained.personas.institution, unit=trained.personas.unit, valid_from=date(2026, 10, 1)
    ).person
    take_course(newcomer, release, started=date(2026, 2, 1), completed=date(2026, 3, 1))
    other = create_course(code="propio", title="Propio")
    take_course(
        trained.personas.bruno.person, other, started=date(2026, 2, 1), completed=date(2026, 3, 1),
        context=LearningContext.CITIZEN,
    )  # fmt: skip
    assert {row["Actividad"] for row in lines(carla)} == {"Curso de prueba"}


# --- Sums -------------------------------------------------------------------------------------------
def test_sums_agree(trained: Trained, carla: Client, at: datetime) -> None:
    add_learners(4, trained=trained, at=at)
    attend(trained, at=datetime(2026, 8, 7, 15, tzinfo=SANTIAGO))
    context = carla.get(reverse(URL)).context
    book = context["book"]
    assert book.total.people == 5
    for name in ("people", "activities", "minutes", "tenths", "counted_tenths", "outside", "rest"):
        whole = getattr(book.total, name)
        assert whole == sum(getattr(person.hours, name) for person in book.people)
        assert whole == sum(getattr(unit.hours, name) for unit in book.units)
        assert whole >= 0
    assert sum(unit.headcount for unit in book.units) == book.headcount == 10


# --- Who, and at what cost --------------------------------------------------------------------------
def test_elena_sees_nobody(trained: Trained) -> None:
    elena = client_for(trained.personas.elena)
    assert "Rojas" not in read(elena)
    for name in (URL, "reports:hours_csv"):
        assert elena.get(reverse(name), {"institucion": "AA900"}).status_code == 404


def test_a_team_lead_sees_the_own_unit_and_exports_nothing(trained: Trained) -> None:
    unit = other_unit(trained)
    release = create_course(code="breve", title="Breve")
    person = PostingFactory(
        institution=unit.institution, unit=unit, person=PersonFactory(family_names="Propia")
    ).person
    take_course(person, release, started=date(2026, 5, 4), completed=date(2026, 5, 5))
    lead = client_for(lead_of(unit))
    page = read(lead)
    assert "Propia" in page
    assert "Rojas, Ana" not in page
    assert lead.get(reverse("reports:hours_csv")).status_code == 404


def test_an_auditor_reads_and_exports(trained: Trained) -> None:
    client = client_for(auditor())
    assert "Rojas, Ana" in read(client, institucion="AA900")
    assert lines(client, institucion="AA900")


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2025", 2025),
        ("2026", 2026),
        ("2027", 2026),
        ("1999", 2026),
        ("", 2026),
        ("²02", 2026),
        ("abcd", 2026),
    ],
)
def test_a_year_to_come_is_not_asked_for(text: str, year: int) -> None:
    assert read_year({"anio": text}, today=date(2026, 11, 20)) == year


@pytest.mark.parametrize("query", [{"anio": "mil"}, {"unidad": "x"}, {"pagina": "z"}, {"q": "\x00"}])
def test_bad_input_is_dropped(trained: Trained, carla: Client, query: dict[str, str]) -> None:
    assert read(carla, **query)


def test_cells_that_look_like_formulas_are_text(trained: Trained, carla: Client) -> None:
    person = trained.personas.ana.person
    person.family_names = "@SUM(1)"
    person.save()
    trained.personas.unit.name = "+cmd"
    trained.personas.unit.save()
    (line,) = lines(carla)
    assert (line["Nombre"], line["Unidad"]) == ("'@SUM(1), Ana", "'+cmd")


@pytest.mark.parametrize(("name", "action"), [(URL, "view_list"), ("reports:hours_xlsx", "export")])
def test_each_look_is_written_down(trained: Trained, carla: Client, name: str, action: str) -> None:
    read_page(carla, reverse(name))
    entry = AccessLogEntry.objects.latest("at")
    assert (entry.action, entry.people_count) == (action, 1)


@pytest.mark.parametrize(("name", "budget"), [(URL, 22), ("reports:hours_csv", 22)])
def test_the_cost_does_not_grow_with_people(
    trained: Trained, carla: Client, at: datetime, name: str, budget: int
) -> None:
    add_learners(2, trained=trained, at=at)
    few = count_page_queries(carla, reverse(name))
    add_learners(12, trained=trained, at=at)
    assert count_page_queries(carla, reverse(name)) == few <= budget
