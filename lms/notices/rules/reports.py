"""Reading what mail servers send back: bounces, complaints, requests to stop. Pure, and never raises.

Delivery status reports: RFC 3464. Complaints: RFC 5965. Besides them the bounces of qmail and of old
Exim, which follow neither. Whatever else comes (holiday answers, spam) says nothing.

Which e-mail is meant is told by the token in the address that the report came to, or by the
``Message-ID`` in what it returns: a report without a token of ours changes nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesParser
from email.policy import compat32

from lms.notices.rules.addresses import ProblemKind
from lms.notices.rules.replies import classify_failure, find_status

LIMIT = 256 * 1024
"""Bytes that are read of one report: what matters stands first."""

_MOST_PARTS = 40
_MOST_TEXT = 8_000
_HEX_32 = r"([0-9a-f]{32})"
_ADDRESSED = re.compile(r"\+(baja-)?" + _HEX_32 + "@", re.IGNORECASE)
_MESSAGE_ID = re.compile("<" + _HEX_32 + "@", re.IGNORECASE)
_SMTP_CODE = re.compile(r"\b([45]\d\d)\b")
_ADDRESS_HEADERS = ("Delivered-To", "X-Original-To", "Envelope-To", "To")
_COMPLAINTS = frozenset({"abuse", "fraud"})
_QMAIL = "Hi. This is the"


@dataclass(frozen=True)
class Report:
    """What one report says. ``problem`` None: the person asks by e-mail to be written to no more."""

    token: str
    problem: ProblemKind | None
    status: str = ""


def read_report(raw: bytes) -> Report | None:
    """The report in a message; ``None`` where it says nothing that concerns us."""
    try:
        message = BytesParser(policy=compat32).parsebytes(raw[:LIMIT])
        return _read(message)
    except Exception:
        # Whoever likes can send us anything; the standard library's parser fails in many ways.
        return None


def _read(message: Message) -> Report | None:
    asked = _find_addressed(message)
    if asked and asked[1]:
        return Report(asked[2].lower(), None)
    parts = list(_parts(message))
    token = asked[2].lower() if asked else _find_returned(parts)
    if not token:
        return None
    return _of_complaint(token, parts) or _of_delivery(token, parts) or _of_old_program(token, message, parts)


def _parts(message: Message) -> Iterator[Message]:
    for number, part in enumerate(message.walk()):
        if number == _MOST_PARTS:
            return
        yield part


def _find_addressed(message: Message) -> re.Match[str] | None:
    values = (str(value) for name in _ADDRESS_HEADERS for value in message.get_all(name, [])[:5])
    return next((found for value in values if (found := _ADDRESSED.search(value[:1000]))), None)


def _find_returned(parts: list[Message]) -> str:
    """The Message-ID of ours in the part that returns our text or its headers."""
    for part in parts[1:]:
        text = str(part.get("Message-ID", ""))
        if part.get_content_type() == "text/rfc822-headers":
            text = _text_of(part)
        found = _MESSAGE_ID.search(text)
        if found:
            return found[1].lower()
    return ""


def _of_complaint(token: str, parts: list[Message]) -> Report | None:
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            fields = _blocks(part)
            kind = str(fields[0].get("Feedback-Type", "")).strip().lower() if fields else ""
            return Report(token, ProblemKind.COMPLAINT) if kind in _COMPLAINTS else None
    return None


def _of_delivery(token: str, parts: list[Message]) -> Report | None:
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            failed = [b for b in _blocks(part) if str(b.get("Action", "")).strip().lower() == "failed"]
            return _of_recipient(token, failed[0]) if failed else None
    return None


def _of_recipient(token: str, fields: Message) -> Report:
    """One recipient's fields. A status without detail gives way to what the other server said."""
    diagnostic = str(fields.get("Diagnostic-Code", ""))[:2000]
    status = find_status(str(fields.get("Status", "")))
    if not status or status.endswith(".0.0"):
        detail = find_status(diagnostic.partition(";")[2])
        code = _SMTP_CODE.search(diagnostic)
        if detail and not detail.endswith(".0.0"):
            status = detail
        elif code:
            return Report(token, classify_failure(status="", code=int(code[1])), status or code[1])
    return Report(token, classify_failure(status=status), status)


def _of_old_program(token: str, message: Message, parts: list[Message]) -> Report | None:
    text = next((_text_of(part) for part in parts if part.get_content_type() == "text/plain"), "")
    is_bounce = "X-Failed-Recipients" in message or text.lstrip().startswith(_QMAIL)
    if not is_bounce:
        return None
    status = find_status(text)
    code = _SMTP_CODE.search(text)
    kind = classify_failure(status=status, code=int(code[1]) if code else 0)
    return Report(token, kind, status)


def _blocks(part: Message) -> list[Message]:
    payload = part.get_payload()
    return [block for block in payload if isinstance(block, Message)] if isinstance(payload, list) else []


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    return payload[:_MOST_TEXT].decode("utf-8", "replace") if isinstance(payload, bytes) else ""
