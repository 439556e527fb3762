"""The team of a course: who teaches it, and may edit its pages."""

from datetime import datetime

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission

from courses.models import CoursePage
from courses.services import disown_pages
from lms.people.models import CourseMember, User
from lms.people.services.course_teams import invite_to_team, join_team, leave_team

TEAM_PERMISSIONS = ("add_page", "change_page", "lock_page")


@transaction.atomic
def found_team(*, page: CoursePage, at: datetime) -> None:
    """The owner of a new course is its first member; the team of a course edits its translations too."""
    is_translation = CoursePage.objects.filter(code=page.code).exclude(pk=page.pk).exists()
    if is_translation:
        for group in Group.objects.filter(name=_name(page)):
            _permit(group, page)
    elif page.owner is not None:
        join_team(user=page.owner, course_code=page.code, at=at)
        _editors(page).user_set.add(page.owner)


@transaction.atomic
def add_member(*, page: CoursePage, email: str, at: datetime) -> tuple[CourseMember, bool]:
    """``(member, is_new)`` for the account with that address.

    Raises:
        lms.people.services.roles.UnknownAccountError, UnusableAccountError: see there.
        lms.people.services.course_teams.NotAnAuthorError: the account does not write courses.
    """
    member, is_new = invite_to_team(email=email, course_code=page.code, at=at)
    _editors(page).user_set.add(member.user)
    return member, is_new


@transaction.atomic
def remove_member(*, page: CoursePage, member_id: int, at: datetime) -> User | None:
    """The account that left, which owns none of its pages any more; ``None`` where it had left before.

    Raises:
        lms.people.services.course_teams.LastMemberError: see there.
    """
    member = leave_team(member_id=member_id, course_code=page.code, at=at)
    if member is None:
        return None
    _editors(page).user_set.remove(member.user)
    disown_pages(course_code=page.code, user_id=member.user_id)
    return member.user


def _name(page: CoursePage) -> str:
    return f"Curso {page.code}"


def _editors(page: CoursePage) -> Group:
    """The Wagtail group of the team, made on first need."""
    group, is_new = Group.objects.get_or_create(name=_name(page))
    if is_new:
        for one in CoursePage.objects.filter(code=page.code):
            _permit(group, one)
    return group


def _permit(group: Group, page: CoursePage) -> None:
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=TEAM_PERMISSIONS
    ):
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
