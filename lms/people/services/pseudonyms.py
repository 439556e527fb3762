"""The names that stand for people in statements."""

import base64
import hashlib
import hmac

from lms.people.models import Person, Pseudonym


def derive_pseudonym(*, person: Person, context: str, key: str) -> str:
    """26 letters and digits: HMAC-SHA-256 of the person's random id under a key of the context."""
    context_key = hmac.new(key.encode(), f"contexto:{context}".encode(), hashlib.sha256).digest()
    digest = hmac.new(context_key, person.public_id.bytes, hashlib.sha256).digest()
    return base64.b32encode(digest[:16]).decode().rstrip("=").lower()


def ensure_pseudonym(*, person: Person, context: str, key: str) -> str:
    """The person's account name in ``context``, made at first use.

    It is stored, so that a change of key never breaks the record. One or two queries.
    """
    found = Pseudonym.objects.filter(person=person, context=context, is_in_use=True).first()
    if found is None:
        found, _ = Pseudonym.objects.get_or_create(
            person=person,
            context=context,
            is_in_use=True,
            defaults={"name": derive_pseudonym(person=person, context=context, key=key)},
        )
    return found.name
