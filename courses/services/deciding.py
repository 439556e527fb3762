"""A new version of a course, and what its author decides about those who are in an earlier one."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from courses.blocks.words import lesson_minutes
from courses.changes import CourseChanges, compare_courses
from courses.freezing import Payload
from courses.models import Course, CoursePage, CourseRelease, ReleaseChange, ReleaseUnit
from courses.services.releasing import Frozen, freeze_course, publish_release

LONGEST_SUMMARY = 1000


class NothingToDecideError(Exception):
    """The pages say what the current release says, and it was decided upon before."""


class NothingToReadError(Exception):
    """Nothing that somebody could be shown changed."""


@dataclass(frozen=True)
class Proposal:
    """What an author decides about: the changes since ``current``, and the course with them, ``frozen``.

    ``None`` is frozen where ``current`` has them already, because only words changed; what is still open
    then is whether who completed the course is shown them.
    """

    current: CourseRelease
    changes: CourseChanges
    minutes: int
    frozen: Frozen | None = None

    @property
    def is_published(self) -> bool:
        return self.frozen is None


def find_proposal(*, page: CoursePage) -> Proposal | None:
    """What waits for a decision; ``None`` where nothing does.

    Raises:
        CourseNotReadyError: the course cannot be published as it is.

    Queries: those of :func:`~courses.services.releasing.freeze_course` and four.
    """
    current = CourseRelease.objects.filter(course__code=page.code, is_current=True).first()
    if current is None:
        return None
    frozen = freeze_course(page=page)
    if frozen.content_hash != current.content_hash:
        changes = compare_courses(
            old=current.outline,
            old_payloads=_payloads(current),
            new=frozen.outline,
            new_payloads=frozen.payloads,
        )
        return Proposal(current, changes, _minutes(changes, frozen.payloads), frozen)
    before = current.course.releases.filter(number__lt=current.number).order_by("-number").first()
    if before is None or ReleaseChange.objects.filter(release=current).exists():
        return None
    payloads = _payloads(current)
    changes = compare_courses(
        old=before.outline, old_payloads=_payloads(before), new=current.outline, new_payloads=payloads
    )
    return Proposal(current, changes, _minutes(changes, payloads))


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
    if mode == ReleaseChange.Mode.DELTA and not proposal.changes.readable:
        raise NothingToReadError
    release = proposal.current
    if proposal.frozen is not None:
        release, _is_new = publish_release(page=page, at=at, is_for_new_only=is_apart, frozen=proposal.frozen)
    is_delta = mode == ReleaseChange.Mode.DELTA
    return ReleaseChange.objects.create(
        release=release,
        mode=ReleaseChange.Mode(mode),
        since=release.number - 1,
        summary=summary[:LONGEST_SUMMARY],
        blocks={unit.key: list(unit.blocks) for unit in proposal.changes.readable} if is_delta else {},
        minutes=proposal.minutes if is_delta else 0,
        decided_by_id=user_id,
        decided_at=at,
    )


def _payloads(release: CourseRelease) -> dict[str, Payload]:
    rows = ReleaseUnit.objects.filter(release=release, language=release.outline.language)
    return dict(rows.values_list("key", "payload"))


def _minutes(changes: CourseChanges, payloads: dict[str, Payload]) -> int:
    """To read the blocks that changed; at least one where there are some."""
    blocks = [
        block
        for unit in changes.readable
        for block in payloads[unit.key]["body"]
        if block["id"] in unit.blocks
    ]
    return max(lesson_minutes(blocks, activity_minutes=0), 1) if blocks else 0
