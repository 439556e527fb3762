"""Values as text in which equal values are equal bytes, and their digest: what seals are made of."""

import hashlib
import json


def canonical(value: object) -> str:
    """JSON in which equal values have equal texts."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256, 64 hexadecimal characters."""
    return hashlib.sha256(text.encode()).hexdigest()
