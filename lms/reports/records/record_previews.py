"""Before and after a correction, for whoever is about to confirm it."""

from dataclasses import dataclass
from datetime import date

from courses.models import CourseRelease
from lms.journeys.correct_completion import find_certificate_in_force
from lms.progress.rules.dates import FOREVER, expiry_date
from lms.progress.rules.timeline import Standing
from lms.progress.rules.validity import Done
from lms.progress.selectors.what_if import standings_if
from lms.progress.services.attested import Claim, release_on
from lms.progress.standing_tags import notice_of
from lms.reports.records.selectors_records import Handled
from lms.ui.components import Notice


@dataclass(frozen=True)
class Facts:
    """A completion as a column of the comparison."""

    course: str
    completed_on: date
    minutes: int
    percent: int | None
    valid_until: date | None
    source: str


@dataclass(frozen=True)
class StandingChange:
    """A requirement in words. ``None``: nothing is asked."""

    title: str
    before: Notice | None
    after: Notice | None

    @property
    def is_same(self) -> bool:
        return self.before == self.after


@dataclass(frozen=True)
class Preview:
    """``after`` is ``None`` where nothing replaces it; ``certificate`` would be revoked."""

    before: Facts
    after: Facts | None
    certificate: str
    standings: list[StandingChange]


def preview_correction(*, found: Handled, claim: Claim | None, day: date) -> Preview:
    """What would change. Sixteen queries; nothing is written."""
    row = found.completion
    release = release_on(course_id=claim.course_id, day=claim.completed_on) if claim else None
    after = _facts(claim, release) if claim and release else None
    changes = standings_if(
        person_id=row.person_id,
        without=Done(row.course_id, row.completed_on, row.valid_until or FOREVER) if row.counts else None,
        adding=Done(claim.course_id, claim.completed_on, after.valid_until or FOREVER)
        if claim and after
        else None,
        day=day,
        institution_ids=frozenset({found.institution_id}),
    )
    certificate = find_certificate_in_force(completion=row)
    proof = found.line.evidence
    before = Facts(
        row.course.title, row.completed_on, row.minutes, row.percent, row.valid_until,
        proof.source if proof else str(row.get_assurance_display()),
    )  # fmt: skip
    return Preview(
        before=before,
        after=after,
        certificate=certificate.formatted_code if certificate else "",
        standings=[StandingChange(c.title, _notice(c.before), _notice(c.after)) for c in changes],
    )


def _facts(claim: Claim, release: CourseRelease) -> Facts:
    months = release.outline.certificate_months
    until = claim.valid_until or expiry_date(completed_on=claim.completed_on, months=months)
    return Facts(release.course.title, claim.completed_on, claim.minutes, claim.percent, until, claim.source)


def _notice(standing: Standing | None) -> Notice | None:
    return notice_of(standing=standing) if standing else None
