"""What is asked after a course, and errors in lessons, told by e-mail: once, and no more than needed."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client

from courses.readability import measure
from lms.feedback.models import LessonReport
from lms.feedback.rules.askings import AskingKind
from lms.feedback.services.opinions import answer_questionnaire
from lms.feedback.services.reports import settle_report
from lms.notices.models import Notice
from lms.notices.selectors.screens import NoticeFilters, list_notices
from lms.notices.services.feedback import plan_askings, plan_reported_errors, plan_settled_reports
from lms.notices.services.preferences import save_preferences, turn_everything_off
from lms.people.models import Person, Role
from lms.people.policy import Reach
from lms.people.services.course_teams import join_team
from lms.progress.models import Completion
from tests.factories.feedback import asking_of, report
from tests.factories.learning import Learner, make_learner
from tests.factories.people import RoleAssignmentFactory, UserFactory
from tests.notices.sink import Received, Sink
from tests.notices.stage import Stage, days_later, mail_settings, notices_of
from tests.queries import count_queries

SITE = "https://aula.gob.example"


@pytest.fixture
def learner(stage: Stage) -> Learner:
    """Ana completed the course on Friday 20 November."""
    ana = stage.hire()
    learner = make_learner(person=ana, at=stage.at, posting=ana.postings.get())
    learner.complete(stage.at)
    return learner


@pytest.fixture
def trainer(stage: Stage) -> Person:
    """Diego teaches the course."""
    person = hire_trainer(stage, "Diego")
    join_team(user=person.user, course_code="curso", at=stage.at)
    return person


def hire_trainer(stage: Stage, name: str) -> Person:
    """A trainer for the whole platform, of no team."""
    person = stage.hire(name, person={"user": UserFactory()})
    RoleAssignmentFactory(user=person.user, role=Role.TRAINER, institution=None)
    return person


def plan(at: datetime) -> int:
    calendar = mail_settings().calendar
    return sum(
        planner(at=at, calendar=calendar)
        for planner in (plan_askings, plan_settled_reports, plan_reported_errors)
    )


def run(stage: Stage, at: datetime) -> None:
    plan(at)
    stage.send(at)


def link_in(mail: Received) -> str:
    [link] = [line for line in mail.part("text/plain").splitlines() if line.startswith(f"{SITE}/aula/curso/")]
    assert link in mail.part("text/html")
    return link.removeprefix(SITE)


# --- After a course -------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("days", "subject", "seen"),
    [
        (14, "¿Cuánto recuerdas? Curso de prueba", "Pregunta 5"),
        (90, "¿Te ha servido? Curso de prueba", "Qué se nota"),
    ],
)
def test_one_email_leads_to_what_is_asked_without_logging_in(
    stage: Stage, sink: Sink, learner: Learner, days: int, subject: str, seen: str
) -> None:
    at = days_later(stage.at, days)
    run(stage, at)
    run(stage, at + timedelta(hours=1))
    [mail] = sink.received
    with time_machine.travel(at):
        page = Client().get(link_in(mail))
    assert page.status_code == 200 and seen in page.content.decode()
    assert mail.message["Subject"] == subject
    assert "voluntario" in mail.part("text/plain") and "voluntario" in mail.part("text/html")
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_planning_again_plans_nothing_and_a_backlog_is_not_told(stage: Stage, learner: Learner) -> None:
    assert [plan(days_later(stage.at, days)) for days in (13, 18)] == [0, 0]
    assert [plan(days_later(stage.at, 17)) for _time in range(2)] == [1, 0]


def test_who_answered_or_lost_the_completion_before_it_is_sent_gets_nothing(
    stage: Stage, sink: Sink, learner: Learner
) -> None:
    for days, reason, change in (
        (14, "nothing", lambda: Completion.objects.update(counts=False)),
        (90, "completed", lambda: answer_questionnaire(
            asking_id=asking_of(learner, AskingKind.LATER).pk, values={"applied": 1}, texts={},
            at=days_later(stage.at, 90))),
    ):  # fmt: skip
        Completion.objects.update(counts=True)
        plan(days_later(stage.at, days))
        change()
        stage.send(days_later(stage.at, days))
        assert notices_of(learner.person)[-1][1:] == ("cancelled", reason)
    assert not sink.received


def test_each_kind_can_be_turned_off(stage: Stage, sink: Sink, learner: Learner) -> None:
    save_preferences(person_id=learner.person.pk, offered=["recall"], wanted=[], at=stage.at)
    run(stage, days_later(stage.at, 14))
    run(stage, days_later(stage.at, 90))
    assert [state for _kind, state, _reason in notices_of(learner.person)] == ["suppressed", "sent"]


def test_hr_does_not_see_what_was_asked(stage: Stage, learner: Learner) -> None:
    plan(days_later(stage.at, 14))
    seen = list_notices(
        institution_id=stage.institution.pk, reach=Reach(everywhere=True), filters=NoticeFilters()
    )
    assert Notice.objects.exists() and not seen.exists()


def test_planning_costs_the_same_for_few_and_many(stage: Stage) -> None:
    def cost(count: int) -> int:
        for number in range(count):
            make_learner(person=stage.hire(f"P{count}x{number}"), at=stage.at).complete(stage.at)
        Notice.objects.all().delete()
        return count_queries(lambda: plan(days_later(stage.at, 14)))

    assert cost(2) == cost(6) <= 8


# --- Errors ---------------------------------------------------------------------------------------
def test_trainers_are_told_the_next_working_day_how_many_errors_wait(
    stage: Stage, sink: Sink, learner: Learner, trainer: Person
) -> None:
    for number in range(2):
        report(learner.enrolment, stage.at, text=f"Secreto {number}")
    run(stage, stage.at + timedelta(hours=1))
    assert not sink.received
    run(stage, days_later(stage.at, 1))  # a Saturday
    run(stage, days_later(stage.at, 3))
    [mail] = sink.received
    assert mail.recipients == ["diego@servicio.example"]
    assert mail.message["Subject"] == "Avisaron de 2 errores en tus cursos"
    assert "Curso de prueba: 2 avisos" in mail.part("text/plain")
    assert "Secreto" not in mail.raw.decode() and "Ana" not in mail.part("text/plain")


@pytest.mark.parametrize(("has_team", "name"), [(True, "diego"), (False, "berta")])
def test_the_team_is_told_and_without_one_all_trainers(
    stage: Stage, sink: Sink, learner: Learner, has_team: bool, name: str
) -> None:
    """Berta trains everywhere, and is in no team; Diego only in the team."""
    hire_trainer(stage, "Berta")
    if has_team:
        diego = stage.hire("Diego", person={"user": UserFactory()})
        RoleAssignmentFactory(user=diego.user, role=Role.TRAINER, institution=stage.institution)
        join_team(user=diego.user, course_code="curso", at=stage.at)
    report(learner.enrolment, stage.at)
    run(stage, days_later(stage.at, 3))
    assert [mail.recipients for mail in sink.received] == [[f"{name}@servicio.example"]]


def test_what_was_settled_meanwhile_is_not_told(
    stage: Stage, sink: Sink, learner: Learner, trainer: Person
) -> None:
    report(learner.enrolment, stage.at)
    plan(days_later(stage.at, 1))
    LessonReport.objects.update(state="solved")
    stage.send(days_later(stage.at, 3))
    assert (sink.received, notices_of(trainer)) == ([], [("reports", "cancelled", "nothing")])


@pytest.mark.parametrize(("wants", "mails"), [(True, 1), (False, 0)])
def test_who_wants_to_know_is_told_that_it_was_settled(
    stage: Stage, sink: Sink, learner: Learner, wants: bool, mails: int
) -> None:
    found = report(learner.enrolment, stage.at, wants_answer=wants)
    settle_report(report_id=found.pk, state="solved", answer="Secreta", settled_by_id=None, at=stage.at)
    run(stage, stage.at)
    run(stage, stage.at + timedelta(hours=1))
    assert len(sink.received) == mails
    for mail in sink.received:
        assert "Revisamos el error que avisaste: Lección l1" in str(mail.message["Subject"])
        assert "Secreta" not in mail.raw.decode()


def test_who_turned_everything_off_gets_none_of_it(
    stage: Stage, sink: Sink, learner: Learner, trainer: Person
) -> None:
    for person in (learner.person, trainer):
        turn_everything_off(person_id=person.pk, at=stage.at)
    report(learner.enrolment, stage.at, wants_answer=True)
    run(stage, days_later(stage.at, 3))
    run(stage, days_later(stage.at, 14))
    assert not sink.received


def test_the_words_are_easy_to_read(stage: Stage, sink: Sink, learner: Learner, trainer: Person) -> None:
    report(learner.enrolment, days_later(stage.at, 13))
    run(stage, days_later(stage.at, 14))
    run(stage, days_later(stage.at, 90))
    assert len(sink.received) == 3
    for mail in sink.received:
        lines = [line for line in mail.part("text/plain").splitlines() if "http" not in line]
        found = measure("\n".join(lines))
        assert found.score >= 65 and found.longest_sentence <= 20, (found, lines)
