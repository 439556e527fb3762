"""Signed links in e-mails: each opens one thing, and nothing else that we sign."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from lms.participation.rules.following import CONFIRM_WITHIN

CONFIRM_SALT = "lms.participation.confirmar"
STOP_SALT = "lms.participation.baja"
REPLY_SALT = "lms.participation.sin-respuesta"


def confirm_url(*, site_url: str, following_id: UUID) -> str:
    """Begins to follow; valid for seven days."""
    token = signing.TimestampSigner(salt=CONFIRM_SALT).sign(following_id.hex)
    return site_url + reverse("participation:confirm", kwargs={"token": token})


def read_confirm_token(token: str) -> UUID | None:
    """Which following it confirms; ``None`` where we did not make it or it is too old."""
    try:
        return UUID(signing.TimestampSigner(salt=CONFIRM_SALT).unsign(token, max_age=CONFIRM_WITHIN))
    except (signing.BadSignature, ValueError):
        return None


def stop_url(*, site_url: str, follower_id: UUID) -> str:
    """Stops following; never expires."""
    return site_url + reverse("participation:stop", kwargs={"token": _sign(STOP_SALT, follower_id)})


def read_stop_token(token: str) -> UUID | None:
    """Whose it is; ``None`` where we did not make it."""
    return _read(STOP_SALT, token)


def stop_reply_url(*, site_url: str, contribution_id: UUID) -> str:
    """No more e-mails about answers to this contribution; never expires."""
    token = _sign(REPLY_SALT, contribution_id)
    return site_url + reverse("participation:stop_replies", kwargs={"token": token})


def read_reply_token(token: str) -> UUID | None:
    """Of which contribution it is; ``None`` where we did not make it."""
    return _read(REPLY_SALT, token)


def _sign(salt: str, public_id: UUID) -> str:
    return signing.Signer(salt=salt).sign(public_id.hex)


def _read(salt: str, token: str) -> UUID | None:
    try:
        return UUID(signing.Signer(salt=salt).unsign(token))
    except (signing.BadSignature, ValueError):
        return None
