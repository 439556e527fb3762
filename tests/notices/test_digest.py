"""Once a week, who leads a unit reads how it stands: counts in the e-mail, names behind the login."""

from datetime import date, datetime, timedelta

import pytest

from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.services.planning import plan_digests
from lms.people.models import Person, Role, RoleAssignment
from tests.factories.learning import make_learner
from tests.factories.people import PersonFactory, RoleAssignmentFactory, UnitFactory, UserFactory
from tests.notices.sink import Sink
from tests.notices.stage import Stage, noon, notices_of
from tests.queries import count_queries

MONDAY = date(2026, 11, 23)
PLAIN = Calendar()


def lead_of(stage: Stage, unit: object = None, **more: object) -> Person:
    user = UserFactory()
    person = PersonFactory(user=user, given_names="Bruna", email=f"bruna{user.pk}@servicio.example")
    RoleAssignmentFactory(
        user=user, role=Role.TEAM_LEAD, institution=stage.institution, unit=unit or stage.unit, **more
    )
    found: Person = person
    return found


def plan(day: date) -> int:
    return plan_digests(at=noon(day).replace(hour=7), calendar=PLAIN)


def test_the_digest_has_counts_and_no_names(stage: Stage, sink: Sink) -> None:
    lead = lead_of(stage)
    people = [stage.hire(f"Ana{number}") for number in range(3)]
    stage.ask(due_on=date(2027, 1, 20))
    make_learner(person=people[0], at=stage.at, posting=people[0].postings.get()).complete(stage.at)
    assert plan(MONDAY) == 1
    stage.send(noon(MONDAY))
    [mail] = sink.received
    assert mail.recipients == [lead.email]
    assert str(mail.message["Subject"]) == "Resumen de tu equipo al 23 de noviembre de 2026"
    for part in (mail.part("text/plain"), mail.part("text/html")):
        assert "Al día: 1 de 3." in " ".join(part.split())
        assert "Oficina Regional" in part and "Integridad 2026" in part
        assert "https://aula.gob.example/cumplimiento/" in part
        assert not any(person.given_names in part or person.family_names in part for person in people)


def test_who_is_late_is_counted(stage: Stage, sink: Sink) -> None:
    lead_of(stage)
    stage.hire("Ana")
    stage.ask(due_on=date(2026, 11, 22))
    plan(MONDAY)
    stage.send(noon(MONDAY))
    assert "Con el plazo vencido: 1." in " ".join(sink.received[0].part("text/plain").split())


def test_units_below_are_counted_and_others_are_not(stage: Stage, sink: Sink) -> None:
    below = UnitFactory(institution=stage.institution, parent=stage.unit)
    elsewhere = UnitFactory(institution=stage.institution)
    lead_of(stage)
    stage.hire("Ana", unit=below)
    stage.hire("Beto", unit=elsewhere)
    stage.ask(due_on=date(2027, 1, 20))
    plan(MONDAY)
    stage.send(noon(MONDAY))
    assert "Al día: 0 de 1." in " ".join(sink.received[0].part("text/plain").split())


def test_it_goes_out_once_a_week(stage: Stage, sink: Sink) -> None:
    lead_of(stage)
    stage.hire("Ana")
    stage.ask(due_on=date(2027, 1, 20))
    planned = [plan(MONDAY + timedelta(days=day)) for day in range(8)]
    assert planned == [1, 0, 0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(("day", "expected"), [(0, 1), (1, 1), (2, 1), (3, 0), (6, 0)])
def test_a_planner_that_stood_still_makes_up_for_it_until_wednesday(
    stage: Stage, day: int, expected: int
) -> None:
    lead_of(stage)
    assert plan(MONDAY + timedelta(days=day)) == expected


def test_two_units_of_one_lead_are_one_email(stage: Stage, sink: Sink) -> None:
    lead = lead_of(stage)
    other = UnitFactory(institution=stage.institution, name="Oficina Central")
    RoleAssignmentFactory(user=lead.user, role=Role.TEAM_LEAD, institution=stage.institution, unit=other)
    stage.hire("Ana")
    stage.hire("Beto", unit=other)
    stage.ask(due_on=date(2027, 1, 20))
    assert plan(MONDAY) == 1
    stage.send(noon(MONDAY))
    text = sink.received[0].part("text/plain")
    assert "Oficina Regional" in text and "Oficina Central" in text


def test_a_role_that_ended_before_sending_gets_nothing(stage: Stage, sink: Sink) -> None:
    lead = lead_of(stage)
    stage.hire("Ana")
    stage.ask(due_on=date(2027, 1, 20))
    plan(MONDAY)
    RoleAssignment.objects.update(valid_until=noon(MONDAY) - timedelta(hours=1))
    stage.send(noon(MONDAY))
    assert (sink.received, notices_of(lead)) == ([], [("digest", "cancelled", "role_ended")])


def test_nothing_to_tell_is_not_told(stage: Stage, sink: Sink) -> None:
    lead = lead_of(stage)
    plan(MONDAY)
    stage.send(noon(MONDAY))
    assert (sink.received, notices_of(lead)) == ([], [("digest", "cancelled", "nothing")])


def test_other_roles_and_leads_of_no_unit_get_none(stage: Stage, at: datetime) -> None:
    for role in (Role.HR, Role.AUDITOR):
        user = UserFactory()
        PersonFactory(user=user)
        RoleAssignmentFactory(user=user, role=role, institution=stage.institution)
    lead_of(stage, valid_until=at)
    inactive = lead_of(stage)
    inactive.user.is_active = False
    inactive.user.save()
    assert plan(MONDAY) == 0


def test_digests_cost_the_same_for_three_and_for_thirty_leads(stage: Stage, sink: Sink) -> None:
    stage.hire("Ana")
    stage.ask(due_on=date(2027, 1, 20))

    def cost(count: int, week: int) -> tuple[int, int]:
        for _ in range(count):
            lead_of(stage)
        monday = MONDAY + timedelta(weeks=week)
        planning = count_queries(lambda: plan(monday))
        before = len(sink.received)
        sending = count_queries(lambda: stage.send(noon(monday)))
        return planning, sending - 6 * (len(sink.received) - before)

    few = cost(3, 0)
    many = cost(27, 1)
    assert few[0] == many[0]
    assert Notice.objects.filter(state="sent").count() == 33
