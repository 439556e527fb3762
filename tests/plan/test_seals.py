"""Sealed coverage: what is sealed, that nobody changes it, and that it can be proved."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from lms.lib.canonical import canonical, digest
from lms.people.models import Person, Posting
from lms.plan.models import (
    CoverageSnapshot,
    ImmutableChangeError,
    PlanChange,
    SealedSnapshot,
    TrainingGoal,
)
from lms.plan.rules.seals import is_month_end, month_end_before
from lms.plan.services import (
    MonthEndTodayError,
    NothingToSealError,
    SealedAlreadyError,
    refresh_current_coverage,
    seal_month_ends,
    seal_now,
)
from lms.progress.models import Completion
from tests.factories.plan import TrainingGoalFactory, complete, create_release

Covered = Callable[..., CoverageSnapshot]
CHILE = ZoneInfo("America/Santiago")
DECEMBER = datetime(2026, 12, 1, 0, 5, tzinfo=CHILE)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("fixed_clock")]


def rewrite(seal: SealedSnapshot, **columns: str) -> None:
    """What somebody with the database in hand would do."""
    names = ", ".join(f"{name} = %s" for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE plan_sealedsnapshot SET {names} WHERE id = %s",
            [*columns.values(), seal.pk],
        )


def verify() -> str:
    out = StringIO()
    call_command("verify_snapshots", stdout=out, stderr=out)
    return out.getvalue()


# --- When --------------------------------------------------------------------------------------------
def test_first_run_of_a_month_seals_the_last_day_of_the_one_before(
    goal: TrainingGoal, covered: Covered
) -> None:
    covered()
    assert seal_month_ends(at=DECEMBER) == 1
    seal = SealedSnapshot.objects.get()
    assert (seal.cutoff_date, seal.why, seal.number) == (date(2026, 11, 30), "month_end", 1)


def test_month_is_sealed_once(goal: TrainingGoal, covered: Covered) -> None:
    covered()
    assert [seal_month_ends(at=DECEMBER + timedelta(minutes=n)) for n in (0, 5)] == [1, 0]


def test_month_before_the_plan_was_here_is_not_sealed(
    goal: TrainingGoal, covered: Covered, at: datetime
) -> None:
    covered()
    goal.commitment.plan.installed_at = at
    goal.commitment.plan.save()
    assert seal_month_ends(at=at) == 0


def changed(goal: TrainingGoal, *, after: datetime, **values: Any) -> None:
    row = {"subject": "goal", "object_id": goal.pk, "kind": "created", "before": {}, "after": {}}
    plan = goal.commitment.plan
    PlanChange.objects.create(plan=plan, label="x", changed_at=after, version=1, **(row | values))


def test_month_in_which_the_plan_was_a_draft_is_not_sealed(goal: TrainingGoal, covered: Covered) -> None:
    covered()
    plan = goal.commitment.plan
    values = {"subject": "plan", "object_id": plan.pk, "kind": "edited", "before": {"status": "draft"}}
    changed(goal, after=DECEMBER, **values)
    assert seal_month_ends(at=DECEMBER) == 0


def test_goal_that_came_after_the_month_is_not_in_its_seal(goal: TrainingGoal, covered: Covered) -> None:
    covered()
    late = TrainingGoalFactory(commitment=goal.commitment, code="otra", course_codes=["otro"])
    changed(late, after=DECEMBER)
    refresh_current_coverage(at=DECEMBER)
    seal_month_ends(at=DECEMBER)
    assert list(SealedSnapshot.objects.get().totals) == [f"goal_{goal.pk}"]


def test_goal_that_counts_something_else_since_is_not_sealed(goal: TrainingGoal, covered: Covered) -> None:
    covered()
    TrainingGoal.objects.update(counted_since=DECEMBER)
    assert seal_month_ends(at=DECEMBER) == 0


def test_what_happened_after_midnight_is_not_in_the_month(goal: TrainingGoal, covered: Covered) -> None:
    covered()
    people = list(Person.objects.filter(enrolments=None)[:15])
    complete(persons=people, release=create_release())
    Completion.objects.filter(person__in=people).update(completed_on=date(2026, 12, 1))
    seal_month_ends(at=DECEMBER)
    assert SealedSnapshot.objects.get().totals[f"goal_{goal.pk}"]["completed"]["value"] == 60


def test_the_month_and_its_first_day_are_two_releases(goal: TrainingGoal, covered: Covered) -> None:
    """Counted in the same run, at the same instant."""
    covered()
    seal_month_ends(at=DECEMBER)
    refresh_current_coverage(at=DECEMBER)
    assert len({snapshot.release for snapshot in CoverageSnapshot.objects.all()}) == 2


def test_today_is_counted_again_after_the_month_was_sealed(goal: TrainingGoal, covered: Covered) -> None:
    covered()
    seal_month_ends(at=DECEMBER)
    refresh_current_coverage(at=DECEMBER)
    assert CoverageSnapshot.objects.get(kind="current").cutoff_date == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("day", "end"),
    [
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2024, 3, 31), date(2024, 2, 29)),
        (date(2027, 1, 5), date(2026, 12, 31)),
    ],
)
def test_month_ends_on_its_last_day(day: date, end: date) -> None:
    assert month_end_before(day=day) == end
    assert is_month_end(day=end)


def test_day_is_sealed_once(sealed: SealedSnapshot, at: datetime) -> None:
    with pytest.raises(SealedAlreadyError):
        seal_now(plan_id=sealed.plan_id, reason="Otra vez", sealed_by_id=None, at=at)


def test_last_day_of_a_month_waits_for_the_night(goal: TrainingGoal, covered: Covered, at: datetime) -> None:
    covered()
    last = at.replace(day=30)
    refresh_current_coverage(at=last)
    with pytest.raises(MonthEndTodayError):
        seal_now(plan_id=goal.commitment.plan_id, reason="Hoy", sealed_by_id=None, at=last)


def test_nothing_is_sealed_before_it_is_counted(goal: TrainingGoal, at: datetime) -> None:
    with pytest.raises(NothingToSealError):
        seal_now(plan_id=goal.commitment.plan_id, reason="Hoy", sealed_by_id=None, at=at)


# --- What --------------------------------------------------------------------------------------------
def test_seal_keeps_figures_definitions_versions_and_headcounts(sealed: SealedSnapshot) -> None:
    content = json.loads(sealed.content)
    goal = content["metas"][0]
    assert goal["cubo"]["cells"][0]["completed"]["value"] == 60
    assert goal["definicion"]["cursos"] == ["integridad-fundamentos"]
    assert set(content["versiones"]) == {"consulta", "reglas"}
    assert (goal["dotaciones"][0]["fuente"], goal["grupo_minimo"]) == ("nominas", 10)
    assert len(goal["huella_recuento"]) == 64


def test_true_counts_of_small_groups_are_not_in_the_seal(
    goal: TrainingGoal, covered: Covered, at: datetime
) -> None:
    covered(institutions=3, people=40, completed=3)
    seal = seal_now(plan_id=goal.commitment.plan_id, reason="Hoy", sealed_by_id=None, at=at)
    cells = json.loads(seal.content)["metas"][0]["cubo"]["cells"]
    assert [cell["completed"]["value"] for cell in cells if cell["institution"]] == [None] * 3


def test_each_seal_names_the_one_before(sealed: SealedSnapshot, at: datetime) -> None:
    refresh_current_coverage(at=at + timedelta(days=1))
    second = seal_now(plan_id=sealed.plan_id, reason="Otro", sealed_by_id=None, at=at + timedelta(days=1))
    assert second.previous_sha256 == json.loads(second.content)["sello_anterior"] == sealed.sha256


def test_seal_is_never_changed_or_deleted(sealed: SealedSnapshot) -> None:
    everything = SealedSnapshot.objects.all()
    for attempt in (sealed.save, sealed.delete, everything.delete, lambda: everything.update(content="{}")):
        with pytest.raises(ImmutableChangeError):
            attempt()


# --- Proof -------------------------------------------------------------------------------------------
def test_seal_that_nobody_touched_is_proved_and_counted_again(sealed: SealedSnapshot) -> None:
    out = verify()
    assert "1/integridad: idéntica" in out
    assert "Sellos comprobados: 1. Rotos: 0." in out


def test_what_is_recorded_later_does_not_change_the_recount(sealed: SealedSnapshot) -> None:
    complete(persons=list(Person.objects.filter(enrolments=None)[:15]), release=create_release())
    assert "idéntica" in verify()


def test_corrected_posting_is_told_as_a_difference(sealed: SealedSnapshot) -> None:
    Posting.objects.filter(pk=Posting.objects.all()[0].pk).update(estamento="tecnicos")
    assert "distinta" in verify()


def test_person_erased_later_still_counts_as_then(sealed: SealedSnapshot, at: datetime) -> None:
    person = Person.objects.filter(postings__isnull=False)[0]
    Person.objects.filter(pk=person.pk).update(erased_at=at + timedelta(days=3))
    assert "idéntica" in verify()


def test_postings_that_went_with_an_erased_person_cannot_be_counted(
    sealed: SealedSnapshot, at: datetime
) -> None:
    person = Person.objects.filter(postings__isnull=False)[0]
    Posting.objects.filter(person=person).delete()
    Person.objects.filter(pk=person.pk).update(erased_at=at + timedelta(days=3))
    assert "no se puede contar de nuevo: después se borraron" in verify()


@pytest.mark.parametrize(
    ("column", "words"),
    [("sha256", "no es el que se selló"), ("reason", "no dice lo mismo"), ("content", "no se puede leer")],
)
def test_changed_column_breaks_the_seal(sealed: SealedSnapshot, column: str, words: str) -> None:
    rewrite(sealed, **{column: "x" * 64})
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_snapshots", stdout=out, stderr=out)
    assert words in out.getvalue()


def test_changed_total_breaks_the_seal(sealed: SealedSnapshot) -> None:
    totals = json.dumps(sealed.totals).replace('"value": 60', '"value": 99')
    rewrite(sealed, totals=totals)
    with pytest.raises(CommandError):
        verify()


def test_rewritten_seal_breaks_the_chain(sealed: SealedSnapshot, at: datetime) -> None:
    """Whoever changes a seal and computes its code anew is found by the seal that follows."""
    refresh_current_coverage(at=at + timedelta(days=1))
    seal_now(plan_id=sealed.plan_id, reason="Otro", sealed_by_id=None, at=at + timedelta(days=1))
    content = json.loads(sealed.content)
    content["metas"][0]["titulo"] = "Otra cosa"
    rewrite(sealed, content=canonical(content), sha256=digest(canonical(content)))
    with pytest.raises(CommandError):
        verify()


def test_seal_taken_out_breaks_the_chain(sealed: SealedSnapshot, at: datetime) -> None:
    refresh_current_coverage(at=at + timedelta(days=1))
    seal_now(plan_id=sealed.plan_id, reason="Otro", sealed_by_id=None, at=at + timedelta(days=1))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM plan_sealedsnapshot WHERE id = %s", [sealed.pk])
    with pytest.raises(CommandError):
        verify()


@pytest.mark.parametrize("code", ["no-hay", "a\x00b", "9" * 5000])
def test_unknown_plan_is_said(db: None, code: str) -> None:
    with pytest.raises(CommandError, match="No hay un plan"):
        call_command("verify_snapshots", plan=code)


def test_with_another_key_nothing_is_called_different(sealed: SealedSnapshot, settings: Any) -> None:
    settings.PSEUDONYM_KEY = "otra-clave-de-las-pruebas-de-sellos"
    assert "la clave de las huellas cambió" in verify()
