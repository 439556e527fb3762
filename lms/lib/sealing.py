"""Secrets that must be read again, encrypted at rest under keys derived from the installation's."""

import base64
import hashlib
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken


class UnsealError(Exception):
    """It was sealed with a key that is not there any more, or for another purpose."""


def seal(text: str, *, purpose: str, key: str) -> str:
    """``text`` encrypted and signed (Fernet); what is sealed for one purpose opens for no other."""
    return Fernet(_derived(purpose, key)).encrypt(text.encode()).decode()


def seal_undated(text: str, *, purpose: str, key: str) -> str:
    """As :func:`seal`, without the hour of the sealing, which Fernet writes beside the secret."""
    return Fernet(_derived(purpose, key)).encrypt_at_time(text.encode(), 0).decode()


def unseal(sealed: str, *, purpose: str, keys: Sequence[str]) -> str:
    """The text again; ``keys`` are tried in order, so that the key can be changed.

    Raises:
        UnsealError: none of them opens it.
    """
    for key in keys:
        try:
            return Fernet(_derived(purpose, key)).decrypt(sealed.encode()).decode()
        except InvalidToken:
            continue
    raise UnsealError


def _derived(purpose: str, key: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(f"{purpose}:{key}".encode()).digest())
