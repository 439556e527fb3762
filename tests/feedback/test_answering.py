"""What people answer is counted in whole groups, and is nobody's."""

import json
from datetime import datetime, timedelta

import pytest
from django.core.serializers import serialize

from courses.models import CoursePage, CourseRelease
from lms.feedback.models import AnswerTally, Asking, OpinionTally, OpinionText, RecallTally
from lms.feedback.rules.askings import AskingKind
from lms.feedback.selectors.figures import read_measured, read_opinions, read_recall_figures
from lms.feedback.services.asking import NotOpenError, forget_askings
from lms.feedback.services.opinions import answer_questionnaire
from lms.journeys.erase_person import erase_person
from lms.journeys.replay_progress import check, rebuild
from lms.progress.models import Completion
from lms.xapi.models import Statement
from lms.xapi.platform import current_platform
from tests.factories.feedback import TWO_WEEKS, asking_of, give_opinions, recall, report
from tests.factories.learning import Learner, make_learner
from tests.factories.people import PersonFactory
from tests.queries import count_queries

ANSWERS = (AnswerTally, OpinionTally, OpinionText, RecallTally)


def answer(asking: Asking, at: datetime, text: str = "Me sirvió.") -> None:
    answer_questionnaire(asking_id=asking.pk, values={"useful": 5}, texts={"best": text}, at=at)


def opinions(learner: Learner, kind: AskingKind = AskingKind.END, version: int | None = None):  # type: ignore[no-untyped-def]
    return read_opinions(course_code="curso", kind=kind, version=version)


def texts(learner: Learner) -> list[str]:
    return [text for _item, found in opinions(learner).texts for text in found]


# --- Who is asked ---------------------------------------------------------------------------------
def test_who_completes_a_course_is_asked_three_things_once(learner: Learner, at: datetime) -> None:
    days = dict(learner.enrolment.askings.values_list("kind", "due_on"))
    assert days == {
        "end": at.date(),
        "recall": at.date() + TWO_WEEKS,
        "later": at.date() + timedelta(days=90),
    }
    learner.finish("l1", at)
    assert Asking.objects.count() == 3


def test_who_has_not_completed_is_asked_nothing(course: CoursePage, at: datetime) -> None:
    make_learner(person=PersonFactory(), at=at).read_everything(at)
    assert not Asking.objects.exists()


def test_an_answer_counts_once(learner: Learner, at: datetime) -> None:
    asking = asking_of(learner, AskingKind.END)
    answer(asking, at)
    with pytest.raises(NotOpenError):
        answer(asking, at)
    assert AnswerTally.objects.get().waiting == 1


@pytest.mark.parametrize("days", [-1, 91])
def test_before_and_after_its_time_nothing_is_counted(learner: Learner, at: datetime, days: int) -> None:
    with pytest.raises(NotOpenError):
        answer(asking_of(learner, AskingKind.END), at + timedelta(days=days))
    assert not AnswerTally.objects.exists()


def test_who_lost_the_completion_is_not_counted(learner: Learner, at: datetime) -> None:
    Completion.objects.update(counts=False)
    with pytest.raises(NotOpenError):
        answer(asking_of(learner, AskingKind.END), at)


# --- Whole groups ---------------------------------------------------------------------------------
def test_opinions_appear_five_by_five(learner: Learner, at: datetime) -> None:
    release_id, seen = learner.enrolment.release_id, []
    for _number in range(10):
        give_opinions(release_id, 1, at)
        seen.append((opinions(learner).people, len(texts(learner))))
    assert seen == [(0, 0)] * 4 + [(5, 5)] * 5 + [(10, 10)]


def test_the_two_questionnaires_wait_for_their_own_groups(learner: Learner, at: datetime) -> None:
    give_opinions(learner.enrolment.release_id, 3, at)
    give_opinions(learner.enrolment.release_id, 3, at, kind=AskingKind.LATER, applied=5)
    assert opinions(learner).people == opinions(learner, AskingKind.LATER).people == 0


def test_a_statement_that_too_few_answered_is_not_shown(learner: Learner, at: datetime) -> None:
    release_id = learner.enrolment.release_id
    give_opinions(release_id, 4, at, useful=4)
    give_opinions(release_id, 1, at, useful=1, clear=1)
    useful, clear, *_others = opinions(learner).levels[0].statements
    assert (useful.counts, useful.agree_share) == ((1, 0, 0, 4, 0), 0.8)
    assert (clear.counts, clear.agree_share) == ((), None)


def test_figures_of_one_version_are_told_apart(learner: Learner, at: datetime) -> None:
    give_opinions(learner.enrolment.release_id, 5, at)
    number = learner.release.number
    assert [opinions(learner, version=n).people for n in (number, number + 1)] == [5, 0]


def test_what_was_learned_is_measured_five_by_five(learner: Learner, at: datetime) -> None:
    seen = []
    for percent in (100, 100, 100, 100, 0, 0, 0, 0, 0):
        make_learner(person=PersonFactory(), at=at).complete(at)
        Completion.objects.filter(pk=Completion.objects.latest("pk").pk).update(percent=percent)
        measured = read_measured(course_code="curso")
        seen.append((measured.people, measured.percent) if measured else None)
    assert seen == [None] * 3 + [(5, 100)] * 5 + [(10, 50)]


def test_each_version_is_measured_in_groups_of_its_own(learner: Learner, at: datetime) -> None:
    for _number in range(9):
        make_learner(person=PersonFactory(), at=at).complete(at)
    newer = CourseRelease.objects.get(pk=learner.release.pk)
    newer.pk, newer.number, newer.is_current = None, newer.number + 1, False
    newer.save()
    late = Completion.objects.order_by("-pk")[:4]
    Completion.objects.filter(pk__in=[one.pk for one in late]).update(release=newer)
    measured = [read_measured(course_code="curso", version=n) for n in (None, learner.release.number)]
    assert [one.people for one in measured if one] == [5, 5]
    assert read_measured(course_code="curso", version=newer.number) is None


def test_recalls_appear_ten_by_ten_beside_what_the_same_people_knew(learner: Learner, at: datetime) -> None:
    release_id = learner.enrolment.release_id
    recall(release_id, 5, at, points=1)
    recall(release_id, 4, at, points=0)
    assert read_recall_figures(course_code="curso").people == 0
    recall(release_id, 2, at, points=0)
    figures = read_recall_figures(course_code="curso")
    assert figures.people == 10
    [one] = figures.competences  # INT-2 was not asked about
    assert (one.name, one.before, one.after, one.kept) == ("Actuar con probidad", 1.0, 0.5, 0.5)
    assert [(row.stem, row.answers, row.share) for row in figures.questions] == [
        ("¿Qué haces en q0?", 10, 0.5)
    ]


def test_figures_cost_the_same_for_few_and_many(learner: Learner, at: datetime) -> None:
    release_id = learner.enrolment.release_id

    def cost() -> list[int]:
        return [
            count_queries(lambda: read_opinions(course_code="curso", kind=AskingKind.END)),
            count_queries(lambda: read_recall_figures(course_code="curso")),
        ]

    give_opinions(release_id, 5, at)
    recall(release_id, 10, at)
    few = cost()
    give_opinions(release_id, 20, at, useful=1, clear=2)
    recall(release_id, 20, at)
    assert cost() == few and max(few) <= 5


# --- Nobody's -------------------------------------------------------------------------------------
def test_no_answer_leads_to_a_person_or_an_instant() -> None:
    for model in ANSWERS:
        related = {field.related_model._meta.label for field in model._meta.fields if field.is_relation}
        assert related <= {"courses.CourseRelease", "feedback.AnswerTally"}
        assert not [f.name for f in model._meta.fields if f.get_internal_type() == "DateTimeField"]


def test_of_who_answered_neither_time_nor_order_is_kept(learner: Learner, at: datetime) -> None:
    """The row was there before; answering changes one word of it."""
    asking = asking_of(learner, AskingKind.END)
    before = json.loads(serialize("json", [asking]))[0]
    answer(asking, at + timedelta(days=3))
    asking.refresh_from_db()
    after = json.loads(serialize("json", [asking]))[0]
    assert after["pk"] == before["pk"]
    assert after["fields"] == before["fields"] | {"is_answered": True}


def test_texts_are_stored_anew_in_an_order_of_chance_with_the_month_alone(
    learner: Learner, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lms.feedback.services.tallies.SystemRandom", Reversed)
    release_id = learner.enrolment.release_id
    give_opinions(release_id, 4, at)
    waiting = set(OpinionText.objects.values_list("pk", flat=True))
    give_opinions(release_id, 1, at)
    shown = OpinionText.objects.all()
    assert not waiting & {row.pk for row in shown}
    assert {row.month for row in shown} == {at.date().replace(day=1)}
    assert Reversed.mixed == 5


class Reversed:
    """Stands in for chance, and counts what it mixes."""

    mixed = 0

    def shuffle(self, rows: list[object]) -> None:
        Reversed.mixed = len(rows)
        rows.reverse()


def test_no_statement_tells_of_an_answer(learner: Learner, at: datetime) -> None:
    before = Statement.objects.count()
    answer(asking_of(learner, AskingKind.END), at)
    assert Statement.objects.count() == before
    assert check(platform=current_platform()) == []


# --- What stays -----------------------------------------------------------------------------------
def test_rebuilding_progress_leaves_what_was_asked_and_answered(learner: Learner, at: datetime) -> None:
    answer(asking_of(learner, AskingKind.END), at)
    rebuild(platform=current_platform(), at=at)
    assert asking_of(learner, AskingKind.END).is_answered and Asking.objects.count() == 3
    assert AnswerTally.objects.get().waiting == 1


def test_half_a_year_later_nobody_knows_who_was_asked(learner: Learner, at: datetime) -> None:
    assert forget_askings(at=at + timedelta(days=181)) == 1
    assert set(learner.enrolment.askings.values_list("kind", flat=True)) == {"recall", "later"}


def test_an_erased_person_was_asked_nothing_and_reported_nothing(learner: Learner, at: datetime) -> None:
    answer(asking_of(learner, AskingKind.END), at)
    report(learner.enrolment, at)
    erase_person(person=learner.person, at=at)
    assert not learner.enrolment.askings.exists() and not learner.person.lesson_reports.exists()
    assert AnswerTally.objects.get().waiting == 1
