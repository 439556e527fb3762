"""Lending a role while one is away."""

from datetime import datetime, timedelta

from django.db import transaction

from lms.people.models import Role, RoleAssignment
from lms.people.services.roles import RoleHeldError, RolePlace, assign_role, end_role, lock_account

LONGEST = timedelta(days=366)
"""A longer absence is a change of office, which an administrator records."""


class DelegationError(Exception):
    """The role cannot be lent like this."""


class NotOwnRoleError(DelegationError):
    """The account does not hold the role now, was lent it itself, or it is never lent."""


class OwnAccountError(DelegationError):
    """Nobody lends a role to the own account."""


class DelegationEndError(DelegationError):
    """The end has passed, is more than a year away, or after the end of the role itself."""


@transaction.atomic
def delegate_role(
    *, assignment_id: int, lender_id: int, email: str, until: datetime, at: datetime
) -> RoleAssignment:
    """Lend a role, with the same reach, until an instant. It ends sooner if the lender loses it.

    Raises:
        DelegationError: one of those above.
        RoleHeldError: the other account holds the role there already.
        lms.people.services.roles.UnknownAccountError, UnusableAccountError: see there.
    """
    own = RoleAssignment.objects.valid_at(at).filter(pk=assignment_id, user_id=lender_id).first()
    if own is None or own.delegated_from_id or own.role == Role.ADMINISTRATOR:
        raise NotOwnRoleError
    if not at < until <= at + LONGEST or (own.valid_until and until > own.valid_until):
        raise DelegationEndError
    user = lock_account(email=email)
    if user.pk == lender_id:
        raise OwnAccountError
    held = RoleAssignment.objects.valid_at(at).filter(
        user=user, role=own.role, institution=own.institution_id, unit=own.unit_id
    )
    if held.exists():
        raise RoleHeldError
    return assign_role(
        user=user,
        role=own.role,
        place=RolePlace(own.institution, own.unit, own.with_dependents),
        at=at,
        until=until,
        delegated_from=own,
    )


@transaction.atomic
def end_delegation(*, assignment_id: int, lender_id: int, at: datetime) -> bool:
    """Take a lent role back; False when it had ended before.

    Raises:
        NotOwnRoleError: the lender did not lend it.
    """
    lent = (
        RoleAssignment.objects.select_for_update(of=("self",))
        .filter(pk=assignment_id, delegated_from__user_id=lender_id)
        .first()
    )
    if lent is None:
        raise NotOwnRoleError
    if lent.valid_until is not None and lent.valid_until <= at:
        return False
    end_role(assignment=lent, at=at)
    return True
