"""What the institutions of the demonstration ask of their people: compliance has something to show."""

from datetime import datetime, timedelta

from django.db import transaction

from courses.models import Course
from lms.demo.accounts import MINISTRY
from lms.lib.clock import local_date
from lms.people.models import Institution, Leave, Posting, Unit
from lms.progress.models import TrainingRequirement
from lms.progress.rules.requirements import AudienceSpec, DueSpec, RequirementSpec
from lms.progress.services.applying import apply_requirement
from lms.progress.services.requirements import (
    RequirementText,
    exempt_people,
    publish_requirement,
    save_draft,
)

SUBUNITS = 3


@transaction.atomic
def make_ministry(*, services: list[str]) -> Institution:
    """The ministry on which the services depend, with one unit for its own people."""
    ministry, _ = Institution.objects.get_or_create(
        code=MINISTRY,
        defaults={"name": "Ministerio de Territorio y Agua", "kind": Institution.Kind.MINISTRY},
    )
    Unit.objects.get_or_create(institution=ministry, code="u01", defaults={"name": "Gestión de Personas"})
    Institution.objects.filter(code__in=services).update(parent=ministry)
    return ministry


def ask_for_training(*, main: Institution, ministry: Institution, course: Course, at: datetime) -> None:
    """A yearly requirement of the ministry, an induction of the main service; some are away or exempt."""
    if TrainingRequirement.objects.exists():
        return
    _hang_units(main)
    today = local_date(at)
    _be_away(main, at)
    _hire(main, at)
    yearly = _publish(
        ministry,
        RequirementText(
            "Integridad en la función pública", "Lo pide el plan anual de capacitación del ministerio.", 80
        ),
        RequirementSpec(
            courses=(course.pk,),
            starts_on=today - timedelta(days=300),
            audience=AudienceSpec(institutions=(ministry.pk,), with_dependents=True),
            due=DueSpec(day=today - timedelta(days=20)),
            recertify_months=12,
            window_days=30,
        ),
        at,
    )
    _publish(
        main,
        RequirementText("Inducción a quienes ingresan", "Se hace en los primeros 60 días.", 95),
        RequirementSpec(
            courses=(course.pk,),
            starts_on=today - timedelta(days=120),
            audience=AudienceSpec(joined_from=today - timedelta(days=120)),
            due=DueSpec(kind="days", days=60),
        ),
        at,
    )
    exempt_people(
        requirement=yearly,
        people=[posting.person for posting in _some(main, 40, 3)],
        first_day=today - timedelta(days=30),
        last_day=today + timedelta(days=120),
        reason="Comisión de servicio fuera del país.",
        author=None,
        at=at,
    )


def _hang_units(main: Institution) -> None:
    """The last units become parts of the first: a team lead sees a division and its sections."""
    units = list(main.units.order_by("code"))
    Unit.objects.filter(pk__in=[unit.pk for unit in units[-SUBUNITS:]]).update(parent=units[0])


def _be_away(main: Institution, at: datetime) -> None:
    today = local_date(at)
    Leave.objects.bulk_create(
        Leave(
            person=posting.person,
            institution=main,
            first_day=today - timedelta(days=60),
            last_day=today + timedelta(days=40),
        )
        for posting in _some(main, 20, 9)
    )


def _hire(main: Institution, at: datetime) -> None:
    """Some of those who have not begun joined lately, one every five days."""
    newcomers = Posting.objects.filter(institution=main, person__user__isnull=True, person__enrolments=None)
    for number, posting in enumerate(newcomers.order_by("pk")[:18]):
        posting.valid_from = local_date(at) - timedelta(days=4 + 5 * number)
        posting.save(update_fields=["valid_from"])


def _some(main: Institution, start: int, count: int) -> list[Posting]:
    rows = Posting.objects.filter(institution=main, person__user__isnull=True)
    return list(rows.select_related("person").order_by("pk")[start : start + count])


def _publish(
    owner: Institution, text: RequirementText, spec: RequirementSpec, at: datetime
) -> TrainingRequirement:
    row = save_draft(requirement=None, owner=owner, text=text, spec=spec, author=None, at=at)
    publish_requirement(requirement_id=row.pk, allowed=None, author=None, note="", at=at)
    apply_requirement(requirement_id=row.pk, at=at)
    row.refresh_from_db()
    return row
