"""Whom an identity means, and writing down that it means them."""

from allauth.socialaccount.models import SocialAccount

from lms.people.models import Person, User
from lms.people.services.identities import Identity, OtherPersonError


def find_account(*, identity: Identity) -> SocialAccount | None:
    """What signed in with this identity before, with its user. One query."""
    accounts = SocialAccount.objects.select_related("user")
    return accounts.filter(provider=identity.provider, uid=identity.uid).first()


def find_person(*, identity: Identity) -> Person | None:
    """Whom the RUN names, locked; nobody beyond the institution for which the provider may speak."""
    if identity.run is None:
        return None
    people = Person.objects.present().filter(run_fingerprint=identity.run.fingerprint)
    if identity.institution_code:
        people = people.filter(
            pk__in=people.filter(postings__institution__code=identity.institution_code).values("pk")
        )
    return people.select_for_update().first()


def create_account(*, person: Person, password: str | None = None) -> User:
    """An account for a person who has none; without password only a provider opens it."""
    user = User(first_name=person.given_names, last_name=person.family_names)
    user.set_password(password)
    user.save()
    person.user = user
    person.save(update_fields=["user"])
    return user


def add_account(*, user: User, identity: Identity) -> None:
    """Remember that this identity opens the account; nothing else that the provider said is kept."""
    SocialAccount.objects.create(user=user, provider=identity.provider, uid=identity.uid)


def mark_run(*, person: Person, identity: Identity) -> None:
    """Note the RUN of a person who had none, on the word of a provider that may speak for everybody.

    Raises:
        OtherPersonError: the person has another one.
    """
    if identity.run is None or identity.institution_code:
        return
    if person.run_fingerprint and person.run_fingerprint != identity.run.fingerprint:
        raise OtherPersonError
    if not person.run_fingerprint:
        person.run_fingerprint, person.run_masked = identity.run.fingerprint, identity.run.masked
        person.save(update_fields=["run_fingerprint", "run_masked"])
