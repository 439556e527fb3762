"""HR writes a requirement, sees whom it reaches, publishes, changes and withdraws it; exempts people."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from courses.models import Course
from lms.people.models import Role
from lms.progress.models import AssignedTraining, Exemption, TrainingRequirement
from lms.progress.rules.timeline import Standing
from tests.factories.learning import make_course
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory
from tests.factories.requirements import draft_requirement, make_requirement, make_spec
from tests.personas import Personas, client_for

pytestmark = pytest.mark.usefixtures("fixed_clock")

START, DUE = date(2026, 11, 20), date(2026, 12, 31)


@pytest.fixture
def course(db: None, at: datetime) -> Course:
    make_course(at=at)
    return Course.objects.get()


@pytest.fixture
def carla(personas: Personas) -> Client:
    return client_for(personas.carla)


@pytest.fixture
def published(personas: Personas, course: Course, at: datetime) -> TrainingRequirement:
    spec = make_spec(course.pk, starts_on=START, due_on=DUE)
    return make_requirement(owner=personas.institution, spec=spec, at=at)


def values(course: Course, **changes: Any) -> dict[str, Any]:
    return {
        "title": "Integridad 2027",
        "reason": "Plan anual",
        "courses": [str(course.pk)],
        "mode": "all",
        "starts_on": "2026-11-20",
        "due_kind": "date",
        "due_on": "2026-12-31",
        "due_days": "30",
        "who": "everybody",
        "target_percent": "80",
        "minimum_days": "30",
        "recertify_months": "0",
        "window_days": "30",
        "grace_days": "0",
    } | changes


def send(client: Client, course: Course, **changes: Any) -> HttpResponse:
    return client.post(reverse("reports:requirement_create"), values(course, **changes))  # type: ignore[return-value]


def test_a_new_requirement_is_a_draft_that_shows_whom_it_reaches(course: Course, carla: Client) -> None:
    response = carla.post(reverse("reports:requirement_create"), values(course), follow=True)
    page = response.content.decode()
    assert TrainingRequirement.objects.get().status == "draft"
    assert "A quiénes alcanza" in page
    assert ">6</span> personas" in page
    assert not AssignedTraining.objects.exists()


def test_publishing_assigns_it_to_everybody(course: Course, carla: Client) -> None:
    send(carla, course)
    row = TrainingRequirement.objects.get()
    response = carla.post(reverse("reports:requirement_publish", args=[row.public_id]), follow=True)
    row.refresh_from_db()
    assert "quedó publicada" in response.content.decode()
    assert (row.status, AssignedTraining.objects.values("person").distinct().count()) == ("live", 6)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "Hay algo que corregir"),
        ({"courses": []}, "Elige al menos un curso"),
        ({"courses": ["999"]}, "Hay algo que corregir"),
        ({"due_on": ""}, "Escribe la fecha"),
        ({"due_on": "2026-01-01"}, "anterior al día desde el que se exige"),
        ({"due_on": "ayer"}, "31-12-2026"),
        ({"due_days": "-1"}, "Hay algo que corregir"),
        ({"due_days": "99999"}, "Hay algo que corregir"),
        ({"target_percent": "0"}, "Hay algo que corregir"),
        ({"target_percent": "101"}, "Hay algo que corregir"),
        ({"recertify_months": "x"}, "Hay algo que corregir"),
        ({"estamentos": ["rey"]}, "Hay algo que corregir"),
        ({"units": ["999999"]}, "Hay algo que corregir"),
        ({"people": "11111111-1\nnadie@ninguna.example"}, "estas líneas: 1, 2"),
        ({"title": "a" * 161}, "Hay algo que corregir"),
    ],
)
def test_a_wrong_form_says_what_to_correct_and_keeps_what_was_written(
    course: Course, carla: Client, changes: dict[str, Any], message: str
) -> None:
    response = send(carla, course, **changes)
    page = response.content.decode()
    assert (response.status_code, message in page, "Plan anual" in page) == (400, True, True)
    assert not TrainingRequirement.objects.exists()


def test_people_are_named_by_address_and_shown_by_name(
    course: Course, personas: Personas, carla: Client
) -> None:
    send(carla, course, who="named", people=f"{personas.ana.person.email}\n\n")
    row = TrainingRequirement.objects.get()
    assert row.draft["audience"]["people"] == [personas.ana.person.pk]
    page = carla.get(reverse("reports:requirement_edit", args=[row.public_id])).content.decode()
    assert "Rojas, Ana" in page


def test_a_person_of_another_institution_cannot_be_named(
    course: Course, personas: Personas, carla: Client
) -> None:
    response = send(carla, course, people=personas.elena.person.email)
    assert response.status_code == 400


def test_editing_what_is_published_changes_nothing_until_it_is_published(
    published: TrainingRequirement, course: Course, carla: Client
) -> None:
    edit = reverse("reports:requirement_edit", args=[published.public_id])
    page = carla.post(edit, values(course, due_on="2027-03-31"), follow=True).content.decode()
    assert "Qué cambia si la publicas" in page
    assert set(AssignedTraining.objects.filter(due_on__isnull=False).values_list("due_on", flat=True)) == {
        DUE
    }


def test_a_change_needs_words_for_the_history(
    published: TrainingRequirement, course: Course, carla: Client
) -> None:
    carla.post(
        reverse("reports:requirement_edit", args=[published.public_id]), values(course, due_on="2027-03-31")
    )
    publish = reverse("reports:requirement_publish", args=[published.public_id])
    assert "Escribe qué cambia y por qué" in carla.post(publish, follow=True).content.decode()
    page = carla.post(publish, {"note": "Prórroga por vacaciones"}, follow=True).content.decode()
    assert "Prórroga por vacaciones" in page
    assert published.versions.count() == 2


def test_publishing_twice_is_told(published: TrainingRequirement, carla: Client) -> None:
    publish = reverse("reports:requirement_publish", args=[published.public_id])
    assert "No cambió nada" in carla.post(publish, {"note": "x"}, follow=True).content.decode()


def test_withdrawing_asks_why_and_asks_nobody_any_more(
    published: TrainingRequirement, carla: Client, at: datetime
) -> None:
    url = reverse("reports:requirement_withdraw", args=[published.public_id])
    assert carla.post(url).status_code == 400
    assert "quedó retirada" in carla.post(url, {"note": "Se reemplaza"}, follow=True).content.decode()
    assert not AssignedTraining.objects.on(at.date()).exists()


def test_a_draft_can_be_discarded_and_a_published_one_cannot(
    published: TrainingRequirement, personas: Personas, course: Course, carla: Client, at: datetime
) -> None:
    spec = make_spec(course.pk, starts_on=START, due_on=DUE)
    draft = draft_requirement(owner=personas.institution, spec=spec, at=at)
    for row in (draft, published):
        carla.post(reverse("reports:requirement_discard", args=[row.public_id]))
    assert list(TrainingRequirement.objects.all()) == [published]


@pytest.mark.parametrize("name", ["requirement", "requirement_edit", "requirement_withdraw"])
def test_elena_does_not_find_it(published: TrainingRequirement, personas: Personas, name: str) -> None:
    url = reverse(f"reports:{name}", args=[published.public_id])
    assert client_for(personas.elena).get(url).status_code == 404


def test_elena_publishes_nothing_of_another_institution(
    published: TrainingRequirement, personas: Personas
) -> None:
    url = reverse("reports:requirement_publish", args=[published.public_id])
    assert client_for(personas.elena).post(url, {"note": "x"}).status_code == 404


def test_a_team_lead_writes_no_requirements(published: TrainingRequirement, personas: Personas) -> None:
    RoleAssignmentFactory(
        user=personas.bruno, role=Role.TEAM_LEAD, institution=personas.institution, unit=personas.unit
    )
    assert client_for(personas.bruno).get(reverse("reports:requirements")).status_code == 404


# --- Exemptions ---------------------------------------------------------------------------------------
def exempt(client: Client, requirement: TrainingRequirement, *people: Any, **more: str) -> HttpResponse:
    data = {"exigencia": str(requirement.public_id), "persona": [str(p.public_id) for p in people]} | more
    return client.post(reverse("reports:exempt"), data, follow=True)  # type: ignore[return-value]


GRANTED = {"first_day": "2026-11-20", "last_day": "2027-02-28", "reason": "Comisión de servicio"}


def test_a_selection_is_exempted_after_saying_until_when_and_why(
    published: TrainingRequirement, personas: Personas, carla: Client
) -> None:
    ana, bruno = personas.ana.person, personas.bruno.person
    assert "Eximir a 2 personas" in exempt(carla, published, ana, bruno).content.decode()
    assert not Exemption.objects.exists()
    assert "2 personas quedaron eximidas" in exempt(carla, published, ana, bruno, **GRANTED).content.decode()
    assert AssignedTraining.objects.on(DUE + timedelta(days=1)).filter(standing=Standing.EXEMPT).count() == 2


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"reason": ""}, "Hay algo que corregir"),
        ({"last_day": "2026-11-01"}, "anterior al inicio"),
        ({"first_day": "2026-01-01", "last_day": "2026-02-01"}, "ya pasó"),
        ({"first_day": "x"}, "31-12-2026"),
    ],
)
def test_a_wrong_exemption_is_refused_with_words(
    published: TrainingRequirement, personas: Personas, carla: Client, changes: dict[str, str], message: str
) -> None:
    response = exempt(carla, published, personas.ana.person, **(GRANTED | changes))
    assert (response.status_code, message in response.content.decode()) == (400, True)


def test_nobody_of_another_institution_is_exempted(
    published: TrainingRequirement, personas: Personas, carla: Client
) -> None:
    page = exempt(carla, published, personas.elena.person, **GRANTED).content.decode()
    assert "Selecciona al menos a una persona" in page
    assert not Exemption.objects.exists()


@pytest.mark.parametrize("people", [[], ["x"], ["0" * 32]])
def test_a_selection_of_nobody_is_told(
    published: TrainingRequirement, carla: Client, people: list[str]
) -> None:
    data = {"exigencia": str(published.public_id), "persona": people}
    page = carla.post(reverse("reports:exempt"), data, follow=True).content.decode()
    assert "Selecciona al menos a una persona" in page


def test_going_back_never_leads_elsewhere(
    published: TrainingRequirement, personas: Personas, carla: Client
) -> None:
    response = carla.post(
        reverse("reports:exempt"),
        {"exigencia": str(published.public_id), "volver": "//mala.example/", "persona": []},
    )
    assert response["Location"] == "/cumplimiento/personas/"


def test_a_large_audience_is_counted_by_a_job(
    personas: Personas, course: Course, carla: Client, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.reports.requirements.previewing.AT_ONCE", 2)
    spec = make_spec(course.pk, starts_on=START, due_on=DUE)
    draft = draft_requirement(owner=personas.institution, spec=spec, at=at)
    PostingFactory(person=PersonFactory(), institution=personas.institution, unit=personas.unit)
    url = reverse("reports:requirement", args=[draft.public_id])
    assert "Estamos contando" in carla.get(url).content.decode()
    assert ">7</span> personas" in carla.get(url).content.decode()


def test_what_a_ministry_asks_of_the_institution_stands_apart_and_leads_to_its_compliance(
    course: Course, personas: Personas, carla: Client, at: datetime
) -> None:
    spec = make_spec(course.pk, starts_on=START, due_on=DUE)
    asked = make_requirement(owner=None, spec=spec, at=at, title="De todo el Estado")
    html = carla.get(reverse("reports:requirements")).content.decode()
    assert "También se exigen a tu institución" in html
    assert f"{reverse('reports:compliance')}?exigencia={asked.public_id}" in html
    assert reverse("reports:requirement", args=[asked.public_id]) not in html


def test_a_draft_of_others_is_not_seen(
    course: Course, personas: Personas, carla: Client, at: datetime
) -> None:
    spec = make_spec(course.pk, starts_on=START, due_on=DUE)
    draft_requirement(owner=None, spec=spec, at=at, title="En secreto")
    assert "En secreto" not in carla.get(reverse("reports:requirements")).content.decode()
