"""Links in e-mails. All begin with the site's address, whatever request is being served."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

SALT = "lms.notices.baja"
"""So that no other signed text of ours opens this page."""


def make_token(*, person_public_id: UUID) -> str:
    """Says whose notices may be turned off; signed, never expires, opens nothing else."""
    return signing.Signer(salt=SALT).sign(person_public_id.hex)


def read_token(token: str) -> UUID | None:
    """Whose it is; ``None`` where we did not make it. Former keys count too."""
    try:
        return UUID(signing.Signer(salt=SALT).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def unsubscribe_url(*, site_url: str, person_public_id: UUID) -> str:
    token = make_token(person_public_id=person_public_id)
    return site_url + reverse("notices:unsubscribe", kwargs={"token": token})
