"""The plan's team keeps the training goals; nobody else does."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from lms.people.models import Role, User
from lms.plan.models import (
    ActionPlan,
    CoverageSnapshot,
    ImmutableChangeError,
    PlanChange,
    TrainingGoal,
)
from lms.plan.services import coverage, refresh_current_coverage, seal_now
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.factories.plan import COURSE, CommitmentFactory, TrainingGoalFactory, create_release
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

Covered = Callable[..., CoverageSnapshot]
LIST = "/plan/gestion/"
DESK = "/plan/gestion/plan/"
NEW = "/plan/gestion/plan/compromisos/2/metas/nueva/"
ONLY_THE_TEAM = ("ana", "carla", "diego", "elena", "iris")
NUL = "\x00"
WHOLE = "= 60 ÷ 127 ="
"""60 of the 120 people of the fixture, and the seven personas."""


pytestmark = pytest.mark.usefixtures("fixed_clock")


@pytest.fixture
def pedro(personas: Personas) -> Client:
    return client_for(personas.pedro)


@pytest.fixture
def page(goal: TrainingGoal) -> str:
    create_release()
    return f"/plan/gestion/metas/{goal.pk}/"


def written(**changes: Any) -> dict[str, Any]:
    """The form as filled in for the goal of the fixtures, with changes."""
    return {
        "title": "Formación en integridad",
        "course_codes": [COURSE],
        "target_percent": "",
        "due_on": "",
        "includes_honorarios": "on",
        "population": "Personas de las instituciones centrales.",
    } | changes


# --- Who may -------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ONLY_THE_TEAM)
@pytest.mark.parametrize(
    "end", ["", "plan/compromisos/2/metas/nueva/", "metas/{goal}/", "metas/{goal}/retirar/"]
)
def test_page_does_not_exist_for_others(goal: TrainingGoal, personas: Personas, who: str, end: str) -> None:
    client = client_for(getattr(personas, who))
    assert client.get(LIST + end.format(goal=goal.pk)).status_code == 404


@pytest.mark.parametrize("end", ["plan/compromisos/2/metas/nueva/", "metas/{goal}/", "metas/{goal}/retirar/"])
def test_others_change_nothing(goal: TrainingGoal, personas: Personas, end: str) -> None:
    create_release()
    answer = client_for(personas.elena).post(LIST + end.format(goal=goal.pk), written(title="Otra"))
    assert answer.status_code == 404
    assert list(TrainingGoal.objects.values_list("title", "is_active")) == [(goal.title, True)]


def test_visitor_is_sent_to_log_in(client: Client, goal: TrainingGoal) -> None:
    assert client.get(LIST).headers["Location"].startswith("/cuentas/ingresar/")


def test_role_in_one_institution_does_not_reach_the_plan(goal: TrainingGoal, personas: Personas) -> None:
    RoleAssignmentFactory(user=personas.bruno, role=Role.PLAN_OWNER, institution=personas.institution)
    assert client_for(personas.bruno).get(LIST).context["plans"] == []
    assert client_for(personas.bruno).get(NEW).status_code == 404


def test_administrator_may(goal: TrainingGoal) -> None:
    rita: User = UserFactory(superuser=True)
    assert client_for(rita).get(LIST).status_code == 200


# --- The way in ----------------------------------------------------------------------------------
def test_plan_links_to_it_for_its_team(pedro: Client, goal: TrainingGoal) -> None:
    assert LIST in pedro.get("/plan/").content.decode()


def test_public_plan_stays_as_cacheable_as_it_was(client: Client, goal: TrainingGoal) -> None:
    answer = client.get("/plan/")
    assert LIST not in answer.content.decode()
    assert "Cache-Control" not in answer.headers
    assert not answer.cookies


# --- List ----------------------------------------------------------------------------------------
def test_list_says_which_goal_the_page_shows(pedro: Client, goal: TrainingGoal) -> None:
    TrainingGoalFactory(commitment=goal.commitment, code="zeta", title="Segunda")
    TrainingGoalFactory(commitment=goal.commitment, code="alfa", title="Retirada", is_active=False)
    rows = pedro.get(DESK + "compromisos/1/").context["goals"]
    assert [(row.goal.code, row.is_on_page) for row in rows] == [
        ("alfa", False),
        ("integridad", True),
        ("zeta", False),
    ]


def test_list_costs_the_same_with_few_and_many(pedro: Client, goal: TrainingGoal) -> None:
    few = count_page_queries(pedro, LIST)
    for number in range(20, 47):
        TrainingGoalFactory(commitment=CommitmentFactory(plan=goal.commitment.plan, number=number))
    assert count_page_queries(pedro, LIST) == few


def test_list_without_a_plan_says_so(pedro: Client) -> None:
    assert "Todavía no llevas ningún plan" in pedro.get(LIST).content.decode()


# --- Create --------------------------------------------------------------------------------------
def test_created_goal_is_counted_and_shown(pedro: Client, page: str, covered: Covered) -> None:
    covered()
    answer = pedro.post(NEW, written(target_percent="80", due_on="2027-12-31"), follow=True)
    assert "La página ya muestra su cobertura" in answer.content.decode()
    created = TrainingGoal.objects.get(commitment__number=2)
    assert (created.code, created.target_percent, created.due_on) == (
        "formacion-en-integridad",
        80,
        date(2027, 12, 31),
    )
    public = pedro.get("/plan/plan/compromisos/2/").content.decode()
    assert WHOLE in public
    assert "Meta: 80\N{NO-BREAK SPACE}%" in public


def test_two_goals_of_one_title_get_two_codes(pedro: Client, page: str) -> None:
    for _turn in range(2):
        pedro.post(NEW, written())
    codes = TrainingGoal.objects.filter(commitment__number=2).values_list("code", flat=True)
    assert list(codes) == ["formacion-en-integridad", "formacion-en-integridad-2"]


def test_title_without_letters_gets_a_code(pedro: Client, page: str) -> None:
    pedro.post(NEW, written(title="¿?"))
    assert TrainingGoal.objects.get(commitment__number=2).code == "meta"


def test_goal_of_an_unknown_commitment_is_not_found(pedro: Client, goal: TrainingGoal) -> None:
    assert pedro.get("/plan/gestion/plan/compromisos/3/metas/nueva/").status_code == 404


# --- Bad input -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "Escribe un título."),
        ("title", "x" * 201, "Escribe un título de 200 caracteres o menos."),
        ("title", NUL, "caracteres nulos"),
        ("course_codes", [], "Elige al menos un curso."),
        ("course_codes", ["no-existe"], "Elige solo cursos de la lista."),
        ("target_percent", "0", "La meta va de 1 a 100."),
        ("target_percent", "101", "La meta va de 1 a 100."),
        ("target_percent", "ochenta", "Escribe un número entero de 1 a 100"),
        ("target_percent", "9" * 5000, "Escribe un número entero de 1 a 100"),
        ("target_percent", "80,5", "Escribe un número entero de 1 a 100"),
        ("due_on", "31-02-2027", "Escribe la fecha así"),
        ("due_on", "0202-12-31", "Revisa el año"),
        ("population", "", "Escribe a quiénes se cuenta."),
        ("population", "x" * 1001, "Escribe 1.000 caracteres o menos."),
    ],
)
@pytest.mark.parametrize("is_new", [True, False])
def test_what_is_wrong_is_said_and_nothing_is_written(
    pedro: Client, page: str, is_new: bool, field: str, value: Any, words: str
) -> None:
    answer = pedro.post(NEW if is_new else page, written(**{field: value}))
    assert answer.status_code == 400
    assert any(words in error for error in answer.context["form"].errors[field])
    assert words in answer.content.decode()
    assert not PlanChange.objects.exists()


def test_empty_form_is_an_error_and_not_a_fault(pedro: Client, page: str) -> None:
    answer = pedro.post(NEW)
    assert answer.status_code == 400
    assert set(answer.context["form"].errors) == {"title", "course_codes", "population"}


@pytest.mark.parametrize("goal_id", ["0", "999999", "99999999999999999999"])
def test_unknown_goal_is_not_found(pedro: Client, goal: TrainingGoal, goal_id: str) -> None:
    assert pedro.get(f"/plan/gestion/metas/{goal_id}/").status_code == 404


def test_whoever_keeps_the_plan_of_an_institution_keeps_no_other(personas: Personas, page: str) -> None:
    bruno, place = personas.bruno, personas.institution
    RoleAssignmentFactory(user=bruno, role=Role.PLAN_OWNER, institution=place)
    assert client_for(bruno).get(page).status_code == 404
    ActionPlan.objects.update(institution=place)
    assert client_for(bruno).get(page).status_code == 200


def test_list_refuses_what_it_cannot_do(pedro: Client, goal: TrainingGoal) -> None:
    assert pedro.post(LIST).status_code == 405


# --- Edit ----------------------------------------------------------------------------------------
def test_edit_page_shows_the_goal_as_it_is(pedro: Client, page: str) -> None:
    form = pedro.get(page).context["form"]
    assert (form["title"].value(), form["course_codes"].value()) == ("Formación en integridad", [COURSE])


def test_new_target_is_shown_without_counting_again(pedro: Client, page: str, covered: Covered) -> None:
    before = covered()
    pedro.post(page, written(target_percent="70"))
    after = CoverageSnapshot.objects.get(kind="current")
    assert after.computed_at == before.computed_at
    assert "Meta: 70\N{NO-BREAK SPACE}%" in pedro.get("/plan/plan/compromisos/1/").content.decode()


def test_new_words_change_the_tag_and_the_size_of_the_files(
    pedro: Client, page: str, covered: Covered
) -> None:
    covered()
    before = pedro.get("/plan/datos/cobertura.json")
    pedro.post(page, written(title="Formación en integridad y probidad para todas las personas"))
    after = pedro.get("/plan/datos/cobertura.json")
    assert before.headers["ETag"] != after.headers["ETag"]
    snapshot = CoverageSnapshot.objects.get(kind="current")
    assert abs(snapshot.json_bytes + 40 - len(after.content)) < 40


def test_other_courses_are_counted_at_once(pedro: Client, page: str, covered: Covered) -> None:
    covered()
    create_release(code="lenguaje-claro")
    pedro.post(page, written(course_codes=["lenguaje-claro"]))
    (total,) = CoverageSnapshot.objects.shown().values_list("total", flat=True)
    assert (total["completed"]["value"], total["completed"]["band"]) == (None, "low")


def test_too_many_people_are_left_to_the_next_refresh(
    pedro: Client, page: str, covered: Covered, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered()
    create_release(code="lenguaje-claro")
    monkeypatch.setattr(coverage, "COUNTED_AT_ONCE", 100)
    answer = pedro.post(page, written(course_codes=[COURSE, "lenguaje-claro"]), follow=True)
    assert "en la próxima actualización" in answer.content.decode()
    assert "La cobertura aún no se calcula" in pedro.get("/plan/plan/compromisos/1/").content.decode()
    assert b"2026" not in pedro.get("/plan/datos/cobertura.csv").content
    assert refresh_current_coverage(at=at + timedelta(minutes=5)) == 1
    assert WHOLE in pedro.get("/plan/plan/compromisos/1/").content.decode()


def test_change_taken_back_before_the_refresh_is_shown_again(
    pedro: Client, page: str, covered: Covered, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    covered()
    monkeypatch.setattr(coverage, "COUNTED_AT_ONCE", 100)
    pedro.post(page, written(includes_honorarios=""))
    pedro.post(page, written())
    refresh_current_coverage(at=at + timedelta(minutes=5))
    assert not CoverageSnapshot.objects.get(kind="current").is_outdated


def test_history_starts_again_where_something_else_is_counted(
    pedro: Client, page: str, covered: Covered, at: datetime
) -> None:
    covered()
    plan_id = ActionPlan.objects.get().pk
    for days in range(2):
        earlier = at - timedelta(days=2 - days)
        refresh_current_coverage(at=earlier)
        seal_now(plan_id=plan_id, reason="Prueba", sealed_by_id=None, at=earlier)
    assert pedro.get("/plan/plan/compromisos/1/").context["chart"] is not None
    pedro.post(page, written(includes_honorarios=""))
    assert pedro.get("/plan/plan/compromisos/1/").context["chart"] is None


def test_course_that_is_not_published_any_more_may_stay(pedro: Client, page: str) -> None:
    TrainingGoal.objects.update(course_codes=[COURSE, "curso-viejo"])
    assert "curso-viejo (ya no está publicado)" in pedro.get(page).content.decode()
    pedro.post(page, written(title="Otra", course_codes=["curso-viejo", COURSE]))
    goal = TrainingGoal.objects.get()
    assert (goal.title, goal.course_codes) == ("Otra", [COURSE, "curso-viejo"])


# --- History -------------------------------------------------------------------------------------
def test_change_says_who_when_before_and_after(
    pedro: Client, page: str, personas: Personas, at: datetime
) -> None:
    pedro.post(page, written(target_percent="70"))
    change = PlanChange.objects.get()
    assert (change.kind, change.changed_by, change.before, change.after) == (
        "edited",
        personas.pedro,
        {"target_percent": None},
        {"target_percent": 70},
    )
    assert change.changed_at - at < timedelta(minutes=1)


def test_history_is_shown_in_words(pedro: Client, page: str) -> None:
    pedro.post(page, written(target_percent="70", due_on="2027-12-31"))
    (line,) = pedro.get(page).context["changes"]
    assert [(field.label, field.before, field.after) for field in line.fields] == [
        ("Plazo", "sin plazo", "31 de diciembre de 2027"),
        ("Meta", "sin meta", "70\N{NO-BREAK SPACE}%"),
    ]
    assert "Pedro Araya" in pedro.get(page).content.decode()


def test_two_keepers_of_a_goal_lose_nothing(pedro: Client, page: str, goal: TrainingGoal) -> None:
    seen = str(pedro.get(page).context["seen"])
    pedro.post(page, written(target_percent="70", seen=seen))
    answer = pedro.post(page, written(target_percent="80", seen=seen))
    assert (answer.status_code, "mientras escribías (Meta)" in answer.content.decode()) == (400, True)
    goal.refresh_from_db()
    assert goal.target_percent == 70


def test_same_values_again_leave_no_trace(pedro: Client, page: str) -> None:
    answer = pedro.post(page, written(), follow=True)
    assert "No cambió nada" in answer.content.decode()
    assert not PlanChange.objects.exists()


def test_history_survives_the_account_of_its_author(pedro: Client, page: str, personas: Personas) -> None:
    pedro.post(page, written(title="Otra"))
    personas.pedro.delete()
    assert PlanChange.objects.get().changed_by is None


def test_history_is_not_rewritten(pedro: Client, page: str) -> None:
    pedro.post(page, written(title="Otra"))
    change = PlanChange.objects.get()
    for rewrite in (
        change.save,
        change.delete,
        PlanChange.objects.all().delete,
        lambda: PlanChange.objects.update(kind="created"),
    ):
        with pytest.raises(ImmutableChangeError):
            rewrite()


# --- In force or not -----------------------------------------------------------------------------
def test_retired_goal_leaves_pages_and_files(pedro: Client, page: str, covered: Covered) -> None:
    covered()
    assert pedro.get(f"{page}retirar/").status_code == 200
    pedro.post(f"{page}retirar/")
    assert "no tiene cursos vinculados" in pedro.get("/plan/plan/compromisos/1/").content.decode()
    assert len(pedro.get("/plan/datos/cobertura.csv").content.splitlines()) == 1


def test_retired_goal_comes_back_with_todays_figures(pedro: Client, page: str, covered: Covered) -> None:
    covered()
    pedro.post(f"{page}retirar/")
    pedro.post(f"{page}reponer/")
    assert WHOLE in pedro.get("/plan/plan/compromisos/1/").content.decode()
    kinds = PlanChange.objects.values_list("kind", flat=True)
    assert list(kinds) == ["restored", "retired"]


def test_retiring_twice_is_one_change(pedro: Client, page: str) -> None:
    for _turn in range(2):
        pedro.post(f"{page}retirar/")
    assert PlanChange.objects.count() == 1
