"""A copy kept up to date with ``since`` is what a whole reading gives, whatever happened in between."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
import time_machine

from courses.models import Course
from lms.lib.clock import local_date
from lms.people.models import Leave, Person, PersonMerge, Posting
from lms.people.services.accounts import erase_person
from lms.progress.models import Completion, Enrolment, LearningContext, TrainingRequirement
from lms.progress.services.assigned import follow_people
from lms.progress.services.requirements import exempt_person
from tests.api.asking import Program, program
from tests.api.conftest import hire
from tests.factories.people import PostingFactory, UnitFactory
from tests.personas import Personas

Row = dict[str, Any]


class Copy:
    """What a client keeps of a list: rows by person, brought up to date as the page of the API says."""

    def __init__(self, program: Program, path: str, *, key: str) -> None:
        self.program, self.path, self.key = program, path, key
        self.rows: dict[str, Row] = {}
        self.since = ""
        self.total: int | None = None
        self.received = 0

    def update(self) -> None:
        query = {"since": self.since} if self.since else {}
        self.received = 0
        for page in self.program.pages(self.path, limit=3, **query):
            for row in page["items"]:
                self.rows[row[self.key]] = row
            for person in page["gone"]:
                self.rows.pop(person, None)
            self.received += len(page["items"]) + len(page["gone"])
            self.since, self.total = page["as_of"], page.get("total")

    def start_again(self) -> None:
        self.rows, self.since = {}, ""
        self.update()


def truth(program: Program, path: str, *, key: str, **query: Any) -> dict[str, Row]:
    """The whole list, read in a way that leaves no trace."""
    return {row[key]: row for row in program.rows(path, limit=1000, **query)}


class Life:
    """What happens in an institution, at random."""

    def __init__(
        self, personas: Personas, course: Course, requirement: TrainingRequirement, chance: Random
    ) -> None:
        self.place, self.other = personas.institution, personas.other_institution
        self.units = [personas.unit, UnitFactory(institution=self.place, code="JUR")]
        self.carla = personas.carla.person
        self.course, self.requirement, self.chance = course, requirement, chance

    def happen(self, at: datetime) -> None:
        event: Callable[[datetime], Person | None] = self.chance.choice(
            [
                self.hire, self.hire, self.hire_later, self.leave_job, self.end_in_the_past, self.move, self.rename,
                self.remove_posting, self.go_elsewhere, self.correct_place, self.erase, self.merge, self.complete,
                self.complete, self.complete_long_ago, self.learn_at_home, self.uncount, self.exempt, self.be_away,
                self.nothing,
            ]
        )  # fmt: skip
        person = event(at)
        if person is not None:
            follow_people(person_ids=[person.pk], at=at)

    def posting(self) -> Posting:
        """Of anybody but Carla, on whose role the program's token rests."""
        rows = Posting.objects.filter(
            institution=self.place, person__erased_at=None, person__merged_into=None
        )
        rows = rows.exclude(person=self.carla)
        if not rows.exists():
            hire(self.units[0])
        return self.chance.choice(list(rows.order_by("pk")))

    def hire(self, at: datetime) -> Person:
        return hire(self.chance.choice(self.units), valid_from=local_date(at)).person

    def hire_later(self, at: datetime) -> Person:
        return hire(self.chance.choice(self.units), valid_from=local_date(at) + timedelta(days=2)).person

    def leave_job(self, at: datetime) -> Person:
        return self.end(local_date(at) + timedelta(days=self.chance.randint(0, 2)))

    def end_in_the_past(self, at: datetime) -> Person:
        return self.end(local_date(at) - timedelta(days=10))

    def end(self, day: date) -> Person:
        job = self.posting()
        job.valid_until = max(day, job.valid_from)
        job.save()
        return job.person

    def move(self, at: datetime) -> Person:
        job = self.posting()
        job.unit = self.chance.choice(self.units)
        job.estamento = self.chance.choice(["tecnicos", "auxiliares"])
        job.save()
        return job.person

    def rename(self, at: datetime) -> None:
        Person.objects.filter(pk=self.posting().person_id).update(
            given_names=f"Nombre {self.chance.random()}"
        )

    def remove_posting(self, at: datetime) -> Person:
        job = self.posting()
        Enrolment.objects.filter(posting=job).update(posting=None)
        job.delete()
        return job.person

    def go_elsewhere(self, at: datetime) -> Person:
        person = self.end(local_date(at) - timedelta(days=1))
        PostingFactory(person=person, institution=self.other, valid_from=local_date(at))
        return person

    def correct_place(self, at: datetime) -> Person:
        job = self.posting()
        job.institution, job.unit = self.other, UnitFactory(institution=self.other)
        job.save()
        return job.person

    def erase(self, at: datetime) -> Person:
        person = self.posting().person
        erase_person(person=person, at=at)
        return person

    def merge(self, at: datetime) -> Person:
        kept, merged = self.posting().person, self.posting().person
        if kept != merged:
            Person.objects.filter(pk=merged.pk).update(merged_into=kept)
            PersonMerge.objects.create(kept=kept, merged=merged, institution=self.place, merged_at=at)
        return merged

    def complete(self, at: datetime) -> Person:
        return self.done(at, at)

    def complete_long_ago(self, at: datetime) -> Person:
        return self.done(at - timedelta(days=400), at)

    def done(self, when: datetime, at: datetime, context: str = LearningContext.EMPLOYEE) -> Person:
        person = self.posting().person
        release = self.course.releases.get()
        cycle = Enrolment.objects.filter(person=person).count() + 1
        enrolment = Enrolment.objects.create(
            person=person, course=self.course, release=release, context=context, cycle=cycle, started_at=when
        )
        Completion.objects.create(
            enrolment=enrolment, person=person, course=self.course, release=release, context=context, minutes=60,
            completed_at=when, completed_on=local_date(when), valid_until=local_date(when) + timedelta(days=700),
        )  # fmt: skip
        return person

    def learn_at_home(self, at: datetime) -> Person:
        return self.done(at, at, LearningContext.CITIZEN)

    def uncount(self, at: datetime) -> Person | None:
        row = Completion.objects.order_by("?").first()
        if row is None:
            return None
        Completion.objects.filter(pk=row.pk).update(counts=False)
        return row.person

    def exempt(self, at: datetime) -> None:
        exempt_person(
            requirement=self.requirement, person=self.posting().person, first_day=local_date(at),
            last_day=local_date(at) + timedelta(days=self.chance.randint(0, 3)), reason="Comisión", author=None, at=at,
        )  # fmt: skip

    def be_away(self, at: datetime) -> Person:
        job, day = self.posting(), local_date(at)
        Leave.objects.update_or_create(
            person=job.person,
            institution=self.place,
            first_day=day,
            defaults={"last_day": day + timedelta(days=1)},
        )
        return job.person

    def nothing(self, at: datetime) -> None:
        """A quiet moment."""


@pytest.mark.parametrize("seed", range(4))
def test_a_copy_equals_a_whole_reading_after_anything(
    hr: Program,
    other_hr: Program,
    personas: Personas,
    course: Course,
    requirement: TrainingRequirement,
    at: datetime,
    seed: int,
) -> None:
    chance = Random(seed)
    life = Life(personas, course, requirement, chance)
    path = f"/requirements/{requirement.public_id}/standings/"
    people, completions = Copy(hr, "/people/", key="id"), Copy(hr, "/completions/", key="person")
    standings = Copy(hr, path, key="person")
    copies = [people, completions, standings]
    for _night in range(7):
        with time_machine.travel(at, tick=False):
            for _event in range(chance.randint(0, 6)):
                life.happen(at)
            if chance.random() < 0.3:  # somebody else reads too, so that traces are not only ours
                other_hr.rows("/people/", limit=2)
            for copy in copies:
                copy.update()
            if len(standings.rows) != standings.total:
                standings.start_again()
            assert people.rows == truth(hr, "/people/", key="id", institution="AA900")
            assert completions.rows == truth(hr, "/completions/", key="person", course="curso")
            assert standings.rows == truth(hr, path, key="person", institution="AA900")
        at += timedelta(hours=chance.choice([2, 24, 24, 24 * 30]))


def test_nobody_is_told_twice_what_nobody_changed(
    hr: Program, requirement: TrainingRequirement, at: datetime
) -> None:
    copies = [Copy(hr, "/people/", key="id"), Copy(hr, "/completions/", key="person")]
    copies.append(Copy(hr, f"/requirements/{requirement.public_id}/standings/", key="person"))
    for hours in (0, 24, 25):
        with time_machine.travel(at + timedelta(hours=hours), tick=False):
            for copy in copies:
                copy.update()
    assert [copy.received for copy in copies] == [0, 0, 0]


def test_who_becomes_late_at_midnight_is_told_though_nothing_was_written(
    hr: Program, requirement: TrainingRequirement, at: datetime
) -> None:
    copy = Copy(hr, f"/requirements/{requirement.public_id}/standings/", key="person")
    for day in (15, 16):
        with time_machine.travel(at.replace(month=12, day=day), tick=False):
            copy.update()
    assert copy.received == len(copy.rows) > 0
    assert {row["standing"] for row in copy.rows.values()} == {"late"}


def test_who_leaves_is_told_as_gone_without_reading_all_again(
    hr: Program, personas: Personas, requirement: TrainingRequirement, at: datetime
) -> None:
    copies = [
        Copy(hr, "/people/", key="id"),
        Copy(hr, f"/requirements/{requirement.public_id}/standings/", key="person"),
    ]
    with time_machine.travel(at + timedelta(hours=2), tick=False):
        for copy in copies:
            copy.update()
    ana = personas.ana.person
    later = at + timedelta(days=3)
    Posting.objects.filter(person=ana).update(valid_until=at.date() + timedelta(days=1))
    follow_people(person_ids=[ana.pk], at=at + timedelta(hours=3))
    with time_machine.travel(later, tick=False):
        for copy in copies:
            copy.update()
            assert str(ana.public_id) not in copy.rows
            assert copy.received == 1
    assert copies[1].total == len(copies[1].rows)


def test_a_reading_that_broke_off_can_be_repeated(hr: Program, personas: Personas, at: datetime) -> None:
    copy = Copy(hr, "/people/", key="id")
    copy.update()
    before = copy.since
    Person.objects.filter(pk=personas.ana.person.pk).update(given_names="Anita")
    with time_machine.travel(at + timedelta(days=1), tick=False):
        copy.update()
        assert copy.received == 1
        copy.since = before
        copy.update()
    assert copy.received == 1


def test_two_systems_are_both_told_the_same_change(hr: Program, personas: Personas, at: datetime) -> None:
    second = program(personas.carla, at=at, institution=personas.institution, name="Otro")
    copies = [Copy(hr, "/people/", key="id"), Copy(second, "/people/", key="id")]
    for hours in (0, 24):
        with time_machine.travel(at + timedelta(hours=hours), tick=False):
            for copy in copies:
                copy.update()
    Person.objects.filter(pk=personas.ana.person.pk).update(email="otra@servicio.example")
    with time_machine.travel(at + timedelta(days=2), tick=False):
        for copy in copies:
            copy.update()
            assert copy.received == 1


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/people/", {"search": "ana"}),
        ("/people/", {"unit": "PER"}),
        ("/completions/", {"course": "curso"}),
        ("/requirements/{id}/standings/", {"standing": "late"}),
        ("/requirements/{id}/standings/", {"on": "2026-11-01"}),
    ],
)
def test_since_is_not_mixed_with_a_filter(
    hr: Program, requirement: TrainingRequirement, path: str, query: dict[str, str]
) -> None:
    answer = hr.ask(path.format(id=requirement.public_id), since="2026-11-19T00:00:00Z", **query)
    assert answer.status_code == 400
    assert answer.json()["errors"]
