"""A course changes while people are in it: nobody loses anything, and its author decides the rest."""

from collections.abc import Callable
from datetime import datetime

import pytest

from courses.models import (
    CoursePage,
    CourseRelease,
    LessonPage,
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
)
from lms.journeys.read_delta import read_delta
from lms.journeys.replay_progress import check, rebuild
from lms.lib.clock import local_date
from lms.progress.models import Completion, DeltaReading
from lms.progress.selectors.deltas import list_due_deltas, list_waiting_for, measure_impact
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, make_course
from tests.journeys.new_versions import LATER, Mode, add_lesson, ask_for_more, decide, learn, reword
from tests.queries import count_queries
from tests.statements import list_verbs
from tests.xapi.threads import run_at_once


@pytest.fixture
def page(db: None, at: datetime) -> CoursePage:
    return make_course(at=at)


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
