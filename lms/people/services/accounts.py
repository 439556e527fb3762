"""Accounts, and the people behind them."""

from datetime import datetime

from django.db import transaction

from lms.people.models import Person, User


@transaction.atomic
def link_person(*, user: User, at: datetime) -> Person:
    """The person of an account whose e-mail address has been verified.

    A person whom HR loaded with that address and who has no account yet is recognised; otherwise
    a new one is created. Two loaded people with one address are ambiguous and are not linked.
    """
    own = Person.objects.filter(user=user).first()
    if own:
        return own
    loaded = list(
        Person.objects.present().select_for_update().filter(email__iexact=user.email, user__isnull=True)[:2]
    )
    if len(loaded) == 1:
        person = loaded[0]
        person.user = user
        person.save(update_fields=["user"])
        return person
    return Person.objects.create(
        user=user,
        given_names=user.first_name or user.email.split("@")[0],
        family_names=user.last_name,
        email=user.email,
        created_at=at,
    )


@transaction.atomic
def erase_person(*, person: Person, at: datetime) -> None:
    """Blank what identifies the person, detach pseudonyms and delete the account. Counts stay."""
    user = person.user
    person.pseudonyms.all().delete()
    Person.objects.filter(pk=person.pk).update(
        user=None,
        given_names="Persona retirada",
        family_names="",
        email="",
        run_fingerprint=None,
        run_masked="",
        erased_at=at,
    )
    if user:
        user.delete()
