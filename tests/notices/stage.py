"""An institution that asks its people for a course, and the work of notices on a given day."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from courses.models import Course
from lms.lib.clock import CHILE
from lms.notices.mail_settings import MailSettings, read_mail_settings
from lms.notices.models import Notice
from lms.notices.sending import SendingReport, send_waiting
from lms.notices.services.planning import plan_training_notices
from lms.people.models import Institution, Person, Posting, Unit
from lms.progress.models import TrainingRequirement
from lms.progress.services.assigned import follow_people
from tests.factories.people import PersonFactory, PostingFactory
from tests.factories.requirements import make_requirement, make_spec

DUE = date(2027, 1, 20)


@dataclass
class Stage:
    """``at``: Friday 20 November 2026, noon. Requirements begin that day unless told otherwise."""

    institution: Institution
    unit: Unit
    course: Course
    at: datetime

    def hire(self, name: str = "Ana", **more: Any) -> Person:
        """Somebody at work in the unit, reachable at ``<name>@servicio.example``."""
        email = more.pop("email", f"{name.lower()}@servicio.example")
        person = PersonFactory(given_names=name, email=email, **more.pop("person", {}))
        PostingFactory(person=person, institution=self.institution, unit=more.pop("unit", self.unit), **more)
        follow_people(person_ids=[person.pk], at=self.at)
        found: Person = person
        return found

    def ask(
        self,
        *,
        due_on: date | None = None,
        title: str = "Integridad 2026",
        at: datetime | None = None,
        **more: Any,
    ) -> TrainingRequirement:
        at = at or self.at
        starts_on = more.pop("starts_on", at.date())
        spec = make_spec(self.course.pk, starts_on=starts_on, due_on=due_on, **more)
        return make_requirement(owner=self.institution, spec=spec, at=at, title=title)

    def plan(self, at: datetime | None = None) -> int:
        return plan_training_notices(at=at or self.at, calendar=mail_settings().calendar).planned

    def send(self, at: datetime | None = None, **more: Any) -> SendingReport:
        return send_waiting(at=at or self.at, mail=mail_settings(**more))

    def run(self, at: datetime) -> SendingReport:
        """What the worker does at ``at``."""
        self.plan(at)
        return self.send(at)


def noon(day: date, zone: ZoneInfo = CHILE) -> datetime:
    return datetime.combine(day, time(12), tzinfo=zone)


def days_later(at: datetime, days: int) -> datetime:
    return noon(at.date() + timedelta(days=days))


def mail_settings(**more: Any) -> MailSettings:
    return replace(read_mail_settings(), **more)


def notices_of(person: Person) -> list[tuple[str, str, str]]:
    """Kind, state and reason of each, in order."""
    rows = Notice.objects.filter(person=person).order_by("pk")
    return list(rows.values_list("kind", "state", "reason"))


def posting_of(person: Person) -> Posting:
    found: Posting = person.postings.get()
    return found


def ready(stage: Stage, *names: str, **more: Any) -> list[Any]:
    """People who are asked, with their first notice put down."""
    people = [stage.hire(name) for name in names]
    stage.ask(due_on=more.pop("due_on", DUE), **more)
    stage.plan()
    return people
