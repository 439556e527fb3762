"""What a code is, what status a certificate has, what may be written on it. Pure.

A code has 16 symbols of Crockford's base 32: 15 drawn at random (75 bits) and a check symbol
(Luhn modulo 32). It is a capability: whoever holds it may ask whether the certificate is valid.
"""

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from enum import StrEnum
from typing import Any

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 16
GROUP_LENGTH = 4
LONGEST_TYPED_CODE = 200

_VALUES = {symbol: value for value, symbol in enumerate(ALPHABET)}
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})
_SEPARATORS = {"-", ".", "_", "\N{MINUS SIGN}"}


class CertificateStatus(StrEnum):
    """What the verification page says of a certificate that was issued."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    SUPERSEDED = "superseded"
    ERASED = "erased"


class Assurance(StrEnum):
    """How the result came to be known, from the strongest to the weakest."""

    GRADED = "A"
    TRACKED = "B"
    DECLARED = "C"
    ATTESTED = "D"


class BlankNameError(ValueError):
    """There is no name to certify."""


@dataclass(frozen=True, kw_only=True)
class CertificateFacts:
    """What was achieved, as it stood on the day of issue; frozen with the certificate.

    ``minutes`` is the length of the course; ``result_percent`` goes from 0 to 100, or is None where
    nothing was graded; ``commitment_number`` is None where the course serves no commitment.
    """

    course_title: str
    course_code: str
    release_label: str
    minutes: int
    issuer: str
    result_percent: int | None = None
    competences: tuple[str, ...] = ()
    institution_name: str = ""
    commitment_number: int | None = None
    commitment_total: int = 12
    assurance: str = Assurance.GRADED
    signatory_name: str = ""
    signatory_role: str = ""
    language: str = "es-CL"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """The dates and marks that decide the status of a certificate."""

    valid_until: date | None
    is_revoked: bool = False
    is_superseded: bool = False
    is_erased: bool = False


def facts_to_json(facts: CertificateFacts) -> dict[str, Any]:
    """Plain values, as they are stored."""
    return {**asdict(facts), "competences": list(facts.competences), "assurance": str(facts.assurance)}


def facts_from_json(stored: dict[str, Any]) -> CertificateFacts:
    """The reverse of :func:`facts_to_json`."""
    return CertificateFacts(**{**stored, "competences": tuple(stored["competences"])})


def check_symbol(body: str) -> str:
    """Luhn modulo 32 over symbols of the alphabet.

    It detects every wrong symbol, and every exchange of two neighbours but ``0Z`` for ``Z0``.
    """
    total = 0
    for place, symbol in enumerate(reversed(body)):
        value = _VALUES[symbol] * (1 if place % 2 else 2)
        total += value // 32 + value % 32
    return ALPHABET[-total % 32]


def new_code(choose: Callable[[str], str] = secrets.choice) -> str:
    """A new random code, 16 symbols without hyphens."""
    body = "".join(choose(ALPHABET) for _ in range(CODE_LENGTH - 1))
    return body + check_symbol(body)


def normalise_code(text: str) -> str:
    """What was typed or pasted, in the alphabet's spelling as far as it can be read.

    Accepts lower case, spaces, hyphens and dashes of any kind, O for 0, I and L for 1, and a whole
    verification address.
    """
    text = unicodedata.normalize("NFKC", text[:LONGEST_TYPED_CODE]).strip()
    last_part = text.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    return "".join(char for char in last_part.upper() if not _is_separator(char)).translate(_READ_AS)


def is_well_formed(code: str) -> bool:
    """True for 16 symbols of the alphabet with the right check symbol."""
    return (
        len(code) == CODE_LENGTH
        and all(symbol in _VALUES for symbol in code)
        and check_symbol(code[:-1]) == code[-1]
    )


def format_code(code: str) -> str:
    """``XXXX-XXXX-XXXX-XXXX``, as printed and as written in addresses."""
    return "-".join(code[start : start + GROUP_LENGTH] for start in range(0, len(code), GROUP_LENGTH))


def status_of(standing: Standing, *, on: date) -> CertificateStatus:
    """The status on a date; a certificate is valid through its last day."""
    if standing.is_erased:
        return CertificateStatus.ERASED
    if standing.is_superseded:
        return CertificateStatus.SUPERSEDED
    if standing.is_revoked:
        return CertificateStatus.REVOKED
    if standing.valid_until is not None and standing.valid_until < on:
        return CertificateStatus.EXPIRED
    return CertificateStatus.VALID


def clean_name(text: str) -> str:
    """A name in NFC with single spaces and without invisible characters.

    Raises:
        BlankNameError: nothing is left.
    """
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    name = " ".join("".join(char for char in spaced if unicodedata.category(char)[0] != "C").split())
    if not name:
        raise BlankNameError("El certificado necesita el nombre de la persona.")
    return name


def names_match(first: str, second: str) -> bool:
    """True when two names differ only in accents, case, hyphens, apostrophes or spaces."""
    return _bare(first) == _bare(second) != ""


def _is_separator(char: str) -> bool:
    return char.isspace() or char in _SEPARATORS or unicodedata.category(char) in {"Pd", "Cf"}


def _bare(name: str) -> str:
    decomposed = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in decomposed if char.isalnum())
