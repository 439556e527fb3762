"""Who keeps an institution's slots is reminded of their review, each matter once, over a real mail server."""

from datetime import date, timedelta

import pytest

from courses.readability import measure
from lms.notices.choices import list_choices
from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.rules.kinds import Group
from lms.notices.services.preferences import turn_everything_off
from lms.notices.services.slots import plan_slot_reminders, plan_slot_summaries
from lms.people.models import Institution, Person, Role, RoleAssignment
from tests.factories.integrity import write_code, write_contacts
from tests.factories.people import InstitutionFactory, PersonFactory, RoleAssignmentFactory, UserFactory
from tests.notices.sink import Sink
from tests.notices.stage import Stage, mail_settings, noon, notices_of
from tests.personas import client_for
from tests.queries import count_queries

REVIEW = date(2027, 6, 30)  # a Wednesday
A_DAY = timedelta(days=1)
PLAIN = Calendar()
SITE = "https://aula.gob.example"


def coordinator_of(institution: Institution, name: str = "Iris", **more: object) -> Person:
    user = UserFactory(first_name=name)
    person = PersonFactory(user=user, given_names=name, email=f"{name.lower()}@servicio.example")
    RoleAssignmentFactory(user=user, role=Role.INTEGRITY_COORDINATOR, institution=institution, **more)
    found: Person = person
    return found


def run(stage: Stage, day: date) -> None:
    """What the worker does at noon."""
    plan_slot_reminders(at=noon(day), calendar=mail_settings().calendar)
    plan_slot_summaries(at=noon(day), calendar=mail_settings().calendar)
    stage.send(noon(day))


def run_days(stage: Stage, first: date, last: date) -> None:
    while first <= last:
        run(stage, first)
        first += A_DAY


def subjects(sink: Sink, address: str) -> list[str]:
    return [str(mail.message["Subject"]).strip() for mail in sink.to(address)]


def test_a_slot_is_told_four_times_and_never_twice(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    write_code(stage.institution, stage.at, review_by=REVIEW, regalos="No.")
    run_days(stage, REVIEW - 63 * A_DAY, REVIEW - 55 * A_DAY)
    run_days(stage, REVIEW - 32 * A_DAY, REVIEW - 26 * A_DAY)
    run_days(stage, REVIEW - 9 * A_DAY, REVIEW + 9 * A_DAY)
    slot = "Código de ética: Regalos e invitaciones"
    assert subjects(sink, iris.email) == [
        f"Quedan 61 días para revisar: {slot}",
        f"Quedan 30 días para revisar: {slot}",
        f"Quedan 7 días para revisar: {slot}",
        f"Revisión pendiente: {slot}",
    ]


def test_text_and_html_say_what_to_do_and_where(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    write_code(stage.institution, stage.at, review_by=REVIEW, regalos="Palabras del código.")
    run(stage, REVIEW - 7 * A_DAY)
    [mail] = sink.to(iris.email)
    for part in (mail.part("text/plain"), mail.part("text/html")):
        for words in (
            "Hola, Iris:",
            "Código de ética: Regalos e invitaciones",
            "Servicio de Registros Territoriales",
            "Vale hasta el 30 de junio de 2027. Si sigue igual, cambia solo la fecha.",
            f"{SITE}/integridad/espacios/codigo-regalos/?institucion={stage.institution.code}",
        ):
            assert words in part
        assert "Palabras del código." not in part
    assert mail.message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert (
        measure("\n".join(line for line in mail.part("text/plain").splitlines() if "http" not in line)).score
        >= 60
    )


def test_several_slots_of_a_day_are_one_email(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    write_code(stage.institution, stage.at, review_by=REVIEW, regalos="No.", lobby="Sí.")
    write_contacts(stage.institution, stage.at, review_by=REVIEW)
    run(stage, REVIEW - 7 * A_DAY)
    assert subjects(sink, iris.email) == ["Tienes 4 textos de integridad por revisar"]
    assert f"{SITE}/integridad/?institucion={stage.institution.code}" in sink.received[0].part("text/plain")


def test_the_owner_is_told_alone_and_without_one_the_institution_s_coordinators(
    stage: Stage, sink: Sink
) -> None:
    owner, other = coordinator_of(stage.institution), coordinator_of(stage.institution, "Olga")
    coordinator_of(InstitutionFactory(), "Ajena")
    write_contacts(stage.institution, stage.at, review_by=REVIEW, owner=owner.user)
    run(stage, REVIEW - 30 * A_DAY)
    assert [mail.recipients for mail in sink.received] == [[owner.email]]
    RoleAssignment.objects.filter(user=owner.user).update(valid_until=noon(REVIEW - 20 * A_DAY))
    run(stage, REVIEW - 7 * A_DAY)
    assert [mail.recipients for mail in sink.received[1:]] == [[other.email]]


def test_who_coordinates_from_above_is_told_only_where_there_is_nobody_else(stage: Stage, sink: Sink) -> None:
    ministry = InstitutionFactory()
    Institution.objects.filter(pk=stage.institution.pk).update(parent=ministry)
    above = coordinator_of(ministry, "Marta", with_dependents=True)
    write_contacts(stage.institution, stage.at, review_by=REVIEW)
    run(stage, REVIEW - 30 * A_DAY)
    own = coordinator_of(stage.institution)
    run(stage, REVIEW - 7 * A_DAY)
    assert [mail.recipients for mail in sink.received] == [[above.email], [own.email]]


def test_where_nobody_coordinates_nothing_is_put_down(stage: Stage) -> None:
    write_contacts(stage.institution, stage.at, review_by=REVIEW)
    assert plan_slot_reminders(at=noon(REVIEW - 7 * A_DAY), calendar=PLAIN) == 0


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda stage: write_code(stage.institution, stage.at, regalos="Nunca."), "changed"),
        (lambda stage: RoleAssignment.objects.update(valid_until=stage.at), "role_ended"),
    ],
)
def test_what_is_not_true_any_more_is_not_sent(stage: Stage, sink: Sink, change: object, reason: str) -> None:
    iris = coordinator_of(stage.institution)
    write_code(stage.institution, stage.at, review_by=REVIEW, regalos="No.")
    day = REVIEW - 7 * A_DAY
    plan_slot_reminders(at=noon(day), calendar=PLAIN)
    change(stage)  # type: ignore[operator]
    stage.send(noon(day))
    assert (sink.received, notices_of(iris)) == ([], [("slot_7", "cancelled", reason)])


def test_a_reviewed_slot_begins_anew(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    write_code(stage.institution, stage.at, review_by=REVIEW, regalos="No.")
    run(stage, REVIEW - 7 * A_DAY)
    later = REVIEW + 365 * A_DAY
    write_code(stage.institution, noon(REVIEW - 6 * A_DAY), review_by=later, regalos="No.")
    run_days(stage, REVIEW, REVIEW + 3 * A_DAY)
    run(stage, later - 7 * A_DAY)
    assert len(subjects(sink, iris.email)) == 2


# --- Once a year -----------------------------------------------------------------------------------
def test_in_march_coordinators_read_what_lacks(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    write_contacts(stage.institution, stage.at, review_by=date(2027, 1, 4))
    run_days(stage, date(2027, 3, 1), date(2027, 3, 10))
    [mail] = sink.to(iris.email)
    assert str(mail.message["Subject"]) == "Textos de integridad que faltan al 1 de marzo de 2027"
    for part in (mail.part("text/plain"), mail.part("text/html")):
        text = " ".join(part.split())
        assert "Vacíos: 20. Código de ética: Probidad;" in text
        assert "Vencidos: 2. Canal de consultas; Canal de denuncias." in text
        assert f"{SITE}/integridad/?institucion={stage.institution.code}" in part


def test_who_coordinates_several_institutions_reads_them_in_one_email(stage: Stage, sink: Sink) -> None:
    ministry = InstitutionFactory(name="Ministerio")
    Institution.objects.filter(pk=stage.institution.pk).update(parent=ministry)
    coordinator_of(ministry, "Marta", with_dependents=True)
    run(stage, date(2027, 3, 1))
    text = sink.received[0].part("text/plain")
    assert "Ministerio" in text and stage.institution.name in text
    assert f"{SITE}/integridad/matriz/" in text


def test_where_nothing_lacks_nothing_is_told(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    plan_slot_summaries(at=noon(date(2027, 3, 1)), calendar=PLAIN)
    Institution.objects.filter(pk=stage.institution.pk).update(valid_until=date(2027, 2, 28))
    stage.send(noon(date(2027, 3, 1)))
    assert (sink.received, notices_of(iris)) == ([], [("slot_empty", "cancelled", "nothing")])


# --- What one gets ---------------------------------------------------------------------------------
def test_it_can_be_turned_off_and_is_still_on_the_platform(stage: Stage, sink: Sink) -> None:
    iris = coordinator_of(stage.institution)
    write_contacts(stage.institution, stage.at, review_by=REVIEW)
    turn_everything_off(person_id=iris.pk, at=stage.at)
    run(stage, REVIEW - 7 * A_DAY)
    assert {state for _kind, state, _reason in notices_of(iris)} == {"suppressed"}
    assert not sink.received
    Notice.objects.update(not_before=stage.at)
    page = client_for(iris.user).get("/aula/avisos/").content.decode()
    assert "Canal de denuncias" in page and "Vale hasta el 30 de junio de 2027." in page
    assert f'href="/integridad/espacios/denuncias/?institucion={stage.institution.code}"' in page


def test_only_who_coordinates_is_asked_about_these_emails(stage: Stage) -> None:
    iris, ana = coordinator_of(stage.institution), stage.hire()
    offered = [
        {choice.value for choice in list_choices(person_id=person.pk, at=stage.at)} for person in (iris, ana)
    ]
    assert [Group.SLOTS in groups for groups in offered] == [True, False]


def test_planning_twice_puts_down_each_matter_once(stage: Stage) -> None:
    coordinator_of(stage.institution)
    write_contacts(stage.institution, stage.at, review_by=REVIEW)
    planned = [plan_slot_reminders(at=noon(REVIEW - 7 * A_DAY), calendar=PLAIN) for _time in range(2)]
    assert (planned, Notice.objects.count()) == ([2, 0], 2)


def test_planning_costs_the_same_for_few_and_for_many_institutions(stage: Stage) -> None:
    def cost(count: int, day: date) -> int:
        for number in range(count):
            place = InstitutionFactory()
            coordinator_of(place, f"N{day:%j}{number}")
            write_contacts(place, stage.at, review_by=REVIEW)
        return count_queries(lambda: plan_slot_reminders(at=noon(day), calendar=PLAIN))

    assert cost(3, REVIEW - 30 * A_DAY) == cost(20, REVIEW - 7 * A_DAY) <= 8
