"""An account goes over from a record without content to the one that HR loaded."""

from django.db import transaction

from lms.people.models import Person, User
from lms.people.selectors.records import has_record
from lms.people.services.identities import OtherPersonError, RunTakenError, TwoRecordsError


@transaction.atomic
def move_account(*, user: User, to: Person) -> Person:
    """``to`` becomes the person of the account; an empty record that it had before is deleted.

    Raises:
        RunTakenError: ``to`` has another account.
        OtherPersonError: the account's person has another RUN.
        TwoRecordsError: the account's person has a record, which would be left behind.
    """
    to = Person.objects.select_for_update().get(pk=to.pk)
    if to.user_id == user.pk:
        return to
    if to.user_id is not None:
        raise RunTakenError
    own = Person.objects.select_for_update().filter(user=user).first()
    if own is not None:
        _leave(own, to)
    to.user = user
    to.save(update_fields=["user"])
    return to


def _leave(own: Person, to: Person) -> None:
    if own.run_fingerprint and to.run_fingerprint and own.run_fingerprint != to.run_fingerprint:
        raise OtherPersonError
    if has_record(person=own):
        raise TwoRecordsError
    mark = (own.run_fingerprint, own.run_masked)
    own.delete()
    if mark[0] and not to.run_fingerprint:
        to.run_fingerprint, to.run_masked = mark
        to.save(update_fields=["run_fingerprint", "run_masked"])
