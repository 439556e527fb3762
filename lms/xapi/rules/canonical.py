"""When are two statements the same? (xAPI-Data 2.3.1, statement immutability and comparison)."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any

from lms.xapi.rules import formats
from lms.xapi.rules.json_text import decode_object, encode_sorted

DIGEST_BYTES = 16
_ASSIGNED = ("id", "stored", "authority", "version")


def digest_statement(raw: bytes) -> bytes:
    """Sixteen bytes, equal for two valid statements that state the same.

    Not compared, because an LRS or a client may change it without changing what is stated: what
    the LRS assigns, the order of properties and of group members, the display of verbs, the
    definition of activities, a lone context activity or a list of one, ``1`` or ``1.0``, an instant
    in another zone, a duration beyond hundredths of a second.

    Raises:
        InvalidValueError: a property appears twice in one object (xAPI-Data 2.2).
    """
    return _digest(comparable(decode_object(raw)))


def digest_value(value: Any) -> bytes:
    """Sixteen bytes for any JSON value, whatever the order of its keys."""
    return _digest(value)


def _digest(value: Any) -> bytes:
    return blake2b(encode_sorted(value), digest_size=DIGEST_BYTES).digest()


def comparable(statement: dict[str, Any]) -> dict[str, Any]:
    """What ``digest_statement`` compares of a valid statement."""
    said = {key: value for key, value in statement.items() if key not in _ASSIGNED}
    said["actor"] = _actor(said["actor"])
    said["verb"] = said["verb"]["id"]
    said["object"] = _object(said["object"])
    if "timestamp" in said:
        # To the millisecond: more may be lost on the way.
        said["timestamp"] = formats.format_instant(formats.parse_instant(said["timestamp"]))[:-4]
    if "result" in said:
        said["result"] = _result(said["result"])
    if "context" in said:
        said["context"] = _context(said["context"])
    return said


def _object(target: dict[str, Any]) -> Any:
    kind = target.get("objectType", "Activity")
    if kind == "Activity":
        return target["id"]
    if kind in ("Agent", "Group"):
        return _actor(target)
    if kind == "SubStatement":
        return comparable(target)
    return {"objectType": kind, "id": target["id"].lower()}


def _actor(actor: dict[str, Any]) -> dict[str, Any]:
    said = {"objectType": "Agent"} | actor
    if "member" in said:
        said["member"] = _sorted(_actor(member) for member in said["member"])
    return said


def _sorted(values: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(values, key=encode_sorted)


def _result(result: dict[str, Any]) -> dict[str, Any]:
    said = dict(result)
    if "score" in said:
        said["score"] = {key: _number(value) for key, value in said["score"].items()}
    if "duration" in said:
        said["duration"] = formats.normal_duration(said["duration"])
    return said


def _number(value: Any) -> Any:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _context(context: dict[str, Any]) -> dict[str, Any]:
    said = dict(context)
    for name in ("instructor", "team"):
        if name in said:
            said[name] = _actor(said[name])
    if "registration" in said:
        said["registration"] = said["registration"].lower()
    if "contextActivities" in said:
        said["contextActivities"] = {
            name: sorted(activity["id"] for activity in (found if isinstance(found, list) else [found]))
            for name, found in said["contextActivities"].items()
        }
    return said
