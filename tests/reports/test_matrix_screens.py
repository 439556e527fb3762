"""People × courses: what each cell says, to whom, and what it costs."""

import csv
import io
from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.people.models import AccessLogEntry, Posting
from lms.progress.models import LearningContext
from lms.progress.services.assigned import follow_people
from tests.factories.learning import make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.personas import client_for
from tests.queries import count_page_queries
from tests.reports.records import create_course, take_course
from tests.reports.trained import Trained, add_learners, add_people, auditor, lead_of, other_unit

pytestmark = pytest.mark.usefixtures("fixed_clock")
URL = "reports:matrix"


@pytest.fixture
def carla(trained: Trained) -> Client:
    return client_for(trained.personas.carla)


def read(client: Client, name: str = URL, **query: object) -> str:
    response = client.get(reverse(name), query)
    assert response.status_code == 200
    return response.content.decode()


def rows_of(client: Client, **query: object) -> dict[str, dict[str, str]]:
    response = client.get(reverse("reports:matrix_csv"), query)
    assert response.status_code == 200
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return {row["Persona"]: row for row in csv.DictReader(io.StringIO(text))}


def test_the_columns_are_the_courses_that_are_asked(trained: Trained, carla: Client) -> None:
    create_course(code="otro", title="Otro curso")
    page = read(carla)
    assert "Curso de prueba</th>" in page
    assert "Otro curso</th>" not in page
    assert "Otro curso</th>" in read(carla, curso="otro")


def test_each_cell_has_a_word_and_its_dates(trained: Trained, carla: Client) -> None:
    page = read(carla)
    assert '<span class="vh">Completado. </span>20-11-2026' in page.replace("20/11/2026", "20-11-2026")
    assert '<span class="vh">Sin iniciar. </span>' in page


def test_a_course_begun_is_under_way(trained: Trained, carla: Client, at: datetime) -> None:
    bruno = trained.personas.bruno.person
    make_learner(person=bruno, at=at, posting=bruno.postings.get())
    assert rows_of(carla)["Soto, Bruno"]["Curso de prueba: situación"] == "En curso"


def test_an_expired_completion_says_since_when(trained: Trained, carla: Client) -> None:
    release = create_course(code="viejo", title="Viejo")
    take_course(
        trained.personas.bruno.person, release, started=date(2024, 2, 1), completed=date(2024, 3, 1),
        valid_until=date(2026, 3, 1),
    )  # fmt: skip
    assert rows_of(carla, curso="viejo")["Soto, Bruno"]["Viejo: situación"] == "Vencido"
    past = rows_of(carla, curso="viejo", al="2026-02-28")["Soto, Bruno"]
    assert (past["Viejo: situación"], past["Viejo: completado el"]) == ("Completado", "2024-03-01")


def test_what_was_done_before_the_posting_is_nobodys_business(trained: Trained, carla: Client) -> None:
    release = create_course(code="antes", title="Antes")
    person = trained.personas.bruno.person
    take_course(person, release, started=date(2023, 3, 1), completed=date(2023, 4, 1))  # posting: 2024 on
    assert rows_of(carla, curso="antes")["Soto, Bruno"]["Antes: situación"] == "Sin iniciar"


def test_what_was_done_as_a_citizen_is_nobodys_business(trained: Trained, carla: Client) -> None:
    release = create_course(code="propio", title="Propio")
    take_course(
        trained.personas.bruno.person, release, started=date(2026, 3, 1), completed=date(2026, 4, 1),
        context=LearningContext.CITIZEN,
    )  # fmt: skip
    assert rows_of(carla, curso="propio")["Soto, Bruno"]["Propio: situación"] == "Sin iniciar"


def test_what_a_requirement_accepts_from_elsewhere_is_accredited_without_dates(
    trained: Trained, carla: Client, at: datetime
) -> None:
    newcomer = PersonFactory(given_names="Nina", family_names="Nueva")
    release = trained.course.releases.get()
    take_course(newcomer, release, started=date(2026, 2, 1), completed=date(2026, 3, 1))
    PostingFactory(
        person=newcomer, institution=trained.personas.institution, unit=trained.personas.unit,
        valid_from=date(2026, 10, 15),
    )  # fmt: skip
    follow_people(person_ids=[newcomer.pk], at=at)
    row = rows_of(carla)["Nueva, Nina"]
    assert (row["Curso de prueba: situación"], row["Curso de prueba: completado el"]) == ("Acreditado", "")


def test_a_past_day_has_the_people_of_that_day(trained: Trained, carla: Client) -> None:
    gone = PostingFactory(
        institution=trained.personas.institution, unit=trained.personas.unit,
        person=PersonFactory(given_names="Gastón", family_names="Ido"), valid_until=date(2026, 6, 30),
    )  # fmt: skip
    assert isinstance(gone, Posting)
    assert "Ido, Gastón" not in read(carla)
    assert "Ido, Gastón" in read(carla, al="2026-06-30")
    assert rows_of(carla, al="2026-11-19")["Rojas, Ana"]["Curso de prueba: situación"] == "Sin iniciar"


def test_people_are_found_by_unit_rank_and_name(trained: Trained, carla: Client, at: datetime) -> None:
    unit = other_unit(trained)
    person = add_people(1, trained=trained, at=at, unit=unit)[0]
    assert list(rows_of(carla, unidad=str(unit.pk))) == [person.list_name]
    assert list(rows_of(carla, q="bruno")) == ["Soto, Bruno"]
    assert rows_of(carla, estamento="auxiliares") == {}


def test_more_than_twelve_courses_are_cut(trained: Trained, carla: Client) -> None:
    codes = [create_course(code=f"c{n}", title=f"Curso {n}").course.code for n in range(13)]
    page = read(carla, curso=codes)
    assert page.count("</th>") < 13 + 10
    assert "Se muestran 12 cursos" in page


@pytest.mark.parametrize(
    "query",
    [
        {"curso": "no-existe"},
        {"curso": "\x00"},
        {"unidad": "x"},
        {"al": "mañana"},
        {"pagina": "mil"},
        {"estamento": "rey"},
    ],
)
def test_bad_input_is_dropped(trained: Trained, carla: Client, query: dict[str, str]) -> None:
    assert read(carla, **query)


def test_elena_sees_nobody(trained: Trained) -> None:
    elena = client_for(trained.personas.elena)
    assert "Soto" not in read(elena)
    assert elena.get(reverse(URL), {"institucion": "AA900"}).status_code == 404
    assert elena.get(reverse("reports:matrix_csv"), {"institucion": "AA900"}).status_code == 404


def test_a_team_lead_sees_the_own_unit_and_exports_nothing(trained: Trained, at: datetime) -> None:
    unit = other_unit(trained)
    person = add_people(1, trained=trained, at=at, unit=unit)[0]
    lead = client_for(lead_of(unit))
    page = read(lead)
    assert person.list_name in page
    assert "Soto, Bruno" not in page
    assert reverse("reports:matrix_csv") not in page
    assert lead.get(reverse("reports:matrix_csv")).status_code == 404


def test_an_auditor_reads_and_exports(trained: Trained) -> None:
    client = client_for(auditor())
    assert "Soto, Bruno" in read(client, institucion="AA900")
    assert "Soto, Bruno" in rows_of(client, institucion="AA900")


def test_names_that_look_like_formulas_are_text(trained: Trained, carla: Client, at: datetime) -> None:
    person = trained.personas.bruno.person
    person.family_names = "=HYPERLINK(1)"
    person.save()
    assert "'=HYPERLINK(1), Bruno" in rows_of(carla)


def test_the_workbook_opens(trained: Trained, carla: Client) -> None:
    response = carla.get(reverse("reports:matrix_xlsx"))
    assert b"".join(response.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "action"), [(URL, "view_list"), ("reports:matrix_csv", "export")])
def test_each_look_is_written_down(trained: Trained, carla: Client, name: str, action: str) -> None:
    assert carla.get(reverse(name)).status_code == 200
    entry = AccessLogEntry.objects.latest("at")
    assert (entry.action, entry.people_count) == (action, 6)
    assert entry.detail.startswith("matriz")


@pytest.mark.parametrize(("name", "budget"), [(URL, 20), ("reports:matrix_csv", 22)])
def test_the_cost_does_not_grow_with_people(
    trained: Trained, carla: Client, at: datetime, name: str, budget: int
) -> None:
    few = count_page_queries(carla, reverse(name))
    add_people(27, trained=trained, at=at)
    add_learners(3, trained=trained, at=at + timedelta(seconds=1))
    assert count_page_queries(carla, reverse(name)) == few <= budget
    assert Course.objects.count() == 1
