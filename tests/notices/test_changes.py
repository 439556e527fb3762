"""Who completed a course is told once that it changed, by e-mail and on the platform."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from courses.models import CoursePage, LessonPage, ReleaseChange
from courses.readability import measure
from courses.services import decide_release
from lms.journeys.read_delta import read_delta
from lms.notices.models import Notice
from lms.notices.selectors.changes import read_unread
from lms.notices.selectors.screens import NoticeFilters, list_notices
from lms.notices.services.changes import plan_changes
from lms.notices.services.preferences import save_preferences, turn_everything_off
from lms.people.policy import Reach
from lms.progress.models import Completion
from lms.progress.selectors.deltas import list_due_deltas
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, block, make_learner
from tests.notices.sink import Sink
from tests.notices.stage import Stage, days_later, mail_settings, notices_of
from tests.personas import Personas, client_for
from tests.queries import count_queries


@pytest.fixture
def learner(stage: Stage) -> Learner:
    """Ana completed the course on Friday 20 November."""
    return complete(stage, "Ana")


def complete(stage: Stage, name: str) -> Learner:
    person = stage.hire(name)
    learner = make_learner(person=person, at=stage.at, posting=person.postings.get())
    learner.complete(stage.at)
    return learner


def change(at: datetime, *, words: str = "Son diez días.", mode: str = "delta") -> ReleaseChange:
    """Another text at the end of lesson l1, of which the author decides."""
    lesson = LessonPage.objects.get(key="l1")
    raw = [*lesson.body.get_prep_value(), block("text", {"text": f"<p>{words}</p>"})]
    lesson.body = LessonPage.body.field.stream_block.to_python(raw)
    lesson.save_revision().publish()
    page = CoursePage.objects.get()
    return decide_release(page=page, mode=mode, summary="Cambió el plazo.", user_id=None, at=at)


def plan(at: datetime) -> int:
    return plan_changes(at=at, calendar=mail_settings().calendar)


def run(stage: Stage, at: datetime) -> None:
    plan(at)
    stage.send(at)


def test_one_email_leads_to_what_changed(stage: Stage, sink: Sink, learner: Learner) -> None:
    at = days_later(stage.at, 3)
    change(at)
    run(stage, at)
    run(stage, at + timedelta(hours=1))
    [mail] = sink.received
    assert mail.recipients == ["ana@servicio.example"]
    assert mail.message["Subject"] == "Cambió un curso que completaste: Curso de prueba"
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    for kind in ("text/plain", "text/html"):
        words = mail.part(kind)
        assert "https://aula.gob.example/aula/curso/cambios/" in words and "Toma unos" in words
        assert "Tu certificado sigue igual." in words


def test_each_change_is_told_once_and_a_backlog_is_not(stage: Stage, learner: Learner) -> None:
    change(stage.at)
    assert [plan(days_later(stage.at, days)) for days in (4, 3, 3)] == [0, 1, 0]
    change(days_later(stage.at, 3), words="Son once días.")
    assert plan(days_later(stage.at, 3)) == 1
    assert Notice.objects.values("person", "change").distinct().count() == Notice.objects.count() == 2


def test_who_completed_the_new_version_or_nothing_is_not_told(stage: Stage) -> None:
    make_learner(person=stage.hire("Berta"), at=stage.at)
    complete(stage, "Ana")
    change(days_later(stage.at, 3))
    person = stage.hire("Celia")
    make_learner(person=person, at=days_later(stage.at, 3)).complete(days_later(stage.at, 3))
    assert plan(days_later(stage.at, 3)) == 1
    assert Notice.objects.get().person.given_names == "Ana"


def test_a_change_that_nobody_is_asked_to_read_is_not_told(stage: Stage, learner: Learner) -> None:
    change(stage.at, mode="keep_all")
    assert plan(stage.at) == 0


def test_who_read_it_or_lost_the_completion_before_it_is_sent_gets_nothing(
    stage: Stage, sink: Sink, learner: Learner
) -> None:
    other = complete(stage, "Berta")
    change(stage.at)
    plan(stage.at)
    [due] = list_due_deltas(person_id=learner.person.pk, day=stage.at.date())
    read_delta(
        completion=due.completion, release=due.change.release, platform=current_platform(), at=stage.at
    )
    Completion.objects.filter(person=other.person).update(counts=False)
    stage.send(stage.at)
    for person in (learner.person, other.person):
        assert notices_of(person) == [("changed", "cancelled", "nothing")]
    assert not sink.received


@pytest.mark.parametrize("is_everything", [True, False])
def test_it_can_be_turned_off_and_is_told_on_the_platform(
    stage: Stage, sink: Sink, personas: Personas, is_everything: bool
) -> None:
    person = personas.ana.person
    make_learner(person=person, at=stage.at, posting=person.postings.get()).complete(stage.at)
    if is_everything:
        turn_everything_off(person_id=person.pk, at=stage.at)
    else:
        save_preferences(person_id=person.pk, offered=["changed"], wanted=[], at=stage.at)
    change(stage.at)
    run(stage, stage.at)
    assert notices_of(person) == [("changed", "suppressed", "opted_out")] and not sink.received
    page = read_notices(client_for(personas.ana))
    assert "Este curso cambió después de que lo completaste." in page and "/aula/curso/cambios/" in page
    assert "Cuando cambia un curso que completé" in page


def read_notices(client: Client) -> str:
    return client.get("/aula/avisos/").content.decode()


def test_hr_does_not_see_it(stage: Stage, learner: Learner) -> None:
    change(stage.at)
    plan(stage.at)
    seen = list_notices(
        institution_id=stage.institution.pk, reach=Reach(everywhere=True), filters=NoticeFilters()
    )
    assert Notice.objects.exists() and not seen.exists()


def test_planning_and_reading_cost_the_same_for_few_and_many(stage: Stage) -> None:
    people = [complete(stage, f"P{number}").person for number in range(6)]
    change(stage.at)

    def cost(count: int) -> tuple[int, int]:
        Notice.objects.all().delete()
        Completion.objects.update(counts=False)
        Completion.objects.filter(person__in=people[:count]).update(counts=True)
        planning = count_queries(lambda: plan(stage.at))
        notices = list(Notice.objects.select_related("change__release"))
        assert len(notices) == count
        return planning, count_queries(lambda: read_unread(notices=notices, day=stage.at.date()))

    assert cost(2) == cost(6)
    assert max(cost(6)) <= 8


def test_the_words_are_easy_to_read(stage: Stage, sink: Sink, learner: Learner) -> None:
    change(stage.at)
    run(stage, stage.at)
    [mail] = sink.received
    lines = [line for line in mail.part("text/plain").splitlines() if "http" not in line]
    found = measure("\n".join(lines))
    assert found.score >= 65 and found.longest_sentence <= 20, (found, lines)
