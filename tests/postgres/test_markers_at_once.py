"""Two people who mark the same course at the same moment."""

from datetime import datetime

import pytest

from lms.progress.models import AnswerToMark
from lms.progress.services.marking import claim_answer
from tests.factories.learning import make_learner
from tests.factories.open_answers import hand_in_open, make_open_course
from tests.factories.people import PersonFactory, UserFactory
from tests.xapi.threads import uncommitted


def claim(user_id: int, at: datetime) -> AnswerToMark | None:
    return claim_answer(course_code="curso", user_id=user_id, person_id=None, at=at)


@pytest.mark.django_db(transaction=True)
def test_a_marker_gets_the_next_answer_without_waiting_for_another(at: datetime) -> None:
    make_open_course(at=at)
    for _ in range(2):
        learner = make_learner(person=PersonFactory(), at=at)
        learner.read_everything(at)
        hand_in_open(learner, at)
    one, other = UserFactory().pk, UserFactory().pk
    with uncommitted(lambda: claim(one, at)):
        found = claim(other, at)
    assert found is not None and found.claimed_by_id == other
    assert set(AnswerToMark.objects.values_list("claimed_by", flat=True)) == {one, other}
