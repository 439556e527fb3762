"""Accounts, and the people behind them."""

from datetime import datetime

from django.db import transaction

from lms.people.models import Person, User


@transaction.atomic
def link_person(*, user: User, at: datetime) -> Person:
    """The person of an account whose e-mail address has been verified, or that has none.

    A person whom HR loaded with that address and who has no account yet is recognised; otherwise
    a new one is created. Two loaded people with one address are ambiguous and are not linked.
    """
    own = Person.objects.filter(user=user).first()
    if own:
        if user.email and not own.email:
            own.email = user.email
            own.save(update_fields=["email"])
        return own
    person = find_loaded_by_email(email=user.email or "")
    if person:
        person.user = user
        person.save(update_fields=["user"])
        return person
    return Person.objects.create(
        user=user,
        given_names=user.first_name or (user.email or "").split("@")[0],
        family_names=user.last_name,
        email=user.email or "",
        created_at=at,
    )


def find_loaded_by_email(*, email: str) -> Person | None:
    """The one person without account whom HR loaded with the address, locked. One query."""
    if not email:
        return None
    people = Person.objects.present().select_for_update().filter(email__iexact=email, user__isnull=True)
    loaded = list(people[:2])
    return loaded[0] if len(loaded) == 1 else None


@transaction.atomic
def erase_person(*, person: Person, at: datetime) -> None:
    """Blank what identifies the person, detach pseudonyms and delete the account. Counts stay."""
    user = person.user
    person.pseudonyms.all().delete()
    person.invitations.all().delete()
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
