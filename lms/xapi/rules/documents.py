"""Documents: entity tags, preconditions and merging (xAPI-Communication 2.2 and 3.1)."""

import hashlib

from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.json_text import decode_object, encode

JSON = "application/json"


class PreconditionError(Exception):
    """The document is not what the client thinks it is. ``status``: 400, 409 or 412."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


def entity_tag(content: bytes) -> str:
    """The SHA-1 of the content, in hexadecimal (xAPI-Communication 3.1 asks for SHA-1)."""
    return hashlib.sha1(content, usedforsecurity=False).hexdigest()


def digest_words(*words: str) -> str:
    """32 hexadecimal characters for words of any length, in this order."""
    text = "\0".join(words)
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def media_type(content_type: str) -> str:
    """``application/json`` of ``Application/JSON; charset=utf-8``."""
    return content_type.split(";")[0].strip().lower()


def check_precondition(*, current: str | None, if_match: str | None, if_none_match: str | None) -> None:
    """RFC 7232, 3.1 and 3.2. ``current`` is the entity tag of what is there, None for nothing.

    Raises:
        PreconditionError: 412.
    """
    if if_match is not None and (current is None or not _names(if_match, current)):
        raise PreconditionError(412, "El documento cambió o no existe: If-Match no coincide.")
    if if_none_match is not None and current is not None and _names(if_none_match, current):
        raise PreconditionError(412, "El documento ya existe: If-None-Match no se cumple.")


def check_put(
    *, current: str | None, if_match: str | None, if_none_match: str | None, needs_header: bool
) -> None:
    """May this document be put? Without a header nothing that exists is overwritten.

    Args:
        needs_header: a new document needs a header too (profiles, in 1.0.3).

    Raises:
        PreconditionError: 409 for an existing one, 400 for a new one, or as ``check_precondition``.
    """
    if if_match is None and if_none_match is None:
        if current is not None:
            raise PreconditionError(
                409, "El documento ya existe. Léelo y envía If-Match con su ETag para reemplazarlo."
            )
        if needs_header:
            raise PreconditionError(400, "Falta If-Match o If-None-Match.")
    check_precondition(current=current, if_match=if_match, if_none_match=if_none_match)


def _names(header: str, current: str) -> bool:
    tags = [tag.strip() for tag in header.split(",")]
    return "*" in tags or f'"{current}"' in tags or current in tags


def merge_documents(*, known: bytes, known_type: str, told: bytes, told_type: str) -> bytes:
    """Top-level properties of ``told`` over those of ``known`` (xAPI-Communication 2.2).

    Raises:
        InvalidValueError: one of the two is not a JSON object.
    """
    if media_type(known_type) != JSON or media_type(told_type) != JSON:
        raise InvalidValueError("solo se combinan documentos application/json")
    return encode({**decode_object(known), **decode_object(told)})
