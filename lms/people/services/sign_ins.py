"""Signing in on a provider's word: whose account it is, found or made."""

from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.db import IntegrityError, transaction

from lms.people.models import Person, User
from lms.people.services.accounts import find_loaded_by_email, link_person
from lms.people.services.addresses import offer_address
from lms.people.services.identities import ConnectedElsewhereError, Identity, LastWayInError
from lms.people.services.known import add_account, create_account, find_account, find_person, mark_run
from lms.people.services.moves import move_account

UNNAMED = "Sin nombre registrado"
"""Given names of a person about whom the provider said no name at all."""


def sign_in(*, identity: Identity, at: datetime) -> tuple[User, bool]:
    """``(account, was it made now)`` of whoever the provider vouched for.

    In this order: who signed in so before; whom the RUN names; whose proved address it is; whom HR
    loaded with that address; else somebody new. Two such sign-ins at once make one account.
    """
    try:
        return _sign_in(identity, at)
    except IntegrityError:  # the same person, in two windows: the other one was first
        return _sign_in(identity, at)


@transaction.atomic
def _sign_in(identity: Identity, at: datetime) -> tuple[User, bool]:
    known = find_account(identity=identity)
    if known is not None:
        return known.user, False
    person = find_person(identity=identity)
    owner = None if person else _owner_of(identity.email)
    if person is None and owner is None:
        person = find_loaded_by_email(email=identity.email) or _create_person(identity, at)
    user = owner or (person.user if person else None)
    is_new = user is None
    if user is None:
        assert person is not None
        user = create_account(person=person)
        if identity.email:  # where the RUN decided, the address may be another account's
            offer_address(user=user, email=identity.email)
    add_account(user=user, identity=identity)
    return user, is_new


@transaction.atomic
def connect_sign_in(*, user: User, identity: Identity, at: datetime) -> bool:
    """Let the account also be opened by what the provider vouched for; False when it could already.

    A RUN that HR loaded brings that person with it, as long as nothing is left behind.

    Raises:
        ConnectedElsewhereError, OtherPersonError, RunTakenError, TwoRecordsError: see there.
    """
    known = find_account(identity=identity)
    if known is not None and known.user_id != user.pk:
        raise ConnectedElsewhereError
    if known is not None:
        return False
    loaded = find_person(identity=identity)
    own = move_account(user=user, to=loaded) if loaded else link_person(user=user, at=at)
    mark_run(person=own, identity=identity)
    add_account(user=user, identity=identity)
    return True


@transaction.atomic
def disconnect_sign_in(*, user: User, account_id: int, offered: frozenset[str]) -> str:
    """Forget one of the account's providers and answer its name; ``offered``: those configured today.

    Raises:
        SocialAccount.DoesNotExist: the account has no such provider.
        LastWayInError: see there.
    """
    User.objects.select_for_update().get(pk=user.pk)
    account = SocialAccount.objects.get(pk=account_id, user=user)
    others = SocialAccount.objects.filter(user=user, provider__in=offered).exclude(pk=account.pk)
    has_password = user.has_usable_password() and EmailAddress.objects.filter(user=user, verified=True)
    if not has_password and not others.exists():
        raise LastWayInError
    account.delete()
    return str(account.provider)


def _owner_of(email: str) -> User | None:
    if not email:
        return None
    address = EmailAddress.objects.filter(email__iexact=email, verified=True).select_related("user").first()
    return address.user if address else None


def _create_person(identity: Identity, at: datetime) -> Person:
    person: Person = Person.objects.create(
        given_names=identity.given_names or UNNAMED,
        family_names=identity.family_names,
        email=identity.email,
        created_at=at,
    )
    mark_run(person=person, identity=identity)
    return person
