"""The description of the API as people read it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from lms.api.documents import build_description

JSON = "application/json"


@dataclass(frozen=True)
class Bit:
    """A run of text; code where it stood between backticks."""

    text: str
    is_code: bool


@dataclass(frozen=True)
class Value:
    """A parameter or a field: its name, what it may be, and what it means."""

    name: str
    kind: str
    text: str
    is_required: bool = False


@dataclass(frozen=True)
class Call:
    """One operation. ``example``: an answer, as JSON."""

    id: str
    method: str
    path: str
    summary: str
    text: list[Bit]
    parameters: list[Value]
    body: list[Value]
    fields: list[Value]
    example: str


@dataclass(frozen=True)
class Topic:
    """Operations about one thing."""

    id: str
    name: str
    text: str
    calls: list[Call]


@cache
def list_topics() -> list[Topic]:
    """The operations by their tags, in the order of the description."""
    found = build_description()
    return [_topic(found, number, tag) for number, tag in enumerate(found["tags"], start=1)]


def bits_of(text: str) -> list[Bit]:
    """``"Con `since`, …"`` → three bits, the second one code."""
    return [Bit(part, bool(number % 2)) for number, part in enumerate(text.split("`")) if part]


def _topic(found: dict[str, Any], number: int, tag: dict[str, str]) -> Topic:
    calls = [
        _call(found, method, path, operation)
        for path, methods in found["paths"].items()
        for method, operation in methods.items()
        if tag["name"] in operation["tags"]
    ]
    return Topic(f"tema-{number}", tag["name"], tag["description"], calls)


def _call(found: dict[str, Any], method: str, path: str, operation: dict[str, Any]) -> Call:
    answer = next(
        response["content"][JSON]["schema"]
        for status, response in operation["responses"].items()
        if status.startswith("2")
    )
    body = operation.get("requestBody", {}).get("content", {}).get(JSON, {}).get("schema")
    return Call(
        id=operation["operationId"].replace("_", "-"),
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        text=bits_of(operation.get("description", "")),
        parameters=[_parameter(found, item) for item in operation["parameters"]],
        body=list(_fields(found, body)) if body else [],
        fields=list(_fields(found, answer)),
        example=json.dumps(_example(found, answer), ensure_ascii=False, indent=2),
    )


def _parameter(found: dict[str, Any], item: dict[str, Any]) -> Value:
    schema = _solve(found, item["schema"])
    text = item.get("description") or schema.get("description", "")
    return Value(item["name"], _kind(found, item["schema"]), text, item.get("required", False))


def _fields(found: dict[str, Any], schema: dict[str, Any], before: str = "") -> Iterator[Value]:
    """The fields of an object, those of the objects inside it after each."""
    whole = _solve(found, schema)
    for name, inner in whole.get("properties", {}).items():
        solved = _solve(found, inner)
        text = inner.get("description") or solved.get("description", "")
        is_required = name in whole.get("required", [])
        yield Value(f"{before}{name}", _kind(found, inner), text, is_required)
        if solved.get("type") == "object":
            yield from _fields(found, inner, f"{before}{name}.")
        elif solved.get("type") == "array":
            yield from _fields(found, solved["items"], f"{before}{name}[].")


def _solve(found: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    """The schema that a reference, or what may also be null, stands for."""
    if "$ref" in schema:
        return _solve(found, found["components"]["schemas"][schema["$ref"].rpartition("/")[2]])
    for option in schema.get("anyOf", []):
        if option.get("type") != "null":
            return _solve(found, option)
    return schema


def _kind(found: dict[str, Any], schema: dict[str, Any]) -> str:
    solved = _solve(found, schema)
    names = {
        "string": _("texto"),
        "integer": _("número entero"),
        "number": _("número"),
        "boolean": _("true o false"),
        "array": _("lista"),
        "object": _("objeto"),
    }
    formats = {"date": _("fecha"), "date-time": _("instante"), "uuid": _("identificador")}
    kind = formats.get(solved.get("format", "")) or names.get(solved.get("type", ""), "")
    if "enum" in solved:
        kind = ", ".join(map(str, solved["enum"]))
    can_be_null = any(option.get("type") == "null" for option in schema.get("anyOf", []))
    return _("%(kind)s o null") % {"kind": kind} if can_be_null and "enum" not in solved else kind


def _example(found: dict[str, Any], schema: dict[str, Any]) -> Any:
    if "examples" in schema:
        return schema["examples"][0]
    solved = _solve(found, schema)
    if "examples" in solved:
        return solved["examples"][0]
    if solved.get("type") == "object":
        return {name: _example(found, inner) for name, inner in solved.get("properties", {}).items()}
    if solved.get("type") == "array":
        return [_example(found, solved["items"])]
    return "2026-11-20T14:00:00.000000Z" if solved.get("format") == "date-time" else solved.get("default")
