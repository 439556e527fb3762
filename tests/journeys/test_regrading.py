"""A wrong key is mended, and the answers are graded again."""

from datetime import datetime, timedelta
from functools import partial
from random import Random
from uuid import uuid4

import pytest

from courses.models import CoursePage, CourseRelease
from courses.quizzes.models import Question
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.services import publish_release
from lms.journeys.erase_person import erase_person
from lms.journeys.regrade_question import preview_regrades, work_on_regrade
from lms.journeys.replay_progress import check, rebuild
from lms.journeys.take_assessment import start_attempt
from lms.people.models import Pseudonym
from lms.progress.models import (
    AnswerEvent,
    AnswerToMark,
    AssessmentAttempt,
    Completion,
    QuestionMark,
    Regrade,
    RegradeLine,
)
from lms.progress.selectors.regrades import StaleQuestion, regrade_figures, stale_questions
from lms.progress.services.regrades import begin_regrade
from lms.xapi.platform import current_platform
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.open_answers import hand_in_open, make_open_course, waiting
from tests.factories.people import PersonFactory
from tests.queries import count_queries

FINAL = "evaluacion-final"
LATER = timedelta(days=2)


@pytest.fixture
def course(db: None, at: datetime) -> CoursePage:
    return make_course(at=at, pass_percent=60)


def learn(at: datetime, *, right: bool, seed: int = 1) -> Learner:
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    learner.take_assessment(at, right=right, seed=seed)
    return learner


def mend(at: datetime, *keys: str, texts: tuple[str, str] = ("Sí", "No")) -> None:
    """The other option is the right one from now on."""
    for question in Question.objects.filter(key__in=keys):
        options = (Option(texts[0], False), Option(texts[1], True))
        question.set_body(QuestionKind.SINGLE, Choice(options))
        question.save()
    publish_release(page=CoursePage.objects.get(), at=at)


def regrade(key: str, at: datetime, *, method: str = "key", most: int = 100) -> Regrade:
    attempt = AssessmentAttempt.objects.latest("pk")
    begun = begin_regrade(
        release=attempt.enrolment.course.releases.get(is_current=True), unit_key=FINAL, question_key=key,
        method=method, reason="La clave era otra.", user_id=None, at=at,
    )  # fmt: skip
    while not work_on_regrade(regrade=begun, platform=current_platform(), at=at, most=most):
        begun.refresh_from_db()
    return begun


def drawn_keys(learner: Learner) -> list[str]:
    return [item["key"] for item in learner.enrolment.attempts.latest("pk").drawn]


def list_stale(learner: Learner) -> list[StaleQuestion]:
    """Those of the learner's course."""
    course = learner.enrolment.course
    return stale_questions(course=course, unit_key=FINAL, current=course.releases.get(is_current=True))


def wanted(release: CourseRelease, key: str, method: str) -> Regrade:
    """Not yet begun."""
    return Regrade(course=release.course, release=release, unit_key=FINAL, question_key=key, method=method)


def repeat(attempt: AssessmentAttempt, *, times: int) -> None:
    """The same person hands in the same again so often."""
    marks, events = list(attempt.marks.all()), list(attempt.events.all())
    for number in range(2, times + 2):
        attempt.pk, attempt.number, attempt.public_id = None, number, uuid4()
        attempt.save(force_insert=True)
        for row in (*marks, *events):
            row.pk, row.attempt = None, attempt
            if isinstance(row, AnswerEvent):
                row.client_key = uuid4()
        QuestionMark.objects.bulk_create(marks)
        AnswerEvent.objects.bulk_create(events)


def test_a_mended_key_raises_what_it_had_cost(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    keys = drawn_keys(learner)
    mend(at + LATER, *keys)
    for key in keys:
        regrade(key, at + LATER)
    attempt = AssessmentAttempt.objects.get()
    assert (attempt.percent, attempt.passed) == (100, True)
    assert Completion.objects.get().completed_at == at  # as of the hand-in
    assert RegradeLine.objects.filter(is_applied=True).count() == 3


def test_a_told_result_is_never_lowered_and_its_certificate_stays(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=True)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key)
    regrade(key, at + LATER)
    attempt, line = AssessmentAttempt.objects.get(), RegradeLine.objects.get()
    assert (attempt.percent, attempt.passed, attempt.told) == (100, True, 1)
    assert not line.is_applied and line.score_after == 0 and line.passed_after
    assert Completion.objects.get().percent == 100


def test_before_and_after_stay_in_the_record_and_suffice_to_rebuild(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key)
    regrade(key, at + LATER)
    attempt = AssessmentAttempt.objects.get()
    assert attempt.told == 2 and list(
        attempt.marks.filter(question_key=key).values_list("score", flat=True)
    ) == [0, 1]
    platform = current_platform()
    assert check(platform=platform) == []
    rebuild(platform=platform, at=at)
    assert check(platform=platform) == []


def test_an_attempt_under_way_is_graded_with_the_mended_key(course: CoursePage, at: datetime) -> None:
    before = learn(at, right=False)
    slow = make_learner(person=PersonFactory(), at=at)
    slow.read_everything(at)
    open_one = start_attempt(
        enrolment_id=slow.enrolment.pk, unit_key=FINAL, platform=slow.platform, at=at, chance=Random(1)
    )
    keys = drawn_keys(before)
    mend(at + LATER, *keys)
    for key in keys:
        regrade(key, at + LATER)
    assert open_one.release == before.release
    graded = slow.take_assessment(at + LATER, right=False)  # wrong by the key with which it was drawn
    assert graded.pk == open_one.pk and graded.percent == 100


def test_everybody_gets_the_point_of_a_question_that_cannot_be_saved(
    course: CoursePage, at: datetime
) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    regrade(key, at + LATER, method="everybody")
    assert AssessmentAttempt.objects.get().correct == 1


def test_nobody_marks_an_open_question_whose_point_everybody_gets(db: None, at: datetime) -> None:
    make_open_course(at=at)
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    hand_in_open(learner, at)
    regrade(waiting().question_key, at + LATER, method="everybody")
    assert AssessmentAttempt.objects.get().percent == 100
    assert not AnswerToMark.objects.filter(settled_at=None).exists()


def test_what_falls_while_it_is_being_marked_counts_neither_as_raised_nor_as_kept(
    db: None, at: datetime
) -> None:
    make_open_course(at=at)
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    hand_in_open(learner, at)
    key = next(key for key in drawn_keys(learner) if key != waiting().question_key)
    mend(at + LATER, key)
    release = learner.enrolment.course.releases.get(is_current=True)
    [preview] = preview_regrades(regrades=[wanted(release, key, "key")], most=10)
    figures = regrade_figures(regrade=regrade(key, at + LATER))
    assert (preview.attempts, preview.raised, preview.lowered) == (1, 0, 0)
    assert (figures.looked_at, figures.raised, figures.kept) == (1, 0, 0)
    assert AssessmentAttempt.objects.get().correct == 1


def test_answers_to_other_words_are_left_alone(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key, texts=("Siempre", "Nunca"))
    regrade(key, at + LATER)
    assert AssessmentAttempt.objects.get().correct == 0 and not RegradeLine.objects.exists()


def test_the_preview_says_what_would_change(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    learn(at, right=True)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key)
    release = learner.enrolment.course.releases.get(is_current=True)
    found, to_all = preview_regrades(
        regrades=[wanted(release, key, method) for method in ("key", "everybody")], most=10
    )
    assert (found.attempts, found.raised, found.lowered, found.passing, found.other) == (2, 1, 1, 0, 0)
    assert (to_all.attempts, to_all.raised, to_all.lowered) == (2, 1, 0)
    assert AssessmentAttempt.objects.filter(passed=True).count() == 1


def test_the_preview_by_key_leaves_out_who_met_the_mended_question(course: CoursePage, at: datetime) -> None:
    key = drawn_keys(learn(at, right=False))[0]
    mend(at + LATER, key)
    release = learn(at + LATER, right=False).enrolment.release
    found, to_all = preview_regrades(
        regrades=[wanted(release, key, method) for method in ("key", "everybody")], most=10
    )
    assert (found.attempts, to_all.attempts) == (1, 2)


def test_the_preview_asks_the_same_of_few_and_many(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    repeat(AssessmentAttempt.objects.get(), times=29)
    mend(at + LATER, key)
    release = learner.enrolment.course.releases.get(is_current=True)
    regrades = [wanted(release, key, method) for method in ("key", "everybody")]
    assert [found.raised for found in preview_regrades(regrades=regrades, most=30)] == [30, 30]
    few, many = (count_queries(partial(preview_regrades, regrades=regrades, most=most)) for most in (3, 30))
    assert few == many


def test_it_goes_on_where_it_was_interrupted_and_twice_changes_nothing(
    course: CoursePage, at: datetime
) -> None:
    learners = [learn(at, right=False) for _ in range(3)]
    key = drawn_keys(learners[0])[0]
    mend(at + LATER, key)
    begun = regrade(key, at + LATER, most=1)
    assert begun.lines.count() == 3
    again = regrade(key, at + LATER)
    assert again == begun and begun.lines.count() == 3


def test_the_trainer_is_told_which_keys_changed_after_use(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key)
    [found] = list_stale(learner)
    assert (found.key, found.attempts, found.is_same_question) == (key, 1, True)
    regrade(key, at + LATER)
    assert list_stale(learner) == []


@pytest.mark.parametrize("method", ["key", "everybody"])
def test_a_question_that_was_mended_stays_so_in_later_versions_of_the_course(
    course: CoursePage, at: datetime, method: str
) -> None:
    learner = learn(at, right=False)
    key, other = drawn_keys(learner)[:2]
    mend(at + LATER, key)
    regrade(key, at + LATER, method=method)
    mend(at + 2 * LATER, other)
    assert [found.key for found in list_stale(learner)] == [other]


def test_a_question_whose_key_changes_again_is_stale_again(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key)
    regrade(key, at + LATER)
    mend(at + 2 * LATER, key, texts=("Nunca", "Siempre"))
    assert [found.key for found in list_stale(learner)] == [key]


def test_who_was_erased_is_not_graded_again_nor_named_anew(course: CoursePage, at: datetime) -> None:
    learner = learn(at, right=False)
    key = drawn_keys(learner)[0]
    mend(at + LATER, key)
    erase_person(person=learner.person, at=at + LATER)
    assert list_stale(learner) == []
    regrade(key, at + LATER)
    assert not RegradeLine.objects.exists() and not Pseudonym.objects.exists()
