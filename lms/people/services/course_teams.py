"""Joining and leaving the team of a course."""

from datetime import datetime

from django.db import transaction

from lms.people.models import CourseMember, RoleAssignment, User
from lms.people.services.roles import AUTHOR_GROUP, EDITING_GROUPS, lock_account


class NotAnAuthorError(Exception):
    """The account has no role by which it writes courses."""


class LastMemberError(Exception):
    """Somebody has to answer for a course."""


@transaction.atomic
def join_team(*, user: User, course_code: str, at: datetime) -> tuple[CourseMember, bool]:
    """``(member, is_new)``; joining twice changes nothing."""
    return CourseMember.objects.get_or_create(
        user=user, course_code=course_code, until=None, defaults={"since": at}
    )


@transaction.atomic
def invite_to_team(*, email: str, course_code: str, at: datetime) -> tuple[CourseMember, bool]:
    """``(member, is_new)`` for the account with that address.

    Raises:
        lms.people.services.roles.UnknownAccountError, UnusableAccountError: see there.
        NotAnAuthorError: see there.
    """
    user = lock_account(email=email)
    if (
        not RoleAssignment.objects.valid_at(at)
        .filter(user=user, role__in=EDITING_GROUPS[AUTHOR_GROUP])
        .exists()
    ):
        raise NotAnAuthorError
    return join_team(user=user, course_code=course_code, at=at)


@transaction.atomic
def leave_team(*, member_id: int, course_code: str, at: datetime) -> CourseMember | None:
    """The one who left; ``None`` where nobody of that team had to.

    Raises:
        LastMemberError: see there.
    """
    team = CourseMember.objects.select_for_update().filter(course_code=course_code, until=None)
    members = list(team.select_related(None))
    leaving = next((member for member in members if member.pk == member_id), None)
    if leaving is None:
        return None
    if len(members) == 1:
        raise LastMemberError
    leaving.until = at
    leaving.save(update_fields=["until"])
    return leaving
