"""Keys of ours and identifiers of QTI."""

import re

KEY = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9_-]")
OWN_FOLDER = "aula/"
"""Where a package of ours has its own form of each question."""


def key_of(identifier: str) -> str:
    """The identifier as a key of ours, or nothing. One of ours that begins with a figure has ``_`` before."""
    lower = identifier.lower()
    key = lower[1:] if lower[:1] == "_" and lower[1:2].isdigit() else lower
    return key if KEY.fullmatch(key) else ""


def item_identifier(key: str) -> str:
    """The identifier of the item of a question. XML names begin with a letter or ``_``."""
    name = NOT_IN_NAMES.sub("-", key)
    return name if name[:1].isalpha() else f"_{name}"
