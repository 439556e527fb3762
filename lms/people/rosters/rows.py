"""One person of a roster, checked: what is kept between reading and deciding."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Away:
    """What a file with columns for absence says: first and last day; no first day is "not away"."""

    first_day: date | None = None
    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person of a roster, checked. Holds no RUN: its fingerprint and its masked spelling.

    ``unit_code`` is empty when the file has a single column for the unit; ``unit_name`` may then
    be a name or a code. ``valid_from`` and ``valid_until`` are ``None`` where the row says nothing.
    ``grade``, ``position``, ``region`` and ``away`` are ``None`` where the file has no such column.
    """

    number: int
    fingerprint: str
    run_masked: str
    given_names: str
    family_names: str
    email: str
    unit_code: str
    unit_name: str
    estamento: str
    legal_quality: str
    valid_from: date | None
    valid_until: date | None
    parent_unit: str = ""
    grade: str | None = None
    position: str | None = None
    region: str | None = None
    away: Away | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A person whom a wrong row names, and who must therefore not be taken for absent.

    ``number`` 0: the check digit is wrong, and this is only the RUN that was probably meant.
    """

    fingerprint: str
    number: int
