"""The Chilean RUN (national identity number): check, spell, mask, recognise. Pure.

Check digit modulo 11, weights 2 to 7 from the right. We keep a keyed fingerprint and a masked
spelling; the number itself is never stored.
"""

import hashlib
import hmac

from stdnum.cl import rut
from stdnum.exceptions import ValidationError


class InvalidRunError(ValueError):
    """The text is not a RUN: wrong form or wrong check digit."""


def compact_run(text: str) -> str:
    """``"12.345.678-5"`` → ``"123456785"``; accepts dots, spaces, hyphens and a lower-case k.

    Raises:
        InvalidRunError: wrong length, characters or check digit.
    """
    try:
        return str(rut.validate(str(text).strip().lstrip("0")))
    except ValidationError as error:
        raise InvalidRunError(f"«{str(text)[:20]}» no es un RUN válido.") from error


def mask_run(text: str) -> str:
    """``"12.•••.•78-5"``: enough to tell two people of one list apart, not to know the number.

    Raises:
        InvalidRunError: not a RUN.
    """
    compact = compact_run(text)
    body, digit = compact[:-1].rjust(8), compact[-1]
    return f"{body[:2].strip() or body[2]}.•••.•{body[-2:]}-{digit}"


def fingerprint_run(text: str, key: str) -> str:
    """64 hexadecimal characters (HMAC-SHA-256): the same RUN gives the same under one ``key``.

    Raises:
        InvalidRunError: not a RUN.
    """
    return hmac.new(key.encode(), compact_run(text).encode(), hashlib.sha256).hexdigest()
