"""JSON as xAPI needs it: no property twice, no number lost.

A number that Python cannot hold (an integer of hundreds of digits, a float beyond 1e308) keeps its text, as
``msgspec.Raw``, and is written again as it came.
"""

import json
import math
import re
from typing import Any

import msgspec

from lms.xapi.rules.errors import InvalidValueError

_LONGEST_INTEGER = 400
DEEPEST = 200
"""Levels of JSON: more than any statement needs, less than would exhaust the stack."""
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[{}\[\]]').finditer


def decode(raw: bytes) -> Any:
    """The JSON value of a UTF-8 text.

    Raises:
        InvalidValueError: not UTF-8, not JSON, nested without end, or a property twice in one object
            (xAPI-Data 2.2).
    """
    check_depth(raw)
    try:
        value = _decode(raw.decode())
        if b"\\ud" in raw or b"\\uD" in raw:
            msgspec.json.encode(value)
        return value
    except UnicodeEncodeError:
        raise InvalidValueError("hay medio carácter (un sustituto suelto)") from None
    except RecursionError:
        raise InvalidValueError("demasiados niveles anidados") from None
    except UnicodeDecodeError:
        raise InvalidValueError("el texto no es UTF-8") from None
    except json.JSONDecodeError as error:
        raise InvalidValueError(f"JSON mal formado: {error}") from None


def check_depth(raw: bytes) -> None:
    """At most ``DEEPEST`` levels: what is taken in must be readable from anywhere in a program.

    Raises:
        InvalidValueError: there are more.
    """
    if raw.count(b"{") + raw.count(b"[") <= DEEPEST:
        return
    depth = 0
    for found in _BRACKETS(raw):
        if found[0] in b"{[":
            depth += 1
            if depth > DEEPEST:
                raise InvalidValueError(f"más de {DEEPEST} niveles anidados")
        elif found[0] in b"}]":
            depth -= 1


def decode_object(raw: bytes) -> dict[str, Any]:
    """As ``decode``, for an object.

    Raises:
        InvalidValueError: also where it is something else.
    """
    value = decode(raw)
    if not isinstance(value, dict):
        raise InvalidValueError("debe ser un objeto JSON")
    return value


def decode_exact(raw: bytes) -> dict[str, Any]:
    """The JSON object of a text that was checked before, its numbers as they are written: for copying."""
    found: dict[str, Any] = _decode_exact(raw.decode())
    return found


def encode(value: Any) -> bytes:
    """JSON text; properties in the order they have."""
    return msgspec.json.encode(value)


def encode_sorted(value: Any) -> bytes:
    """JSON text that is equal for values that are: properties in alphabetical order, at every level."""
    return msgspec.json.encode(value, order="sorted")


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise InvalidValueError(f"la propiedad «{twice}» aparece dos veces")
    return found


def _integer(text: str) -> int | msgspec.Raw:
    return int(text) if len(text) < _LONGEST_INTEGER else msgspec.Raw(text.encode())


def _float(text: str) -> float | msgspec.Raw:
    value = float(text)
    return msgspec.Raw(text.encode()) if math.isinf(value) else value


def _refuse(name: str) -> Any:
    raise InvalidValueError(f"{name} no es JSON")


_decode = json.JSONDecoder(
    object_pairs_hook=_unique, parse_int=_integer, parse_float=_float, parse_constant=_refuse
).decode


def _written(text: str) -> msgspec.Raw:
    return msgspec.Raw(text.encode())


_decode_exact = json.JSONDecoder(parse_int=_written, parse_float=_written).decode
