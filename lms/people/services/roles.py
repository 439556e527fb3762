"""Giving and ending roles."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction

from lms.people.models import Institution, Role, RoleAssignment, User

AUTHOR_GROUP = "Docentes"
"""The Wagtail group whose members may author; its permissions are set by ``set_up_authors``."""

AUTHOR_ROLES = (Role.TRAINER, Role.ADMINISTRATOR)

EVERYWHERE_ROLES = frozenset({Role.TRAINER, Role.PLAN_OWNER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that may be given for the whole platform; the others always belong to one institution."""

PLATFORM_ROLES = frozenset({Role.ADMINISTRATOR, Role.PLAN_OWNER})
"""Roles that are never limited to an institution: there is one platform and one plan."""


class UnknownAccountError(LookupError):
    """No account has that e-mail address."""


class UnusableAccountError(Exception):
    """The account is closed, or nobody has yet proved that its address is theirs."""


class RolePlaceError(ValueError):
    """The role needs an institution and has none, or reaches everywhere and was given one."""


class RoleEndError(ValueError):
    """The end is not after the beginning."""


class RoleHeldError(Exception):
    """The account holds the role there already, until another day."""


class OwnAdministrationError(Exception):
    """Nobody ends the last role by which they administer the platform themselves."""


@transaction.atomic
def assign_role(
    *, user: User, role: str, institution: Institution | None, at: datetime, until: datetime | None = None
) -> RoleAssignment:
    """Give a role from ``at``. Giving it twice changes nothing. Authors join their group."""
    assignment, _ = RoleAssignment.objects.get_or_create(
        user=user,
        role=Role(role),
        institution=institution,
        valid_until=until,
        defaults={"valid_from": at},
    )
    if role in AUTHOR_ROLES:
        group, _ = Group.objects.get_or_create(name=AUTHOR_GROUP)
        user.groups.add(group)
    return assignment


@transaction.atomic
def give_role(
    *, email: str, role: str, institution: Institution | None, at: datetime, until: datetime | None = None
) -> tuple[RoleAssignment, bool]:
    """``(assignment, is_new)`` of a role for the account with ``email``; ``until`` is exclusive.

    Giving the same role until the same instant again answers the one in force. The account must
    have proved its address: otherwise whoever signed up under another's address would get the role.

    Raises:
        UnknownAccountError, UnusableAccountError, RolePlaceError, RoleEndError, RoleHeldError: see there.
    """
    _check_place(role=role, institution=institution)
    if until is not None and until <= at:
        raise RoleEndError
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    if user is None:
        raise UnknownAccountError(email)
    addresses = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    if not user.is_active or not addresses.exists():
        raise UnusableAccountError(email)
    held = RoleAssignment.objects.valid_at(at).filter(user=user, role=role, institution=institution).first()
    if held is None:
        return assign_role(user=user, role=role, institution=institution, at=at, until=until), True
    if held.valid_until != until:
        raise RoleHeldError
    return held, False


def _check_place(*, role: str, institution: Institution | None) -> None:
    allowed = EVERYWHERE_ROLES if institution is None else frozenset(Role) - PLATFORM_ROLES
    if role not in allowed:
        raise RolePlaceError(role)


@transaction.atomic
def end_role(*, assignment: RoleAssignment, at: datetime) -> None:
    """End a role; an author without another such role leaves the authors' group."""
    assignment.valid_until = at
    assignment.save(update_fields=["valid_until"])
    others = RoleAssignment.objects.valid_at(at).filter(user=assignment.user, role__in=AUTHOR_ROLES)
    if assignment.role in AUTHOR_ROLES and not others.exclude(pk=assignment.pk).exists():
        assignment.user.groups.remove(*Group.objects.filter(name=AUTHOR_GROUP))


@transaction.atomic
def take_role(*, assignment_id: int, actor_id: int, at: datetime) -> bool:
    """End a role on behalf of the account ``actor_id``; False when it had ended before.

    Raises:
        RoleAssignment.DoesNotExist: there is none.
        OwnAdministrationError: see there.
    """
    assignment = (
        RoleAssignment.objects.select_for_update(of=("self",)).select_related("user").get(pk=assignment_id)
    )
    if assignment.valid_until is not None and assignment.valid_until <= at:
        return False
    if assignment.role == Role.ADMINISTRATOR and assignment.user_id == actor_id:
        others = RoleAssignment.objects.valid_at(at).filter(user_id=actor_id, role=Role.ADMINISTRATOR)
        if not others.exclude(pk=assignment.pk).exists():
            raise OwnAdministrationError
    end_role(assignment=assignment, at=at)
    return True


@transaction.atomic
def withdraw_lapsed_authors(*, at: datetime) -> int:
    """Take trainers whose last such role has lapsed out of the authors' group; how many. Three queries.

    A role with an end lapses without anybody ending it, but the group gives rights until it is left.
    """
    trainers = RoleAssignment.objects.filter(role__in=AUTHOR_ROLES)
    lapsed = User.objects.filter(
        groups__name=AUTHOR_GROUP, pk__in=trainers.filter(valid_until__lte=at).values("user_id")
    ).exclude(pk__in=trainers.valid_at(at).values("user_id"))
    users = list(lapsed)
    for group in Group.objects.filter(name=AUTHOR_GROUP):
        group.user_set.remove(*users)
    return len(users)
