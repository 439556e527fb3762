"""Freezing how an institution stood on a day, and withdrawing what was frozen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import uuid4

from django.db import transaction

from courses.models import Course
from lms.lib.canonical import canonical, digest
from lms.people.models import Institution, Unit, User
from lms.progress.models import TrainingRequirement
from lms.progress.rules.requirements import RequirementSpec, version_on
from lms.reports.frozen.selectors_frozen import naming_for, read_lines
from lms.reports.models import PeriodReport
from lms.reports.rules import frozen
from lms.reports.rules.frozen import Heading


class RequirementBusyError(Exception):
    """A change of the requirement is still being applied: the figures would be half old, half new."""


class DayAheadError(ValueError):
    """The day has not come."""


class ReportWithdrawnError(Exception):
    """It was withdrawn before."""


@dataclass(frozen=True)
class ReportText:
    """What its author writes: a title, the period in words, and the definitions as the page tells them."""

    title: str
    period: str
    words: tuple[str, ...]


@transaction.atomic
def freeze_report(
    *,
    institution: Institution,
    requirement: TrainingRequirement,
    day: date,
    text: ReportText,
    account: User | None,
    key: str,
    today: date,
    at: datetime,
) -> PeriodReport:
    """Freeze what the records say now of that day. Six queries and one write.

    Raises:
        DayAheadError, RequirementBusyError: see there.
    """
    if day > today:
        raise DayAheadError
    if requirement.applied is not None:
        raise RequirementBusyError
    public_id = uuid4()
    lines = read_lines(
        institution=institution,
        requirement=requirement,
        day=day,
        naming=naming_for(report_id=public_id, key=key),
    )
    detail = frozen.write_detail(lines)
    figures = canonical(frozen.count_figures(lines))
    definition = canonical(_definition(institution, requirement, day, text.words))
    heading = Heading(
        public_id=str(public_id),
        institution=institution.code,
        requirement=str(requirement.public_id),
        day=day.isoformat(),
        title=text.title,
        period=text.period,
        created_at=at.astimezone(UTC).isoformat(),
        version=frozen.VERSION,
    )
    detail_sha256 = digest(detail)
    return PeriodReport.objects.create(
        public_id=public_id,
        institution=institution,
        requirement=requirement,
        day=day,
        title=text.title,
        period=text.period,
        created_by=account,
        created_at=at,
        version=frozen.VERSION,
        definition=definition,
        figures=figures,
        detail=frozen.pack(detail),
        detail_sha256=detail_sha256,
        sha256=frozen.seal(
            heading=heading, definition=definition, figures=figures, detail_sha256=detail_sha256
        ),
    )


@transaction.atomic
def withdraw_report(*, report: PeriodReport, reason: str, account: User | None, at: datetime) -> None:
    """Mark it as withdrawn; it stays, with its figures and the reason.

    Raises:
        ReportWithdrawnError: it was before.
    """
    row = PeriodReport.objects.select_for_update(of=("self",)).get(pk=report.pk)
    if row.is_withdrawn:
        raise ReportWithdrawnError
    row.withdrawn_at, row.withdrawn_by, row.withdrawn_reason = at, account, reason
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])


def _definition(
    institution: Institution, requirement: TrainingRequirement, day: date, words: tuple[str, ...]
) -> dict[str, object]:
    """What the requirement asked that day, and the names of the units. Three queries."""
    version = version_on(versions=list(requirement.versions.order_by("number")), day=day)
    units = Unit.objects.filter(institution=institution).order_by("code").values_list("code", "name")
    return {
        "institution": {"code": institution.code, "name": institution.name},
        "requirement": {
            "id": str(requirement.public_id),
            "title": requirement.title,
            "target_percent": requirement.target_percent,
            "version": version.number,
            "asks": _asks(version.read_spec()),
        },
        "units": dict(units),
        "words": list(words),
    }


def _asks(spec: RequirementSpec) -> dict[str, object]:
    """The version without the people it names: how many they are is enough."""
    codes = dict(Course.objects.filter(pk__in=spec.courses).values_list("pk", "code"))
    audience = spec.audience
    return {
        "courses": [codes[pk] for pk in spec.courses if pk in codes],
        "mode": str(spec.mode),
        "starts_on": spec.starts_on.isoformat(),
        "due": {
            "kind": str(spec.due.kind),
            "day": spec.due.day.isoformat() if spec.due.day else "",
            "days": spec.due.days,
            "minimum_days": spec.due.minimum_days,
        },
        "recertify_months": spec.recertify_months,
        "window_days": spec.window_days,
        "grace_days": spec.grace_days,
        "audience": {
            "everybody": audience.everybody,
            "estamentos": list(audience.estamentos),
            "legal_qualities": list(audience.legal_qualities),
            "positions": list(audience.positions),
            "units": len(audience.units),
            "people": len(audience.people),
            "excluded": len(audience.excluded),
        },
    }
