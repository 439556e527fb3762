"""A new version of a course, and what its author decides about those who are in an earlier one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from courses.changes import CourseChanges, compare_courses
from courses.deltas import Delta, delta_between
from courses.freezing import Payload
from courses.models import Course, CoursePage, CourseRelease, ReleaseChange, ReleaseUnit
from courses.services.releasing import CourseNotReadyError, Frozen, freeze_course, publish_release

LONGEST_SUMMARY = 1000


class NothingToDecideError(Exception):
    """The pages say what the current release says, and it was decided upon before."""


class NothingToReadError(Exception):
    """Nothing that somebody could be shown changed."""


@dataclass(frozen=True)
class Proposal:
    """What an author decides about: the changes since ``current``, and the course with them, ``frozen``.

    ``None`` is frozen where ``current`` has them already, because only words changed; what is still open
    then is whether who completed the course is shown them. Those would read ``delta``: all that changed
    from release ``since`` on, the last whose changes they were shown, or the first.
    """

    current: CourseRelease
    changes: CourseChanges
    since: int
    delta: Delta
    frozen: Frozen | None = None

    @property
    def is_published(self) -> bool:
        return self.frozen is None


def find_proposal(*, page: CoursePage) -> Proposal | None:
    """What waits for a decision; ``None`` where nothing does.

    Raises:
        CourseNotReadyError: the course was withdrawn, or cannot be published as it is.

    Queries: those of :func:`~courses.services.releasing.freeze_course` and seven.
    """
    current = CourseRelease.objects.filter(course__code=page.code, is_current=True).first()
    if current is None:
        return None
    if not page.live:
        raise CourseNotReadyError(_("El curso está retirado: publica primero su página."))
    frozen = freeze_course(page=page)
    if frozen.content_hash != current.content_hash:
        return _propose(current=current, before=current, new=frozen, is_published=False)
    before = current.course.releases.filter(number__lt=current.number).order_by("-number").first()
    if before is None or ReleaseChange.objects.filter(release=current).exists():
        return None
    return _propose(current=current, before=before, new=frozen, is_published=True)


def _propose(*, current: CourseRelease, before: CourseRelease, new: Frozen, is_published: bool) -> Proposal:
    changes = compare_courses(
        old=before.outline, old_payloads=_payloads(before), new=new.outline, new_payloads=new.payloads
    )
    shown = _last_shown(before)
    delta = delta_between(old_payloads=_payloads(shown), new=new.outline, new_payloads=new.payloads)
    return Proposal(current, changes, shown.number, delta, None if is_published else new)


def _last_shown(newest: CourseRelease) -> CourseRelease:
    """Of the releases up to ``newest`` the last whose changes were shown, or the first."""
    releases = CourseRelease.objects.filter(course=newest.course_id, number__lte=newest.number)
    shown = releases.filter(change__mode=ReleaseChange.Mode.DELTA).order_by("-number").first()
    return shown or releases.order_by("number").first() or newest


@transaction.atomic
def decide_release(
    *, page: CoursePage, mode: str, summary: str, user_id: int | None, at: datetime
) -> ReleaseChange:
    """Publish what waits, and keep what was decided about it. Of two at once the second finds nothing left.

    Raises:
        CourseNotReadyError: the course cannot be published as it is.
        NothingToDecideError, NothingToReadError: see there.
    """
    Course.objects.select_for_update().filter(code=page.code).first()
    proposal = find_proposal(page=page)
    is_apart = mode == ReleaseChange.Mode.NEW_ONLY
    if proposal is None or (proposal.is_published and is_apart):
        raise NothingToDecideError
    if mode == ReleaseChange.Mode.DELTA and not proposal.delta:
        raise NothingToReadError
    release = proposal.current
    if proposal.frozen is not None:
        release, _is_new = publish_release(page=page, at=at, is_for_new_only=is_apart, frozen=proposal.frozen)
    is_delta = mode == ReleaseChange.Mode.DELTA
    return ReleaseChange.objects.create(
        release=release,
        mode=ReleaseChange.Mode(mode),
        since=proposal.since,
        summary=summary[:LONGEST_SUMMARY],
        blocks=proposal.delta.blocks if is_delta else {},
        minutes=proposal.delta.minutes if is_delta else 0,
        decided_by_id=user_id,
        decided_at=at,
    )


def _payloads(release: CourseRelease) -> dict[str, Payload]:
    rows = ReleaseUnit.objects.filter(release=release, language=release.outline.language)
    return dict(rows.values_list("key", "payload"))
