"""Keys derived from the platform's secret, one per use."""

import base64
import hashlib


def fernet_key(secret: str) -> bytes:
    """A Fernet key for second-factor secrets, derived from ``secret``."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"segundo-factor:{secret}".encode()).digest())
