"""Giving and ending roles."""

from datetime import datetime

from django.contrib.auth.models import Group
from django.db import transaction

from lms.people.models import Institution, Role, RoleAssignment, User

AUTHOR_GROUP = "Docentes"
"""The Wagtail group whose members may author; its permissions are set by ``set_up_authors``."""


@transaction.atomic
def assign_role(
    *, user: User, role: str, institution: Institution | None, at: datetime, until: datetime | None = None
) -> RoleAssignment:
    """Give a role from ``at``. Giving it twice changes nothing. Trainers join the authors' group."""
    assignment, _ = RoleAssignment.objects.get_or_create(
        user=user,
        role=Role(role),
        institution=institution,
        valid_until=until,
        defaults={"valid_from": at},
    )
    if role == Role.TRAINER:
        group, _ = Group.objects.get_or_create(name=AUTHOR_GROUP)
        user.groups.add(group)
    return assignment


@transaction.atomic
def end_role(*, assignment: RoleAssignment, at: datetime) -> None:
    """End a role; a trainer without another such role leaves the authors' group."""
    assignment.valid_until = at
    assignment.save(update_fields=["valid_until"])
    others = RoleAssignment.objects.valid_at(at).filter(user=assignment.user, role=assignment.role)
    if assignment.role == Role.TRAINER and not others.exclude(pk=assignment.pk).exists():
        assignment.user.groups.remove(*Group.objects.filter(name=AUTHOR_GROUP))
