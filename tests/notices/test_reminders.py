"""HR reminds chosen people: the same way as every notice, once a day."""

from datetime import date, timedelta

import pytest

from lms.notices.models import Notice, Reminder
from lms.notices.rules.notes import NoteProblem
from lms.notices.services.preferences import turn_everything_off
from lms.notices.services.reminders import NoteError, send_reminder
from lms.people.models import Person
from lms.progress.models import TrainingRequirement
from tests.factories.learning import make_learner
from tests.factories.people import PersonFactory
from tests.notices.sink import Sink
from tests.notices.stage import Stage, mail_settings, noon, notices_of
from tests.queries import count_queries

DUE = date(2027, 1, 20)


def remind(stage: Stage, requirement: TrainingRequirement, *people: Person, text: str = "") -> int:
    return send_reminder(
        requirement=requirement, person_ids=[person.pk for person in people], text=text, sender=None,
        site_url="https://aula.gob.example", calendar=mail_settings().calendar, at=stage.at,
    )  # fmt: skip


def test_a_reminder_arrives_with_its_words(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    requirement = stage.ask(due_on=DUE)
    assert remind(stage, requirement, ana, text="Faltan <pocos> días.\n¡Gracias!") == 1
    stage.send()
    [mail] = sink.received
    assert str(mail.message["Subject"]) == "Recordatorio: Integridad 2026"
    assert "Faltan <pocos> días.\n¡Gracias!" in mail.part("text/plain").replace("\r\n", "\n")
    assert "Faltan &lt;pocos&gt; días." in mail.part("text/html")
    assert "Te quedan 61 días: el último es el 20 de enero de 2027." in mail.part("text/plain")


def test_one_per_person_requirement_and_day(stage: Stage, sink: Sink) -> None:
    ana, beto = stage.hire(), stage.hire("Beto")
    requirement, other = stage.ask(due_on=DUE), stage.ask(due_on=DUE, title="Lobby")
    assert remind(stage, requirement, ana) == 1
    assert remind(stage, requirement, ana, beto) == 1
    assert remind(stage, other, ana) == 1
    stage.send()
    assert len(sink.to("ana@servicio.example")) == 2
    stage.at += timedelta(days=3)
    assert remind(stage, requirement, ana) == 1


def test_only_those_of_whom_it_is_asked_are_reminded(stage: Stage) -> None:
    requirement = stage.ask(due_on=DUE)
    assert remind(stage, requirement, PersonFactory()) == 0
    assert not Reminder.objects.exists()


def test_whoever_does_not_need_it_any_more_gets_nothing(stage: Stage, sink: Sink) -> None:
    ana, beto = stage.hire(), stage.hire("Beto")
    requirement = stage.ask(due_on=DUE)
    make_learner(person=ana, at=stage.at, posting=ana.postings.get()).complete(stage.at)
    turn_everything_off(person_id=beto.pk, at=stage.at)
    remind(stage, requirement, ana, beto)
    stage.send()
    assert sink.received == []
    assert notices_of(ana) == [("manual", "cancelled", "completed")]
    assert notices_of(beto) == [("manual", "suppressed", "opted_out")]


def test_a_reminder_of_the_evening_waits_for_the_morning(stage: Stage) -> None:
    ana = stage.hire()
    requirement = stage.ask(due_on=DUE)
    stage.at = stage.at.replace(hour=21)
    remind(stage, requirement, ana)
    assert Notice.objects.get().not_before == noon(date(2026, 11, 23)).replace(hour=9)


def test_a_reminder_goes_out_beside_the_notices_of_the_day(stage: Stage, sink: Sink) -> None:
    ana = stage.hire()
    requirement = stage.ask(due_on=DUE)
    stage.run(stage.at)
    remind(stage, requirement, ana)
    stage.send(stage.at + timedelta(minutes=2))
    assert [str(mail.message["Subject"])[:12] for mail in sink.received] == ["Nueva formac", "Recordatorio"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [("x" * 501, NoteProblem.TOO_LONG), ("mira www.malo.example", NoteProblem.FOREIGN_LINK)],
)
def test_words_that_may_not_be_sent_send_nothing(stage: Stage, text: str, problem: NoteProblem) -> None:
    ana = stage.hire()
    requirement = stage.ask(due_on=DUE)
    with pytest.raises(NoteError) as caught:
        remind(stage, requirement, ana, text=text)
    assert caught.value.problem == problem
    assert not Notice.objects.exists()


def test_reminding_costs_the_same_for_three_and_for_thirty(stage: Stage) -> None:
    few = [stage.hire(f"A{number}") for number in range(3)]
    many = [stage.hire(f"B{number}") for number in range(30)]
    requirement = stage.ask(due_on=DUE)
    assert count_queries(lambda: remind(stage, requirement, *few)) == count_queries(
        lambda: remind(stage, requirement, *many)
    )
