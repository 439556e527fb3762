"""Data moved by migrations."""

from datetime import datetime
from importlib import import_module

from django.apps import apps

from lms.progress.models import AnswerToMark, LateDecision
from lms.progress.selectors.marking import find_text
from tests.factories.learning import make_learner
from tests.factories.open_answers import answer_late, hand_in_open, make_open_course, waiting
from tests.factories.people import PersonFactory

note_late = import_module("lms.progress.migrations.0015_note_waiting_late_texts").note_late


def test_a_late_text_that_waited_before_is_still_read(db: None, at: datetime) -> None:
    make_open_course(at=at)
    learner = make_learner(person=PersonFactory(), at=at)
    learner.read_everything(at)
    attempt = hand_in_open(learner, at, text="")
    answer_late(attempt, at, text="Me abstengo.")
    LateDecision.objects.create(attempt=attempt, is_accepted=True, reason="Sin red.", decided_at=at)
    key = attempt.events.get(is_late=True).question_key
    AnswerToMark.objects.create(attempt=attempt, question_key=key, handed_in_at=at)
    for _ in range(2):
        note_late(apps, None)
    text = find_text(answer=waiting())
    assert text is not None and text.answer == "Me abstengo."
