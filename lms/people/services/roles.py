"""Giving and ending roles."""

from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.db.models import QuerySet

from lms.people.models import Institution, Role, RoleAssignment, Unit, User

AUTHOR_GROUP = "Autoría"
"""The Wagtail group whose members write and send to review; ``set_up_site`` sets its permissions."""

EDITOR_GROUP = "Autoría de todos los cursos"
"""The Wagtail group whose members write in every course, not only in those of their teams."""

REVIEWER_GROUP = "Revisión"
"""The Wagtail group whose members read what was sent and publish."""

EDITING_GROUPS = {
    AUTHOR_GROUP: frozenset({Role.TRAINER, Role.ADMINISTRATOR}),
    EDITOR_GROUP: frozenset({Role.TRAINER, Role.ADMINISTRATOR}),
    REVIEWER_GROUP: frozenset({Role.REVIEWER, Role.ADMINISTRATOR}),
}
"""The roles by which an account belongs to a group of the editor; to the second, with a role everywhere."""

EVERYWHERE_ROLES = frozenset({Role.TRAINER, Role.REVIEWER, Role.PLAN_OWNER, Role.AUDITOR, Role.ADMINISTRATOR})
"""Roles that may be given for the whole platform; the others always belong to one institution."""

UNIT_ROLES = frozenset({Role.TEAM_LEAD, Role.HR, Role.AUDITOR})
"""Roles that may be given for one unit; the first always is."""

PLATFORM_ROLES = frozenset({Role.ADMINISTRATOR, Role.REVIEWER})
"""Roles that are never limited to an institution: there is one platform and one catalogue."""


@dataclass(frozen=True)
class RolePlace:
    """Where a role holds: everywhere, in an institution (and those below it), or in one of its units."""

    institution: Institution | None = None
    unit: Unit | None = None
    with_dependents: bool = False


EVERYWHERE = RolePlace()


class UnknownAccountError(LookupError):
    """No account has that e-mail address."""


class UnusableAccountError(Exception):
    """The account is closed, or nobody has yet proved that its address is theirs."""


class RolePlaceError(ValueError):
    """The role needs an institution (or a unit) and has none, or was given one that it cannot have."""


class RoleEndError(ValueError):
    """The end is not after the beginning."""


class RoleHeldError(Exception):
    """The account holds the role there already, until another day."""


class OwnAdministrationError(Exception):
    """Nobody ends the last role by which they administer the platform themselves."""


@transaction.atomic
def assign_role(
    *,
    user: User,
    role: str,
    place: RolePlace = EVERYWHERE,
    at: datetime,
    until: datetime | None = None,
    delegated_from: RoleAssignment | None = None,
) -> RoleAssignment:
    """Give a role from ``at``. Giving it twice changes nothing. Editors join their groups."""
    assignment, _ = RoleAssignment.objects.get_or_create(
        user=user,
        role=Role(role),
        institution=place.institution,
        unit=place.unit,
        with_dependents=place.with_dependents,
        valid_until=until,
        delegated_from=delegated_from,
        defaults={"valid_from": at},
    )
    names = [name for name in EDITING_GROUPS if _belongs(name, role, place)]
    user.groups.add(*(Group.objects.get_or_create(name=name)[0] for name in names))
    return assignment


@transaction.atomic
def give_role(
    *, email: str, role: str, place: RolePlace, at: datetime, until: datetime | None = None
) -> tuple[RoleAssignment, bool]:
    """``(assignment, is_new)`` of a role for the account with ``email``; ``until`` is exclusive.

    Giving the same role until the same instant again answers the one in force. The account must
    have proved its address: otherwise whoever signed up under another's address would get the role.

    Raises:
        UnknownAccountError, UnusableAccountError, RolePlaceError, RoleEndError, RoleHeldError: see there.
    """
    _check_place(role=role, place=place)
    if until is not None and until <= at:
        raise RoleEndError
    user = lock_account(email=email)
    held = (
        RoleAssignment.objects.valid_at(at)
        .filter(user=user, role=role, institution=place.institution, unit=place.unit)
        .first()
    )
    if held is None:
        return assign_role(user=user, role=role, place=place, at=at, until=until), True
    if held.valid_until != until or held.with_dependents != place.with_dependents or held.delegated_from_id:
        raise RoleHeldError
    return held, False


def lock_account(*, email: str) -> User:
    """The account with that proved address, locked until the transaction ends.

    Raises:
        UnknownAccountError, UnusableAccountError: see there.
    """
    user = User.objects.select_for_update().filter(email__iexact=email).first()
    if user is None:
        raise UnknownAccountError(email)
    addresses = EmailAddress.objects.filter(user=user, email__iexact=user.email, verified=True)
    if not user.is_active or not addresses.exists():
        raise UnusableAccountError(email)
    return user


def _check_place(*, role: str, place: RolePlace) -> None:
    if place.institution is None:
        is_right = role in EVERYWHERE_ROLES and place == EVERYWHERE
    elif place.unit is None:
        is_right = role not in PLATFORM_ROLES | {Role.TEAM_LEAD}
    else:
        in_place = place.unit.institution_id == place.institution.pk
        is_right = role in UNIT_ROLES and in_place and not place.with_dependents
    if not is_right:
        raise RolePlaceError(role)


@transaction.atomic
def end_role(*, assignment: RoleAssignment, at: datetime) -> None:
    """End a role; who has no other that belongs to a group of the editor leaves that group."""
    assignment.valid_until = at
    assignment.save(update_fields=["valid_until"])
    _withdraw(User.objects.filter(pk=assignment.user_id), at)


def _belongs(name: str, role: str, place: RolePlace) -> bool:
    return role in EDITING_GROUPS[name] and (name != EDITOR_GROUP or place == EVERYWHERE)


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
    """Take those whose last such role has lapsed out of the editor's groups; how many. Three queries each.

    A role with an end lapses without anybody ending it, but a group gives rights until it is left.
    """
    editors = frozenset().union(*EDITING_GROUPS.values())
    former = RoleAssignment.objects.filter(role__in=editors)
    return _withdraw(User.objects.filter(pk__in=former.values("user_id")), at)


def _withdraw(users: QuerySet[User], at: datetime) -> int:
    """Out of each group whose role they no longer hold; how many people left one."""
    return len({user for name in EDITING_GROUPS for user in _leave(name, users, at)})


def _leave(name: str, users: QuerySet[User], at: datetime) -> list[User]:
    held = RoleAssignment.objects.valid_at(at).filter(role__in=EDITING_GROUPS[name])
    if name == EDITOR_GROUP:
        held = held.filter(institution=None)
    lapsed = list(users.filter(groups__name=name).exclude(pk__in=held.values("user_id")))
    for group in Group.objects.filter(name=name):
        group.user_set.remove(*lapsed)
    return lapsed
