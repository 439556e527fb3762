"""A course changes while people are in it: nobody loses anything, and its author decides the rest."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client

from courses.models import (
    Course,
    CoursePage,
    CourseRelease,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    ReleaseChange,
    ReleaseUnit,
)
from courses.selectors import get_readable_release
from courses.services import (
    CourseNotReadyError,
    NothingToDecideError,
    NothingToReadError,
    decide_release,
    find_proposal,
    hold_releases,
)
from lms.journeys.read_delta import read_delta
from lms.journeys.replay_progress import check, rebuild
from lms.lib.clock import local_date
from lms.people.models import User
from lms.people.services.course_teams import join_team
from lms.progress.models import Completion, DeltaReading
from lms.progress.selectors.deltas import list_due_deltas, list_waiting_for, measure_impact
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, block, make_course, make_learner
from tests.factories.people import PersonFactory
from tests.personas import client_for, create_personas
from tests.queries import count_page_queries, count_queries
from tests.statements import list_verbs
from tests.xapi.threads import run_at_once

Mode = ReleaseChange.Mode
LATER = timedelta(days=3)


@pytest.fixture
def page(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


def learn(at: datetime, *, whole: bool = True) -> Learner:
    learner = make_learner(person=PersonFactory(), at=at)
    if whole:
        learner.complete(at)
    return learner


def reword(text: str = "Cambió la ley: ahora son diez días.", *, key: str = "l1") -> None:
    """Another text at the end of a lesson, published as an author does."""
    lesson = LessonPage.objects.get(key=key)
    raw = [*lesson.body.get_prep_value(), block("text", {"text": f"<p>{text}</p>"})]
    lesson.body = LessonPage.body.field.stream_block.to_python(raw)
    lesson.save_revision().publish()


def add_lesson() -> None:
    module = ModulePage.objects.get()
    lesson = LessonPage(title="Lección nueva", key="l4", slug="l4", summary="Algo más.")
    lesson.body = LessonPage.body.field.stream_block.to_python([block("text", {"text": "<p>Nuevo.</p>"})])
    module.add_child(instance=lesson)
    lesson.save_revision().publish()


def ask_for_more() -> None:
    course = CoursePage.objects.get()
    course.pass_percent = 80
    course.save_revision().publish()


def decide(mode: str, at: datetime) -> ReleaseChange:
    return decide_release(
        page=CoursePage.objects.get(), mode=mode, summary="Son diez días.", user_id=None, at=at
    )


def test_words_reach_learners_at_once(page: CoursePage, at: datetime) -> None:
    learner = learn(at, whole=False)
    reword()
    assert get_readable_release(release=learner.release).number == 2


def test_what_asks_for_something_else_waits_while_people_are_in_the_course(
    page: CoursePage, at: datetime
) -> None:
    learn(at)
    add_lesson()
    assert CourseRelease.objects.get().number == 1
    proposal = find_proposal(page=CoursePage.objects.get())
    assert proposal and not proposal.is_published
    assert [unit.key for unit in proposal.changes.units] == ["l4"]


def test_nobody_has_to_decide_while_nobody_is_in_it(page: CoursePage, at: datetime) -> None:
    add_lesson()
    assert CourseRelease.objects.get(is_current=True).number == 2


@pytest.mark.parametrize("mode", Mode.values)
def test_no_decision_touches_what_was_completed(page: CoursePage, at: datetime, mode: str) -> None:
    learn(at)
    before = list(Completion.objects.values())
    add_lesson()
    decide(mode, at + LATER)
    assert CourseRelease.objects.get(is_current=True).number == 2
    assert list(Completion.objects.values()) == before


def test_for_new_enrolments_only_leaves_the_others_their_words(page: CoursePage, at: datetime) -> None:
    learner = learn(at, whole=False)
    lesson = LessonPage.objects.get(key="l1")
    lesson.title = "Otro título"
    lesson.save_revision()
    add_lesson()
    decide(Mode.NEW_ONLY, at + LATER)
    LessonPage.objects.get(key="l4").unpublish()  # asks again what the first release asked
    decide(Mode.NEW_ONLY, at + LATER)
    assert get_readable_release(release=learner.release) == learner.release
    reword()  # words of the last line reach those of that line only
    assert get_readable_release(release=learner.release) == learner.release


def test_who_completed_reads_only_what_changed_and_says_so(page: CoursePage, at: datetime) -> None:
    learner = learn(at)
    reword()
    change = decide(Mode.DELTA, at + LATER)
    day = local_date(at + LATER)
    [due] = list_due_deltas(person_id=learner.person.pk, day=day)
    assert due.change == change and change.minutes == 1 and list(change.blocks) == ["l1"]
    platform = current_platform()
    for _ in range(2):
        read_delta(completion=due.completion, release=change.release, platform=platform, at=at + LATER)
    assert list_due_deltas(person_id=learner.person.pk, day=day) == []
    assert list_verbs()[-1] == "acknowledge" and DeltaReading.objects.count() == 1
    assert check(platform=platform) == []
    rebuild(platform=platform, at=at + LATER)
    assert check(platform=platform) == [] and DeltaReading.objects.count() == 1


def texts_due(learner: Learner, at: datetime) -> list[list[str]]:
    """What the learner is asked to read: the words of each change."""
    found = []
    for due in list_due_deltas(person_id=learner.person.pk, day=local_date(at)):
        units = ReleaseUnit.objects.filter(release=due.change.release, key__in=due.delta.blocks)
        blocks = [block for unit in units for block in unit.payload["body"]]
        ids = [pk for keys in due.delta.blocks.values() for pk in keys]
        found.append([block["value"]["text"] for block in blocks if block["id"] in ids])
    return found


@pytest.mark.parametrize("mode", [Mode.KEEP_ALL, Mode.NEW_ONLY, None])
def test_who_completed_reads_all_that_changed_since(
    page: CoursePage, at: datetime, mode: Mode | None
) -> None:
    first = learn(at)
    if mode == Mode.NEW_ONLY:
        ask_for_more()
    reword("Dos.")
    if mode:
        decide(mode, at)
    second = learn(at)
    reword("Tres.")
    change = decide(Mode.DELTA, at + LATER)
    [read] = texts_due(first, at + LATER)
    assert {"<p>Dos.</p>", "<p>Tres.</p>"} <= set(read) and change.since == 1
    assert texts_due(second, at + LATER) == [["<p>Tres.</p>"]]


def test_what_was_shown_before_is_not_shown_again(page: CoursePage, at: datetime) -> None:
    learner = learn(at)
    for text in ("Dos.", "Tres."):
        reword(text)
        decide(Mode.DELTA, at)
    assert texts_due(learner, at) == [["<p>Dos.</p>"], ["<p>Tres.</p>"]]


def test_who_completed_a_version_with_the_same_words_has_nothing_to_read(
    page: CoursePage, at: datetime
) -> None:
    first = learn(at)
    reword("Dos.")
    decide(Mode.KEEP_ALL, at)
    second = learn(at)
    course = CoursePage.objects.get()
    course.summary = "Otro resumen."
    course.save_revision().publish()
    change = decide(Mode.DELTA, at)
    assert texts_due(second, at) == []
    assert [one.person for one in list_waiting_for(change=change, day=local_date(at))] == [first.person]


def test_a_withdrawn_course_gets_no_version(page: CoursePage, at: datetime) -> None:
    learn(at)
    reword()
    page.unpublish()
    page.refresh_from_db()
    with pytest.raises(CourseNotReadyError, match="retirado"):
        decide_release(page=page, mode=Mode.KEEP_ALL, summary="", user_id=None, at=at)


def test_the_cost_of_what_is_due_is_one_query_more_for_who_completed_in_between(
    page: CoursePage, at: datetime
) -> None:
    learn(at)
    reword("Dos.")
    learner = learn(at)
    for text in ("Tres.", "Cuatro."):
        reword(text)
    decide(Mode.DELTA, at)
    assert count_queries(lambda: list_due_deltas(person_id=learner.person.pk, day=local_date(at))) == 3


def test_who_completed_afterwards_has_nothing_to_read(page: CoursePage, at: datetime) -> None:
    learn(at)
    reword()
    decide(Mode.DELTA, at + LATER)
    later = learn(at + LATER)
    assert list_due_deltas(person_id=later.person.pk, day=local_date(at + LATER)) == []


def test_there_is_nothing_to_decide_twice(page: CoursePage, at: datetime) -> None:
    learn(at)
    reword()
    decide(Mode.DELTA, at)
    with pytest.raises(NothingToDecideError):
        decide(Mode.DELTA, at)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", [reword, add_lesson])
def test_of_two_who_decide_at_once_the_second_is_told(at: datetime, change: Callable[[], None]) -> None:
    make_course(at=at)
    learn(at)
    change()
    failures = run_at_once(*[lambda: decide(Mode.KEEP_ALL, at + LATER)] * 2)
    assert [type(failure) for failure in failures] == [NothingToDecideError]
    assert CourseRelease.objects.count() == 2 and ReleaseChange.objects.count() == 1


def test_a_change_without_words_cannot_be_shown(page: CoursePage, at: datetime) -> None:
    learn(at)
    ask_for_more()
    with pytest.raises(NothingToReadError):
        decide(Mode.DELTA, at)
    assert CourseRelease.objects.count() == 1


def test_the_impact_tells_who_is_where(page: CoursePage, at: datetime) -> None:
    learn(at)
    learn(at, whole=False)
    found = measure_impact(course_code="curso", day=local_date(at))
    assert (found.begun, found.completed, found.begun_by_release) == (1, 1, [(1, 1)])


def test_the_cost_of_what_is_due_does_not_grow_with_the_courses(page: CoursePage, at: datetime) -> None:
    learner = learn(at)
    reword()
    decide(Mode.DELTA, at)
    assert count_queries(lambda: list_due_deltas(person_id=learner.person.pk, day=local_date(at))) == 2


def ana_completed(at: datetime) -> User:
    user: User = User.objects.get(email="ana@servicio.example")
    make_learner(person=user.person, at=at).complete(at)
    return user


SCREEN = "/docencia/curso/version/"


@pytest.fixture
def trainer(page: CoursePage, at: datetime) -> Client:
    people = create_personas()
    join_team(user=people.diego, course_code="curso", at=at - timedelta(days=1))
    return client_for(people.diego)


def test_an_author_sees_whom_a_version_touches_and_decides(trainer: Client, at: datetime) -> None:
    learn(at)
    add_lesson()
    text = trainer.get(SCREEN).content.decode()
    assert "desde la versión 1 toma" in text
    assert "Lección nueva" in text and "Lo completaron y sigue vigente" in text
    trainer.post(SCREEN, {"mode": Mode.DELTA, "summary": "Hay una lección nueva."})
    assert ReleaseChange.objects.get().summary == "Hay una lección nueva."
    assert "Hay una lección nueva." in trainer.get(SCREEN).content.decode()


WAITS = "Una versión nueva espera tu decisión"


def test_its_trainers_see_that_a_version_waits_until_they_decide(trainer: Client, at: datetime) -> None:
    learn(at)
    add_lesson()
    text = trainer.get("/docencia/").content.decode()
    assert WAITS in text and f'href="{SCREEN}"' in text
    decide(Mode.KEEP_ALL, at)
    assert WAITS not in trainer.get("/docencia/").content.decode()


def test_no_version_waits_once_its_pages_ask_the_same_again(trainer: Client, at: datetime) -> None:
    learn(at)
    add_lesson()
    LessonPage.objects.get(key="l4").unpublish()
    assert WAITS not in trainer.get("/docencia/").content.decode()


def test_a_version_that_waits_in_another_team_is_not_told(trainer: Client, at: datetime) -> None:
    other = make_course(at=at, code="otro")
    Course.objects.filter(code=other.code).update(decision_needed_at=at)
    assert WAITS not in trainer.get("/docencia/").content.decode()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({}, "Elige qué pasa"),
        ({"mode": "otra"}, "Elige una de las formas"),
        ({"mode": "delta"}, "Escribe qué cambió"),
        ({"mode": "delta", "summary": "x" * 1001}, "a lo más 1000"),
    ],
)
def test_a_decision_that_cannot_be_is_explained_and_publishes_nothing(
    trainer: Client, at: datetime, data: dict[str, str], message: str
) -> None:
    learn(at)
    add_lesson()
    answer = trainer.post(SCREEN, data)
    assert answer.status_code == 400 and message in answer.content.decode()
    assert CourseRelease.objects.count() == 1


def test_a_learner_reads_what_changed_on_one_page(trainer: Client, at: datetime) -> None:
    user = ana_completed(at)
    reword("Ahora son diez días.")
    decide(Mode.DELTA, at)
    client = client_for(user)
    assert "Cambió algo desde" in client.get("/aula/").content.decode()
    text = client.get("/aula/curso/cambios/").content.decode()
    assert "Ahora son diez días." in text and "sirve a todas las personas" not in text
    client.post("/aula/curso/cambios/", {"version": "2"})
    assert DeltaReading.objects.exists()
    assert client.get("/aula/curso/cambios/").status_code == 404


def test_reading_what_changed_costs_the_same_for_one_lesson_and_for_three(
    trainer: Client, at: datetime
) -> None:
    client = client_for(ana_completed(at))
    reword()
    decide(Mode.DELTA, at)
    client.get("/aula/curso/cambios/")
    of_one = count_page_queries(client, "/aula/curso/cambios/")
    client.post("/aula/curso/cambios/", {"version": "2"})
    with hold_releases():
        for key in ("l1", "l2"):
            reword(f"Otra cosa en {key}.", key=key)
    reword("Otra cosa en l3.", key="l3")
    decide(Mode.DELTA, at)
    text = client.get("/aula/curso/cambios/").content.decode()
    assert all(f"Otra cosa en {key}." in text for key in ("l1", "l2", "l3"))
    assert count_page_queries(client, "/aula/curso/cambios/") == of_one


def test_what_changed_explains_its_words_and_says_its_language(trainer: Client, at: datetime) -> None:
    client = client_for(ana_completed(at))
    GlossaryTerm.objects.create(term="hábil", definition="De lunes a viernes.")
    reword("Es un día hábil.")
    decide(Mode.DELTA, at)
    client.post("/idioma/", {"idioma": "en", "volver": "/"})
    text = client.get("/aula/curso/cambios/").content.decode()
    assert 'href="#glosario-1-habil"' in text and 'id="glosario-1-habil"' in text
    assert '<div class="text" lang="es">' in text and "This part is not in your language yet." in text


def test_what_there_is_to_do_about_one_course_is_in_one_panel(trainer: Client, at: datetime) -> None:
    client = client_for(ana_completed(at))
    for words in ("Ahora son diez días.", "Ahora son doce días."):
        reword(words)
        decide(Mode.DELTA, at)
    text = client.get("/aula/").content.decode()
    panel = text.split('aria-labelledby="t-tras-1">')[1].split("</section>")[0]
    assert ">Curso de prueba</h2>" in panel and "t-tras-2" not in text
    assert panel.count("Ver qué cambió") == panel.count("Dar mi opinión") == 1


def test_an_older_version_is_not_taken_for_read(trainer: Client, at: datetime) -> None:
    user = ana_completed(at)
    reword()
    decide(Mode.DELTA, at)
    client_for(user).post("/aula/curso/cambios/", {"version": "1"})
    assert not DeltaReading.objects.exists()
