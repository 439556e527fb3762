"""An institution answers, several people at once, and finishes for good."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from lms.diagnostics.models import (
    Answer,
    Assessment,
    Questionnaire,
    same_dimensions,
)
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.services import (
    AnswerEntry,
    AssessmentFinishedError,
    QuestionnaireClosedError,
    UnansweredError,
    discard_draft,
    finish_assessment,
    save_answers,
)
from lms.plan.models import ImmutableChangeError
from tests.factories.diagnostics import MINIMUM, answer, begin, finish, install, make_content, question, shown
from tests.factories.people import InstitutionFactory

EMPTY = AnswerValue().digest


def save(
    assessment: Assessment, key: str, value: AnswerValue, seen: str, at: datetime
) -> dict[str, AnswerValue]:
    entry = AnswerEntry(key, value, seen)
    return save_answers(assessment_id=assessment.pk, entries=[entry], answered_by_id=None, at=at).conflicts


def stored(assessment: Assessment, key: str) -> AnswerValue:
    return Answer.objects.get(assessment=assessment, question_key=key).value


def test_beginning_twice_gives_the_same_draft(questionnaire: Questionnaire, at: datetime) -> None:
    place = InstitutionFactory()

    assert begin(place, questionnaire=questionnaire, at=at) == begin(
        place, questionnaire=questionnaire, at=at
    )


def test_a_questionnaire_that_is_not_offered_is_not_begun(questionnaire: Questionnaire, at: datetime) -> None:
    Questionnaire.objects.update(is_published=False)

    with pytest.raises(QuestionnaireClosedError):
        begin(InstitutionFactory(), questionnaire=questionnaire, at=at)


def test_the_later_save_of_the_same_question_does_not_overwrite_the_earlier_one(
    questionnaire: Questionnaire, at: datetime
) -> None:
    assessment = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)
    save(assessment, "existe", shown(3), EMPTY, at)

    conflicts = save(assessment, "existe", shown(1), EMPTY, at)

    assert conflicts == {"existe": shown(3)}
    assert stored(assessment, "existe") == shown(3)


def test_who_saw_the_other_answer_may_replace_it(questionnaire: Questionnaire, at: datetime) -> None:
    assessment = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)
    save(assessment, "existe", shown(3), EMPTY, at)

    assert save(assessment, "existe", shown(1), shown(3).digest, at) == {}
    assert stored(assessment, "existe") == shown(1)


def test_a_question_that_somebody_left_alone_keeps_what_another_saved(
    questionnaire: Questionnaire, at: datetime
) -> None:
    assessment = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)
    save(assessment, "existe", shown(3), EMPTY, at)

    assert save(assessment, "existe", AnswerValue(), EMPTY, at) == {}
    assert stored(assessment, "existe") == shown(3)


def test_two_people_who_answer_the_same_are_no_conflict(questionnaire: Questionnaire, at: datetime) -> None:
    assessment = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)
    save(assessment, "existe", shown(3), EMPTY, at)

    assert save(assessment, "existe", shown(3), EMPTY, at) == {}


def test_it_is_not_finished_while_a_question_lacks_its_answer(
    questionnaire: Questionnaire, at: datetime
) -> None:
    assessment = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)
    answer(assessment, {"existe": shown(1), "sesiona": AnswerValue(comment="después")}, at=at)

    with pytest.raises(UnansweredError) as error:
        finish_assessment(
            assessment_id=assessment.pk,
            as_of=date(2026, 11, 1),
            finished_by_id=None,
            minimum_peers=MINIMUM,
            at=at,
        )

    assert error.value.keys == ["publicado", "sesiona", "responde"]
    assert Assessment.objects.get().is_draft


def test_finishing_freezes_the_result(questionnaire: Questionnaire, at: datetime) -> None:
    done = finish(InstitutionFactory(), (3, 2, 1, None), questionnaire=questionnaire, at=at)

    assert done.result == {"overall": 58, "dimensions": {"creacion": 83, "uso": 33}}


def test_a_finished_one_takes_no_answer_and_is_not_discarded(
    questionnaire: Questionnaire, at: datetime
) -> None:
    done = finish(InstitutionFactory(), questionnaire=questionnaire, at=at)

    with pytest.raises(AssessmentFinishedError):
        save(done, "existe", shown(0), shown(3).digest, at)
    with pytest.raises(AssessmentFinishedError):
        discard_draft(assessment_id=done.pk)


def test_a_correction_begins_with_the_answers_of_the_last_one(
    questionnaire: Questionnaire, at: datetime
) -> None:
    place = InstitutionFactory()
    done = finish(place, questionnaire=questionnaire, at=at)

    again = begin(place, questionnaire=questionnaire, at=at + timedelta(days=1))

    assert again.based_on == done
    assert stored(again, "existe") == shown(3)
    answer(again, {"existe": shown(0)}, at=at)
    assert stored(done, "existe") == shown(3)


def test_a_new_version_changes_no_earlier_answer_and_asks_again_what_it_changed(
    questionnaire: Questionnaire, at: datetime
) -> None:
    place = InstitutionFactory()
    done = finish(place, questionnaire=questionnaire, at=at)
    changed = [{"key": "creacion", "title": "Creación", "questions": [
        question("existe", text="¿Existe ahora?"), question("publicado"), question("nueva"),
    ]}]  # fmt: skip
    newer = install(at=at, dimensions=changed)

    again = begin(place, questionnaire=newer, at=at)

    done.refresh_from_db()
    assert (done.release.version, again.release.version) == (1, 2)
    assert done.result["dimensions"] == {"creacion": 83, "uso": 17}
    assert set(again.answers.values_list("question_key", flat=True)) == {"publicado"}


def test_a_version_is_never_rewritten(questionnaire: Questionnaire) -> None:
    assert questionnaire.current is not None
    with pytest.raises(ImmutableChangeError):
        questionnaire.current.save()
    with pytest.raises(ImmutableChangeError):
        type(questionnaire.current).objects.update(version=9)


def test_an_unknown_question_is_refused(questionnaire: Questionnaire, at: datetime) -> None:
    assessment = begin(InstitutionFactory(), questionnaire=questionnaire, at=at)

    with pytest.raises(KeyError):
        save(assessment, "otra", shown(1), EMPTY, at)


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({}, {"creacion", "uso"}),
        ({"why": "Otra razón."}, {"creacion", "uso"}),
        ({"text": "¿Existe hace un año?"}, {"uso"}),
        ({"not_applicable": True}, {"uso"}),
        ({"weight": 2}, {"uso"}),
    ],
)
def test_a_dimension_is_the_same_only_where_it_asks_the_same(
    db: None, at: datetime, changes: dict[str, Any], same: set[str]
) -> None:
    before = install(at=at).current
    dimensions = make_content()["dimensions"]
    dimensions[0]["questions"][0] |= changes
    after = install(at=at, dimensions=dimensions).current

    assert before is not None and after is not None
    assert same_dimensions(before=before, after=after) == same
