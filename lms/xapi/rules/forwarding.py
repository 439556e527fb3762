"""What happens to a statement that goes on to another LRS."""

import base64
import hmac
import uuid
from datetime import timedelta
from enum import StrEnum
from typing import Any

from lms.xapi.rules.json_text import decode_exact, encode

_FIRST_PAUSE_SECONDS = 15
_LONGEST_PAUSE_SECONDS = 3600


class Verdict(StrEnum):
    """What an answer means for what was sent."""

    DELIVERED = "delivered"
    REFUSED = "refused"
    """These statements will never be accepted together: find out which."""
    LATER = "later"
    """The other side cannot now, or does not know us: everything waits."""


def judge(status: int) -> Verdict:
    """The meaning of an HTTP status. A redirect is not followed: it waits until the address is mended."""
    if status == 200:
        return Verdict.DELIVERED
    if status in (400, 409, 413, 422):
        return Verdict.REFUSED
    return Verdict.LATER


def pause_after(failures: int, *, asked: int | None = None) -> timedelta:
    """How long to wait after so many failures in a row: 15 s, doubling, at most an hour.

    ``asked``: the seconds of a Retry-After header, kept to where they are longer, up to the hour.
    """
    seconds = _FIRST_PAUSE_SECONDS * 2 ** min(failures - 1, 10)
    return timedelta(seconds=min(max(seconds, asked or 0), _LONGEST_PAUSE_SECONDS))


def prepare_outgoing(text: bytes, *, people: str, key: str | None) -> bytes:
    """The statement as it leaves: without what the other LRS assigns itself, numbers as they are written.

    Args:
        people: how the home pages of our learners' accounts begin.
        key: of this target's own names for them, wherever the statement names one, and for the
            registration then; None leaves both as they are.
    """
    said = decode_exact(text)
    said.pop("stored", None)
    said.pop("authority", None)
    if key is not None and _rename_all(said, people, key):
        context = said.get("context", {})
        if "registration" in context:
            context["registration"] = str(_own_uuid(context["registration"], key))
    return encode(said)


def _rename_all(statement: dict[str, Any], people: str, key: str) -> bool:
    """Rename every learner the statement names; True where its actor or object is one."""
    target, context = statement["object"], statement.get("context", {})
    first = [_rename(statement["actor"], people, key)]
    if target.get("objectType") in ("Agent", "Group"):
        first.append(_rename(target, people, key))
    elif target.get("objectType") == "SubStatement" and _rename_all(target, people, key):
        inner = target.get("context", {})
        if "registration" in inner:
            inner["registration"] = str(_own_uuid(inner["registration"], key))
    others = [context[name] for name in ("instructor", "team") if name in context]
    others += [found["agent"] for found in context.get("contextAgents", [])]
    others += [found["group"] for found in context.get("contextGroups", [])]
    for actor in others:
        _rename(actor, people, key)
    return any(first)


def _rename(actor: dict[str, Any], people: str, key: str) -> bool:
    found = False
    for member in actor.get("member", []):
        found |= _rename(member, people, key)
    account = actor.get("account")
    if not account or not account["homePage"].startswith(people):
        return found
    account["name"] = base64.b32encode(_mac(account["name"], key)[:20]).decode().lower()
    return True


def _own_uuid(text: str, key: str) -> uuid.UUID:
    return uuid.UUID(bytes=_mac(text.lower(), key)[:16], version=4)


def _mac(text: str, key: str) -> bytes:
    return hmac.digest(key.encode(), text.encode(), "sha256")
