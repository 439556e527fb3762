"""The small grammars of xAPI: identifiers, languages, instants, durations (xAPI-Data 4)."""

import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from lms.xapi.rules.errors import InvalidValueError

# \Z and not $, which would let a line break follow; ranges and not \d or \w, which know other alphabets.
UUID_PATTERN = r"^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[1-8][0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}\Z"
"""RFC 4122 in its canonical form; versions 1 to 8 (RFC 9562), variant 10."""
IRI_PATTERN = r"^[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|\\^`\x7f]+\Z"
"""RFC 3987: absolute, without spaces, control characters or delimiters."""
MBOX_PATTERN = r"^mailto:[^@\x00-\x20]+@[^@\x00-\x20]+\Z"
SHA1_PATTERN = r"^[0-9a-fA-F]{40}\Z"
SHA2_PATTERN = r"^(?:[0-9a-fA-F]{56}|[0-9a-fA-F]{64}|[0-9a-fA-F]{96}|[0-9a-fA-F]{128})\Z"
MEDIA_TYPE_PATTERN = r"^[-A-Za-z0-9.+!#$&^_]+/[-A-Za-z0-9.+!#$&^_]+( *;[ -~]*)?\Z"
VERSION_1_PATTERN = r"^1\.0(\.[0-9]+)?\Z"
VERSION_2_PATTERN = r"^(1\.0(\.[0-9]+)?|2\.0\.[0-9]+)\Z"

is_uuid = re.compile(UUID_PATTERN).match
is_iri = re.compile(IRI_PATTERN).match
is_language = re.compile(
    r"(?:(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4}|[A-Za-z]{5,8})"  # language, extended
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?"  # script, region
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*"  # variants
    r"(?:-[0-9A-WY-Za-wy-z](?:-[A-Za-z0-9]{2,8})+)*"  # extensions
    r"(?:-x(?:-[A-Za-z0-9]{1,8})+)?"  # private use
    r"|x(?:-[A-Za-z0-9]{1,8})+|i-[a-z]+)",
    re.ASCII,
).fullmatch
"""RFC 5646."""
_INSTANT = re.compile(
    r"(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))T"
    r"([01]\d|2[0-3]):?([0-5]\d):?([0-5]\d|60)(?:\.(\d+))?"
    r"(?:[Zz]|([+-])([01]\d|2[0-3])(?::?([0-5]\d))?)",
    re.ASCII,
).fullmatch
_DURATION = re.compile(
    r"P(?=.)(?:\d+(?:\.\d+)?W|(?:\d+(?:\.\d+)?Y)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:\.\d+)?H)?(?:\d+(?:\.\d+)?M)?(?:\d+(?:\.\d+)?S)?)?)",
    re.ASCII,
).fullmatch
is_duration = _DURATION
"""ISO 8601, as xAPI-Data 4.4 narrows it; weeks stand alone."""
_SECONDS = re.compile(r"(\d+)\.(\d+)S\Z")


def parse_instant(text: str) -> datetime:
    """An instant in UTC, to the microsecond, from ISO 8601 with an offset.

    ``-00:00`` is refused: RFC 3339 gives it the meaning "offset unknown" (xAPI-Data 4.5). A leap
    second becomes the first second of the next minute.

    Raises:
        InvalidValueError: anything else.
    """
    found = _INSTANT(text)
    if found is None:
        raise InvalidValueError("no es una fecha y hora ISO 8601 con zona")
    day, hour, minute, second, fraction, sign, off_hours, off_minutes = found.groups()
    if sign == "-" and off_hours == "00" and (off_minutes or "00") == "00":
        raise InvalidValueError("la zona -00:00 no está permitida")
    try:
        at = datetime.fromisoformat(day).replace(
            hour=int(hour),
            minute=int(minute),
            microsecond=int((fraction or "0")[:6].ljust(6, "0")),
            tzinfo=UTC,
        ) + timedelta(seconds=int(second))
        if sign:
            offset = timedelta(hours=int(off_hours), minutes=int(off_minutes or 0))
            at = at - offset if sign == "+" else at + offset
    except (ValueError, OverflowError):
        raise InvalidValueError("esa fecha no existe") from None
    return at


def format_instant(at: datetime) -> str:
    """``2026-03-02T12:30:00.123456Z``; always UTC, always microseconds."""
    return f"{at.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


def normal_duration(text: str) -> str:
    """The duration to the hundredth of a second, which is all that may be compared (xAPI-Data 4.4)."""
    found = _SECONDS.search(text)
    if found is None:
        return text
    fraction = found[2][:2].rstrip("0")
    return f"{text[: found.start()]}{found[1]}{'.' + fraction if fraction else ''}S"


def parse_uuid(text: str) -> UUID:
    """The UUID of an RFC 4122 string.

    Raises:
        InvalidValueError: another spelling.
    """
    if not is_uuid(text):
        raise InvalidValueError("no es un UUID")
    return UUID(text)
