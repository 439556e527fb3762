"""Keys and secrets of programs: how they are written in a request, and what is kept of them."""

import base64
import hmac

_SALT = b"lms.xapi.credential "
LAUNCH_PREFIX = "sesion-"
"""How the key of a launch begins: what a browser must never ask a password for."""


def hash_secret(secret: str, *, key: str) -> str:
    """A keyed hash, in hexadecimal. The secret has 256 random bits: a slow hash would add nothing."""
    return hmac.digest(key.encode(), _SALT + secret.encode(), "sha256").hex()


def parse_basic(header: str) -> tuple[str, str] | None:
    """Key and secret of a Basic ``Authorization`` header (RFC 7617); None for anything else."""
    scheme, _, encoded = header.strip().partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        key, colon, secret = base64.b64decode(encoded.strip(), validate=True).decode().partition(":")
    except ValueError:  # no base64, or no UTF-8 in it
        return None
    return (key, secret) if colon and "\x00" not in key else None
