"""What goes out: only what is still true, in working hours, and each e-mail once."""

from datetime import date, datetime, timedelta

import pytest

from lms.notices.models import AddressProblem, Mail, Notice
from lms.notices.rules.addresses import hash_address
from lms.notices.services.claiming import claim_mails, settle_lost_mails
from lms.notices.services.outcomes import mark_handed
from lms.notices.services.preferences import save_preferences, turn_everything_off
from lms.people.models import Leave, Posting
from lms.people.services.accounts import erase_person
from lms.progress.services.assigned import follow_people
from lms.progress.services.requirements import withdraw_requirement
from tests.factories.learning import make_learner
from tests.notices.sink import Sink
from tests.notices.stage import DUE, Stage, days_later, mail_settings, noon, notices_of, ready
from tests.queries import count_queries

CALENDAR_FREE = date(2026, 11, 22)


# --- Whether it is still true ---------------------------------------------------------------------
def test_who_completes_before_it_is_sent_gets_nothing(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    make_learner(person=ana, at=stage.at, posting=ana.postings.get()).complete(stage.at)
    stage.send()
    assert sink.received == []
    assert notices_of(ana) == [("assigned", "cancelled", "completed")]
    assert not Mail.objects.exists()


def test_whose_reason_is_gone_gets_nothing(stage: Stage, sink: Sink) -> None:
    started, left, away, gone = ready(stage, "Ana", "Beto", "Ceci", "Dani")
    make_learner(person=started, at=stage.at, posting=started.postings.get())
    Posting.objects.filter(person=left).update(valid_until=stage.at.date() - timedelta(days=1))
    Leave.objects.create(person=away, institution=stage.institution, first_day=stage.at.date())
    follow_people(person_ids=[left.pk, away.pk], at=stage.at)
    erase_person(person=gone, at=stage.at)
    stage.send()
    assert sink.received == []
    ends = [notices_of(person)[0][1:] for person in (started, left, away, gone)]
    assert ends == [
        ("cancelled", "started"),
        ("cancelled", "not_asked"),
        ("cancelled", "not_asked"),
        ("cancelled", "gone"),
    ]


def test_a_withdrawn_requirement_is_not_told(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    requirement = Notice.objects.get().requirement
    assert requirement is not None
    withdraw_requirement(requirement_id=requirement.pk, author=None, note="", at=stage.at)
    stage.send()
    assert sink.received == []
    assert notices_of(ana) == [("assigned", "cancelled", "withdrawn")]


def test_who_wants_no_email_reads_it_on_the_platform(stage: Stage, sink: Sink) -> None:
    nothing, other_things, without = ready(stage, "Ana", "Beto", "Ceci")
    turn_everything_off(person_id=nothing.pk, at=stage.at)
    save_preferences(person_id=other_things.pk, offered=["assigned", "due"], wanted=["due"], at=stage.at)
    without.email = ""
    without.save()
    stage.send()
    assert sink.received == []
    ends = [notices_of(person)[0][1:] for person in (nothing, other_things, without)]
    assert ends == [
        ("suppressed", "opted_out"),
        ("suppressed", "opted_out"),
        ("suppressed", "no_address"),
    ]


def test_an_address_that_bounces_is_written_to_no_more_until_it_changes(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana", due_on=date(2026, 12, 31))
    key = mail_settings().keys[0]
    AddressProblem.objects.create(
        person=ana, address_hash=hash_address(address=ana.email, key=key), kind="hard", at=stage.at
    )
    stage.send()
    assert notices_of(ana) == [("assigned", "suppressed", "bounced")]
    ana.email = "ana.nueva@servicio.example"
    ana.save()
    stage.run(noon(date(2026, 12, 24)))
    assert sink.received[0].recipients == ["ana.nueva@servicio.example"]


# --- When ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("hour", [0, 8, 17, 23])
def test_nothing_goes_out_outside_working_hours(stage: Stage, sink: Sink, hour: int) -> None:
    ready(stage, "Ana")
    stage.send(noon(CALENDAR_FREE))
    stage.send(stage.at.replace(hour=hour))
    assert sink.received == []
    stage.send(noon(date(2026, 11, 23)))
    assert len(sink.received) == 1


def test_who_works_by_another_clock_is_waited_for(stage: Stage, sink: Sink) -> None:
    """In winter it is nine in Punta Arenas when it is eight in Santiago."""
    at = noon(date(2027, 7, 5))
    stage.hire("Ana", region="CL-RM")
    stage.hire("Beto", region="CL-MA")
    stage.ask(due_on=date(2027, 12, 1), at=at)
    stage.plan(at.replace(hour=23))
    early = noon(date(2027, 7, 6)).replace(hour=8, minute=30)
    stage.send(early)
    assert [mail.recipients for mail in sink.received] == [["beto@servicio.example"]]
    stage.send(early.replace(hour=9))
    assert len(sink.received) == 2


def test_what_waits_through_the_night_is_not_sent_by_a_worker_that_comes_back_then(
    stage: Stage, sink: Sink
) -> None:
    """Due at noon, nobody worked then; in Punta Arenas it is past five when Santiago is still at work."""
    at = noon(date(2027, 7, 5))
    stage.hire("Beto", region="CL-MA")
    stage.ask(due_on=date(2027, 12, 1), at=at)
    stage.plan(at)
    stage.send(at.replace(hour=16, minute=30))
    assert sink.received == []
    assert Notice.objects.get().not_before == noon(date(2027, 7, 6)).replace(hour=8)


def test_no_more_than_so_many_a_minute(stage: Stage, sink: Sink) -> None:
    ready(stage, *[f"Ana{number}" for number in range(7)])
    stage.send(per_minute=3)
    stage.send(per_minute=3)
    assert len(sink.received) == 3
    stage.send(stage.at + timedelta(minutes=1), per_minute=3)
    assert len(sink.received) == 6
    stage.send(stage.at + timedelta(minutes=2), per_minute=0)
    assert len(sink.received) == 6


def test_one_connection_carries_a_batch(stage: Stage, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.notices.sending.PEOPLE", 4)
    ready(stage, *[f"Ana{number}" for number in range(7)])
    stage.send()
    assert (len(sink.received), sink.connections) == (7, 2)


# --- Once ----------------------------------------------------------------------------------------
def test_running_again_sends_nothing_again(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana")
    for hours in range(4):
        stage.run(stage.at + timedelta(hours=hours))
    assert len(sink.received) == 1


def test_what_another_worker_claimed_is_left_to_it(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana", "Beto")
    theirs = claim_mails(at=stage.at, calendar=mail_settings().calendar, people=1)
    assert theirs.found == 1
    stage.send()
    assert [mail.recipients for mail in sink.received] == [["beto@servicio.example"]]


def test_a_worker_killed_before_handing_over_loses_nothing(stage: Stage, sink: Sink) -> None:
    [ana] = ready(stage, "Ana")
    claim_mails(at=stage.at, calendar=mail_settings().calendar, people=10)
    stage.send(stage.at + timedelta(minutes=10))
    assert sink.received == []
    stage.send(stage.at + timedelta(minutes=16))
    assert len(sink.received) == 1
    assert notices_of(ana) == [("assigned", "sent", "")]


def test_a_worker_killed_while_handing_over_sends_nothing_twice(stage: Stage, sink: Sink) -> None:
    """The server may have it: it is noted as unknown, and not sent again."""
    [ana] = ready(stage, "Ana")
    [mail_id] = claim_mails(at=stage.at, calendar=mail_settings().calendar, people=10).mail_ids
    assert mark_handed(mail_id=mail_id, address_hash="", at=stage.at)
    for minutes in (10, 16, 60, 120):
        stage.run(stage.at + timedelta(minutes=minutes))
    assert sink.received == []
    assert notices_of(ana) == [("assigned", "unknown", "uncertain")]


def test_a_worker_thought_dead_does_not_hand_over_what_was_given_back(stage: Stage, sink: Sink) -> None:
    ready(stage, "Ana")
    [mail_id] = claim_mails(at=stage.at, calendar=mail_settings().calendar, people=10).mail_ids
    settle_lost_mails(at=stage.at + timedelta(minutes=20))
    assert not mark_handed(mail_id=mail_id, address_hash="", at=stage.at)


def test_a_batch_costs_the_same_but_for_the_handing_over(stage: Stage, sink: Sink) -> None:
    """Five statements for each e-mail, whatever else."""

    def cost(people: int, at: datetime) -> int:
        for number in range(people):
            stage.hire(f"P{people}x{number}")
        stage.ask(due_on=DUE, title=f"Para {people}", at=at)
        stage.plan(at)
        return count_queries(lambda: stage.send(at))

    stage.hire("Ana")
    few = cost(3, stage.at)
    handed = len(sink.received)
    many = cost(30, days_later(stage.at, 3))
    each = (many - few) / (len(sink.received) - 2 * handed)
    assert each <= 12, (few, many)
