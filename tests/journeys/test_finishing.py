"""The one path by which progress changes."""

from datetime import UTC, date, datetime, timedelta
from unittest.mock import patch

import pytest

from certificates.models import Certificate
from courses.models import CoursePage, LessonPage
from courses.outline import UnknownUnitError
from courses.services import publish_release
from lms.journeys.answer_check import NoSuchOptionError, answer_check
from lms.journeys.finish_unit import UnitNotReadyError
from lms.progress.models import Completion, Enrolment, UnitResult
from lms.progress.rules import UnitRefusal
from lms.progress.services.enrolments import NoPostingError
from lms.xapi.models import Statement
from tests.factories.learning import Learner, make_course, make_learner
from tests.factories.people import PersonFactory, PostingFactory
from tests.statements import list_said


def verbs(learner: Learner) -> list[str]:
    own = [said for said in list_said() if said.registration == learner.enrolment.public_id]
    return [said.verb.rsplit("/", 1)[1] for said in own]


def test_enrolling_twice_gives_the_same_enrolment_and_one_statement(learner: Learner, at: datetime) -> None:
    again = make_learner(person=learner.person, at=at, posting=learner.enrolment.posting)
    assert again.enrolment == learner.enrolment
    assert verbs(learner) == ["initialized"]


def test_one_person_may_learn_as_employee_and_as_citizen_apart(learner: Learner, at: datetime) -> None:
    own = make_learner(person=learner.person, at=at, context="citizen")
    assert own.enrolment != learner.enrolment
    assert own.enrolment.posting is None
    assert len({said.actor_name for said in list_said()}) == 2


def test_nobody_enrols_as_an_employee_without_a_posting(course: CoursePage, at: datetime) -> None:
    with pytest.raises(NoPostingError):
        make_learner(person=PersonFactory(), at=at, context="employee")
    assert not Statement.objects.exists()


def test_a_lesson_waits_for_its_practice_question(learner: Learner, at: datetime) -> None:
    with pytest.raises(UnitNotReadyError) as refused:
        learner.finish("l1", at)
    assert refused.value.refusal == UnitRefusal.CHECKS_MISSING
    assert not UnitResult.objects.exists()


def test_a_wrong_practice_answer_is_enough_to_finish_the_lesson(learner: Learner, at: datetime) -> None:
    learner.answer("l1", "p1", at, option=1)
    assert learner.finish("l1", at).is_new


def test_an_option_that_does_not_exist_is_refused_and_not_kept(learner: Learner, at: datetime) -> None:
    with pytest.raises(NoSuchOptionError):
        answer_check(
            enrolment_id=learner.enrolment.pk, unit_key="l1", check_key="p1", options=[{"correct": True}],
            option=7, platform=learner.platform, at=at,
        )  # fmt: skip
    assert not learner.enrolment.check_answers.exists()


def test_a_second_click_changes_nothing(learner: Learner, at: datetime) -> None:
    learner.finish("l2", at)
    before = Statement.objects.count()
    second = learner.finish("l2", at + timedelta(hours=1))
    assert not second.is_new
    assert Statement.objects.count() == before
    assert UnitResult.objects.get().finished_at == at


def test_a_unit_of_another_course_is_unknown(learner: Learner, at: datetime) -> None:
    with pytest.raises(UnknownUnitError):
        learner.finish("leccion-ajena", at)


def test_rows_and_statements_are_written_together_or_not_at_all(learner: Learner, at: datetime) -> None:
    with (
        patch("lms.journeys.finish_unit.store_statements", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        learner.finish("l2", at)
    assert not UnitResult.objects.exists()


def test_completing_issues_one_certificate_and_says_so(learner: Learner, at: datetime) -> None:
    learner.complete(at)
    completion = Completion.objects.get()
    certificate = Certificate.objects.get()
    assert certificate.fact_key == completion.public_id
    assert certificate.recipient_name == "Ana Ñanco"
    assert verbs(learner)[-2:] == ["completed", "earned"]
    assert (
        completion.valid_until is not None and completion.valid_until.year == completion.completed_on.year + 2
    )


def test_the_statements_of_a_whole_course_follow_in_order(learner: Learner, at: datetime) -> None:
    learner.complete(at)
    told = verbs(learner)
    assert told[0] == "initialized"
    assert told.count("progressed") == 4
    assert told.count("answered") == 2 + 3
    assert told.count("passed") == 1
    assert told.index("passed") < len(told) - 2


def test_no_statement_contains_name_email_or_run(learner: Learner, at: datetime) -> None:
    learner.complete(at)
    person = learner.person
    for said in list_said():
        raw, text = said.raw, str(said.raw)
        assert person.given_names not in text and person.family_names not in text
        assert "mbox" not in text and (not person.email or person.email not in text)
        assert raw["actor"]["account"]["homePage"].endswith("/personas/funcionarias")


def test_every_statement_has_what_xapi_asks_for(learner: Learner, at: datetime) -> None:
    learner.complete(at)
    for statement in Statement.objects.all():
        raw = statement.raw
        assert raw["id"] == str(statement.id)
        assert raw["version"] == "1.0.3"
        assert raw["authority"]["objectType"] == "Agent"
        assert raw["stored"] and raw["timestamp"]
        assert raw["verb"]["id"].startswith("http") and raw["verb"]["display"]["es"]
        assert raw["object"]["id"].startswith("http://testserver/id/")


def test_a_later_release_neither_deletes_nor_redates_a_completion(
    learner: Learner, course: CoursePage, at: datetime
) -> None:
    learner.complete(at)
    before = Completion.objects.values().get()
    course.pass_percent = 100
    course.save()
    LessonPage.objects.get(key="l2").delete()
    release, is_new = publish_release(page=course, at=at + timedelta(days=30))
    assert is_new and release.number > 1
    assert Completion.objects.values().get() == before


def test_one_in_the_middle_keeps_what_was_asked_when_one_began(
    learner: Learner, course: CoursePage, at: datetime
) -> None:
    LessonPage.objects.get(key="l2").delete()
    publish_release(page=course, at=at)
    learner.complete(at)
    assert Completion.objects.get().release.number == 1


def test_courses_do_not_share_results(learner: Learner, at: datetime) -> None:
    make_course(at=at, code="otro")
    other = make_learner(person=learner.person, at=at, course="otro", posting=learner.enrolment.posting)
    learner.finish("l2", at)
    assert not other.enrolment.unit_results.exists()


def test_the_certificate_names_the_institution_in_which_one_learned(learner: Learner, at: datetime) -> None:
    learner.complete(at)
    institution = learner.enrolment.posting.institution  # type: ignore[union-attr]
    assert Certificate.objects.get().facts["institution_name"] == institution.name


def test_a_citizens_certificate_names_no_institution(course: CoursePage, at: datetime) -> None:
    posting = PostingFactory()
    learner = make_learner(person=posting.person, at=at, context="citizen")
    learner.complete(at)
    assert Certificate.objects.get().facts["institution_name"] == ""
    assert Enrolment.objects.get().context == "citizen"


def test_the_day_of_a_completion_is_that_of_the_region_where_one_works(db: None, at: datetime) -> None:
    """In July it is already the first in Punta Arenas while it is still the thirtieth in Santiago."""
    make_course(at=at)
    night = datetime(2027, 7, 1, 3, 30, tzinfo=UTC)
    days = []
    for region in ("CL-MA", "CL-RM"):
        posting = PostingFactory(region=region)
        make_learner(person=posting.person, at=night, posting=posting).complete(night)
        days.append(Completion.objects.get(person=posting.person).completed_on)
    assert days == [date(2027, 7, 1), date(2027, 6, 30)]
