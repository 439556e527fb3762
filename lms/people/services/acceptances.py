"""Accepting an invitation: each way makes or finds the account and uses the letter up, or neither."""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.db import transaction

from lms.people.models import Invitation, Person, User
from lms.people.services.addresses import give_address, offer_address
from lms.people.services.identities import (
    Identity,
    InvitationClosedError,
    OtherPersonError,
    RunTakenError,
)
from lms.people.services.known import add_account, create_account, find_account, find_person, mark_run
from lms.people.services.moves import move_account


@transaction.atomic
def accept_with_password(*, invitation_id: int, password: str, at: datetime) -> User:
    """Make the invited person's account; its address is proved, for the letter went there.

    Raises:
        InvitationClosedError: see there.
        AddressTakenError: an account has that address: its owner signs in and accepts with it.
    """
    invitation = _use(invitation_id, at)
    user = create_account(person=invitation.person, password=password)
    give_address(user=user, email=invitation.email)
    return user


@transaction.atomic
def accept_with_account(*, invitation_id: int, user: User, at: datetime) -> None:
    """The invited person is the one behind this account, which proved the invited address.

    Raises:
        InvitationClosedError, OtherPersonError, TwoRecordsError: see there.
    """
    invitation = _use(invitation_id, at)
    proved = EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True)
    if not proved.exists():
        raise OtherPersonError
    move_account(user=user, to=invitation.person)


@transaction.atomic
def accept_with_identity(*, invitation_id: int, identity: Identity, at: datetime) -> User:
    """The invited person signs in with what a provider vouched for; the account is found or made.

    Raises:
        InvitationClosedError, RunTakenError, TwoRecordsError: see there.
        OtherPersonError: the RUN is not that of the invited person.
    """
    invitation = _use(invitation_id, at)
    person = invitation.person
    known = find_account(identity=identity)
    if known is not None:
        user: User = known.user
        move_account(user=user, to=person)
        return user
    named = find_person(identity=identity)
    if named is not None and named.pk != person.pk:
        raise OtherPersonError if person.run_fingerprint else RunTakenError
    mark_run(person=person, identity=identity)
    user = create_account(person=person)
    add_account(user=user, identity=identity)
    for email in filter(None, (identity.email, invitation.email)):
        offer_address(user=user, email=email)
    return user


def _use(invitation_id: int, at: datetime) -> Invitation:
    """The open invitation of a person without account, locked and now used."""
    invitation = Invitation.objects.open_at(at).select_for_update().filter(pk=invitation_id).first()
    if invitation is None:
        raise InvitationClosedError
    person = Person.objects.present().select_for_update().filter(pk=invitation.person_id).first()
    if person is None or person.user_id is not None:
        raise InvitationClosedError
    invitation.person = person
    invitation.used_at = at
    invitation.save(update_fields=["used_at"])
    return invitation
