"""The text that is kept: what came, byte for byte, with what the record itself must say."""

import json

import msgspec
from msgspec import UNSET, Raw

from lms.xapi.rules.shapes import CONTEXT_LISTS, Context, ContextActivities, SubStatement
from lms.xapi.rules.statements import Checked

_parts = msgspec.json.Decoder(dict[str, Raw]).decode
_ASSIGNED = {"id", "stored", "authority"}


def assemble(checked: Checked, *, statement_id: str, stored: str, authority: bytes, version: str) -> bytes:
    """The JSON text to keep (xAPI-Data 2.4.1, 2.4.7 to 2.4.10).

    ``authority`` is JSON; ``version`` is what a statement without one gets. A lone context activity
    becomes a list (2.4.6.2); every other value keeps the very text it came in.
    """
    given = _parts(checked.raw)
    kept = [b'{"id":"', statement_id.encode(), b'"']
    for name, value in given.items():
        if name not in _ASSIGNED:
            kept += [b',"', name.encode(), b'":', _part(checked, name, value)]
    if "timestamp" not in given:
        kept += [b',"timestamp":"', stored.encode(), b'"']
    if "version" not in given:
        kept += [b',"version":"', version.encode(), b'"']
    kept += [b',"stored":"', stored.encode(), b'","authority":', authority, b"}"]
    return b"".join(kept)


def _part(checked: Checked, name: str, value: Raw) -> bytes:
    if name == "context" and _has_lone(checked.shape.context):
        return _listed_context(value)
    if name == "object" and isinstance(checked.object, SubStatement) and _has_lone(checked.object.context):
        parts = _parts(value)
        parts["context"] = Raw(_listed_context(parts["context"]))
        return _joined(parts)
    return bytes(value)


def _has_lone(context: Context | msgspec.UnsetType) -> bool:
    if context is UNSET or context.contextActivities is UNSET:
        return False
    found: ContextActivities = context.contextActivities
    return any(type(getattr(found, name)) not in (list, msgspec.UnsetType) for name in CONTEXT_LISTS)


def _listed_context(value: Raw) -> bytes:
    parts = _parts(value)
    lists = _parts(parts["contextActivities"])
    for name, activities in lists.items():
        text = bytes(activities).strip()
        lists[name] = Raw(text if text.startswith(b"[") else b"[" + text + b"]")
    parts["contextActivities"] = Raw(_joined(lists))
    return _joined(parts)


def _joined(parts: dict[str, Raw]) -> bytes:
    return b"{" + b",".join(json.dumps(k).encode() + b":" + bytes(v) for k, v in parts.items()) + b"}"
