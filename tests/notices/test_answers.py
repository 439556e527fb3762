"""Who asked about its record is told that there is an answer: once each, while it is news."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.notices.models import Mail, Notice
from lms.notices.services.forgetting import KEEP, forget_old_notices
from lms.notices.services.preferences import save_preferences, turn_everything_off
from lms.progress.services.questions import withdraw_question
from tests.factories.people import InstitutionFactory, PostingFactory
from tests.factories.records import ask, attest
from tests.notices.answering import answer, ask_and_answer, plan, reopen, subjects
from tests.notices.sink import Sink
from tests.notices.stage import DUE, Stage, days_later, noon, notices_of
from tests.queries import count_queries

AN_HOUR = timedelta(hours=1)


# --- Putting it down ------------------------------------------------------------------------------
def test_an_answer_is_put_down_with_the_day_of_the_question(stage: Stage) -> None:
    ana = stage.hire()
    asked_at = stage.at - timedelta(days=9)
    question = ask_and_answer(ana, at=stage.at, asked_at=asked_at)
    assert plan(stage.at) == 1
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.key) == (ana, "answer", asked_at.date())
    assert (notice.answer, notice.institution) == (question.answers.get(), stage.institution)


def test_a_correction_is_told_like_any_answer(stage: Stage) -> None:
    ana = stage.hire()
    question = ask(ana, at=stage.at)
    answer(question, at=stage.at, evidence=attest(ana, at=stage.at).evidence)
    question.refresh_from_db()
    assert question.state == "corrected"
    plan(stage.at)
    assert notices_of(ana) == [("answer", "waiting", "")]


def test_a_question_without_answer_is_not_told(stage: Stage) -> None:
    ask(stage.hire(), at=stage.at)
    assert plan(stage.at) == 0


def test_planning_again_plans_nothing(stage: Stage) -> None:
    ask_and_answer(stage.hire(), at=stage.at)
    assert [plan(stage.at), plan(stage.at + AN_HOUR), plan(days_later(stage.at, 1))] == [1, 0, 0]


def test_a_weekend_is_made_up_for_and_a_backlog_is_not_told(stage: Stage) -> None:
    ask_and_answer(stage.hire(), at=stage.at)
    assert plan(days_later(stage.at, 4)) == 0
    assert plan(days_later(stage.at, 3)) == 1


def test_two_answers_of_a_day_to_one_question_are_two_notices(stage: Stage) -> None:
    ana = stage.hire()
    question = ask_and_answer(ana, at=stage.at)
    reopen(question, at=stage.at + AN_HOUR)
    answer(question, at=stage.at + 2 * AN_HOUR)
    assert plan(stage.at + 2 * AN_HOUR) == 2
    assert notices_of(ana) == [("answer", "waiting", "")] * 2


def test_answers_to_two_questions_of_a_day_are_two_notices(stage: Stage) -> None:
    ana = stage.hire()
    for text in ("Falta uno.", "Falta otro."):
        ask_and_answer(ana, at=stage.at, text=text)
    assert plan(stage.at) == 2


@pytest.mark.parametrize(
    ("region", "zone"), [("CL-RM", "America/Santiago"), ("CL-MA", "America/Punta_Arenas")]
)
def test_it_waits_for_nine_o_clock_where_the_person_works(stage: Stage, region: str, zone: str) -> None:
    """On a winter evening: Punta Arenas opens an hour before Santiago."""
    at = noon(date(2027, 7, 5)).replace(hour=20)
    ask_and_answer(stage.hire(region=region), at=at)
    plan(at)
    assert Notice.objects.get().not_before == noon(date(2027, 7, 6), ZoneInfo(zone)).replace(hour=9)


# --- Sending it -----------------------------------------------------------------------------------
def test_each_answer_is_sent_once(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    ask_and_answer(ana, at=stage.at)
    for hours in range(4):
        plan(stage.at + hours * AN_HOUR)
        stage.send(stage.at + hours * AN_HOUR)
    assert subjects(sink) == ["Hay una respuesta a tu consulta"]
    assert notices_of(ana) == [("answer", "sent", "")]


def test_the_second_answer_of_a_day_is_sent_on_the_next_working_day(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    question = ask_and_answer(ana, at=stage.at)
    plan(stage.at)
    stage.send(stage.at)
    reopen(question, at=stage.at + AN_HOUR)
    answer(question, at=stage.at + 2 * AN_HOUR)
    plan(stage.at + 2 * AN_HOUR)
    stage.send(stage.at + 2 * AN_HOUR)
    assert len(sink.received) == 1
    stage.send(days_later(stage.at, 3))
    assert len(sink.received) == 2
    assert notices_of(ana) == [("answer", "sent", "")] * 2


def test_answers_of_a_day_are_one_email(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    for text in ("Falta uno.", "Falta otro."):
        ask_and_answer(ana, at=stage.at, text=text)
    plan(stage.at)
    stage.send()
    assert subjects(sink) == ["Hay respuestas a 2 consultas tuyas"]


def test_it_goes_out_beside_the_trainings_of_the_day(stage: Stage, sink: Sink) -> None:
    ask_and_answer(stage.hire(), at=stage.at)
    stage.ask(due_on=DUE)
    plan(stage.at)
    stage.run(stage.at)
    assert sorted(subjects(sink)) == ["Hay una respuesta a tu consulta", "Nueva formación: Integridad 2026"]


def test_each_institution_gets_the_replies_to_what_it_was_asked(
    stage: Stage, sink: Sink, settings: object
) -> None:
    ana, other = stage.hire(), InstitutionFactory()
    PostingFactory(person=ana, institution=other)
    settings.MAIL_REPLY_TO = [
        f"{place.code}=rrhh{place.pk}@a.example" for place in (stage.institution, other)
    ]  # type: ignore[attr-defined]
    elsewhere = ask(ana, at=stage.at, text="Falta otro.")
    elsewhere.institution = other
    elsewhere.save()
    answer(elsewhere, at=stage.at)
    ask_and_answer(ana, at=stage.at)
    plan(stage.at)
    stage.send()
    replies = {mail.message["Reply-To"] for mail in sink.received}
    assert replies == {f"rrhh{place.pk}@a.example" for place in (stage.institution, other)}


# --- Whether it is still true ---------------------------------------------------------------------
def test_who_reopened_the_question_before_it_is_sent_gets_nothing(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    question = ask_and_answer(ana, at=stage.at)
    plan(stage.at)
    reopen(question, at=stage.at + AN_HOUR)
    stage.send(stage.at + AN_HOUR)
    assert (sink.received, notices_of(ana)) == ([], [("answer", "cancelled", "reopened")])
    assert not Mail.objects.exists()


def test_who_withdrew_the_question_before_it_is_sent_gets_nothing(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    question = ask_and_answer(ana, at=stage.at)
    plan(stage.at)
    reopen(question, at=stage.at + AN_HOUR)
    withdraw_question(question_id=question.pk, at=stage.at + AN_HOUR)
    stage.send(stage.at + AN_HOUR)
    assert (sink.received, notices_of(ana)) == ([], [("answer", "cancelled", "taken_back")])


def test_of_two_answers_only_the_one_not_yet_read_is_sent(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    question = ask_and_answer(ana, at=stage.at)
    reopen(question, at=stage.at + AN_HOUR)
    answer(question, at=stage.at + 2 * AN_HOUR)
    plan(stage.at + 2 * AN_HOUR)
    stage.send(stage.at + 2 * AN_HOUR)
    assert subjects(sink) == ["Hay una respuesta a tu consulta"]
    assert notices_of(ana) == [("answer", "cancelled", "reopened"), ("answer", "sent", "")]


def test_who_wants_no_email_about_answers_reads_them_on_the_platform(stage: Stage, sink: Sink) -> None:
    nothing, no_answers, others = (stage.hire(name) for name in ("Ana", "Beto", "Ceci"))
    turn_everything_off(person_id=nothing.pk, at=stage.at)
    for person, offered in ((no_answers, "answer"), (others, "late")):
        save_preferences(person_id=person.pk, offered=[offered], wanted=[], at=stage.at)
    for person in (nothing, no_answers, others):
        ask_and_answer(person, at=stage.at)
    plan(stage.at)
    stage.send()
    assert [mail.recipients for mail in sink.received] == [["ceci@servicio.example"]]
    for person in (nothing, no_answers):
        assert notices_of(person) == [("answer", "suppressed", "opted_out")]


# --- Letting go -----------------------------------------------------------------------------------
def test_two_years_later_it_is_forgotten_and_not_told_again(stage: Stage, sink: Sink) -> None:
    question = ask_and_answer(stage.hire(), at=stage.at)
    plan(stage.at)
    stage.send()
    later = stage.at + KEEP + timedelta(days=1)
    forget_old_notices(at=later)
    assert plan(later) == 0
    assert not (Notice.objects.exists() or Mail.objects.exists())
    assert question.answers.exists()


# --- What it costs --------------------------------------------------------------------------------
def test_planning_costs_the_same_for_three_and_for_thirty(stage: Stage) -> None:
    def cost(count: int) -> int:
        for number in range(count):
            ask_and_answer(stage.hire(f"P{count}x{number}"), at=stage.at)
        return count_queries(lambda: plan(stage.at))

    assert cost(3) == cost(30) <= 5


def test_planning_nothing_costs_one_query(stage: Stage) -> None:
    assert count_queries(lambda: plan(stage.at)) == 1


def test_sending_costs_the_same_but_for_the_handing_over(stage: Stage, sink: Sink) -> None:
    def cost(count: int, days: int) -> int:
        at = days_later(stage.at, days)
        for number in range(count):
            ask_and_answer(stage.hire(f"P{count}x{number}"), at=at)
        plan(at)
        return count_queries(lambda: stage.send(at))

    few, many = cost(3, 0), cost(30, 3)
    assert len(sink.received) == 33
    assert (many - few) / 27 <= 12, (few, many)
