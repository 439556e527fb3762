"""The functions that the worker calls: safe to run twice and to miss a turn."""

from datetime import date, timedelta

import pytest
from django.core import mail

from lms.jobs.schedule import list_jobs
from lms.notices import periodic
from lms.notices.models import Notice
from lms.notices.post import MailServerDownError
from lms.progress.services.questions import answer_question
from tests.factories.records import ask, author_at
from tests.notices.sink import Sink, free_port
from tests.notices.stage import Stage, noon
from tests.notices.test_digest import lead_of


def test_they_are_known_to_the_worker() -> None:
    names = {job.name for job in list_jobs()}
    wanted = (
        "plan_training_notices", "plan_digests", "plan_answers", "send_notices", "forget_old_notices",
    )  # fmt: skip
    assert {f"lms.notices.periodic.{name}" for name in wanted} <= names


def test_a_turn_of_the_worker_writes_to_people(stage: Stage, sink: Sink) -> None:
    stage.hire()
    stage.ask(due_on=date(2027, 1, 20))
    for _ in range(2):
        periodic.plan_training_notices(at=stage.at)
        periodic.plan_digests(at=stage.at)
        periodic.send_notices(at=stage.at + timedelta(minutes=1))
        periodic.forget_old_notices(at=stage.at)
    assert len(sink.received) == 1


def test_digests_are_put_down_on_monday(stage: Stage) -> None:
    lead_of(stage)
    periodic.plan_digests(at=noon(date(2026, 11, 20)))
    assert not Notice.objects.exists()
    periodic.plan_digests(at=noon(date(2026, 11, 23)))
    assert Notice.objects.get().kind == "digest"


def test_answers_are_put_down_every_hour(stage: Stage) -> None:
    question = ask(stage.hire(), at=stage.at)
    author = author_at(stage.institution.pk)
    answer_question(question_id=question.pk, text="Lo revisamos.", author=author, at=stage.at)
    for hours in range(3):
        periodic.plan_answers(at=stage.at + timedelta(hours=hours))
    assert Notice.objects.get().kind == "answer"


def test_an_unreachable_server_makes_the_turn_fail_so_that_it_shows(
    stage: Stage, sink: Sink, settings: object
) -> None:
    stage.hire()
    stage.ask(due_on=date(2027, 1, 20))
    stage.plan()
    settings.EMAIL_PORT = free_port()  # type: ignore[attr-defined]
    with pytest.raises(MailServerDownError):
        periodic.send_notices(at=stage.at)


def test_other_backends_take_the_same_message(stage: Stage) -> None:
    """The demonstration keeps its e-mails in files."""
    stage.hire()
    stage.ask(due_on=date(2027, 1, 20))
    stage.run(stage.at)
    [message] = mail.outbox
    assert message.to == ["ana@servicio.example"]
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
