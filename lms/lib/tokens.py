"""Links that open once: what we keep of them is a keyed hash, which opens nothing. Pure."""

import hashlib
import hmac
import secrets


def new_token() -> str:
    """43 characters, 256 random bits, safe in an address."""
    return secrets.token_urlsafe(32)


def keyed_hash(text: str, *, purpose: str, key: str) -> str:
    """64 hexadecimal characters (HMAC-SHA-256); another purpose or key gives other ones."""
    return hmac.new(key.encode(), f"{purpose}:{text}".encode(), hashlib.sha256).hexdigest()
