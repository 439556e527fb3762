"""An e-mail address belongs to whoever proves it."""

from contextlib import suppress

from allauth.account.models import EmailAddress
from django.db import transaction

from lms.people.models import User


class AddressTakenError(Exception):
    """Another account has proved that the address is theirs."""


@transaction.atomic
def release_address(*, email: str, user_id: int) -> None:
    """Take an unproved address from every account but ``user_id``'s, so that its owner can have it.

    An account that nobody ever opened goes with it: without the address nobody could.

    Raises:
        AddressTakenError: another account has proved it.
    """
    others = EmailAddress.objects.filter(email__iexact=email).exclude(user_id=user_id)
    if others.filter(verified=True).exists():
        raise AddressTakenError
    claimants = User.objects.filter(email__iexact=email).exclude(pk=user_id)
    claimants.filter(
        last_login__isnull=True, is_staff=False, is_superuser=False, person__isnull=True, roles__isnull=True
    ).delete()
    claimants.update(email=None)
    others.delete()


@transaction.atomic
def give_address(*, user: User, email: str) -> None:
    """The address, which has just been proved, becomes the account's principal one.

    Raises:
        AddressTakenError: another account has proved it.
    """
    release_address(email=email, user_id=user.pk)
    user.email = email.lower()
    user.save(update_fields=["email"])
    EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )


def offer_address(*, user: User, email: str) -> None:
    """The same, unless another account has proved it: then it stays there."""
    with suppress(AddressTakenError):
        give_address(user=user, email=email)
