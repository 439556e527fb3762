"""Notices of answers when a person is erased, or two records become one and two again."""

import pytest

from lms.journeys.erase_person import erase_person
from lms.notices.models import Mail, Notice
from lms.notices.services.forgetting import forget_old_notices
from lms.people.models import Person
from tests.journeys.merging import Two, merge, undo
from tests.notices.answering import ask_and_answer, plan
from tests.notices.sink import Sink
from tests.notices.stage import Stage, notices_of, posting_of

SENT = [("answer", "sent", "")]


@pytest.fixture
def two(stage: Stage) -> Two:
    """Ana twice, without a RUN the second time; each record was answered a question of the same day."""
    kept, other = stage.hire("Ana"), stage.hire("Anita", person={"without_run": True})
    for person in (kept, other):
        ask_and_answer(person, at=stage.at)
    return Two(kept, other, posting_of(kept), posting_of(other))


def owners() -> list[Person]:
    return [notice.person for notice in Notice.objects.select_related("person").order_by("pk")]


def test_an_erased_person_leaves_no_notice_and_no_email(stage: Stage, sink: Sink, two: Two) -> None:
    plan(stage.at)
    stage.send()
    erase_person(person=two.kept, at=stage.at)
    forget_old_notices(at=stage.at)
    assert owners() == [two.other]
    assert [mail.person for mail in Mail.objects.all()] == [two.other]


def test_who_is_erased_before_it_is_sent_gets_nothing(stage: Stage, sink: Sink, two: Two) -> None:
    plan(stage.at)
    erase_person(person=two.kept, at=stage.at)
    assert plan(stage.at) == 0
    stage.send()
    assert [mail.recipients for mail in sink.received] == [["anita@servicio.example"]]


def test_what_both_were_told_is_the_kept_persons_and_goes_back(stage: Stage, sink: Sink, two: Two) -> None:
    plan(stage.at)
    stage.send()
    found = merge(two, stage.at)
    assert owners() == [two.kept, two.kept]
    assert undo(found, stage.at) == []
    assert owners() == [two.kept, two.other]


def test_what_waits_is_sent_to_the_kept_person_in_one_email(stage: Stage, sink: Sink, two: Two) -> None:
    plan(stage.at)
    merge(two, stage.at)
    assert plan(stage.at) == 0
    stage.send()
    [mail] = sink.received
    assert mail.recipients == ["ana@servicio.example"]
    assert "Hay respuestas a 2 consultas que hiciste el" in mail.part("text/plain")
    assert notices_of(two.kept) == SENT * 2


def test_what_was_put_down_between_merging_and_parting_is_not_told_to_the_other(
    stage: Stage, sink: Sink, two: Two
) -> None:
    found = merge(two, stage.at)
    plan(stage.at)
    undo(found, stage.at)
    stage.send()
    assert [mail.recipients for mail in sink.received] == [["ana@servicio.example"]]
    assert notices_of(two.kept) == [*SENT, ("answer", "cancelled", "nothing")]
