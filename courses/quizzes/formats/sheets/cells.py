"""Texts in cells: none of ours is taken for a formula, and what was added for that is taken away again."""

import re
from decimal import Decimal
from typing import Any

LONGEST_CELL = 32_767
"""Characters; Excel cuts the rest off."""

_GUARDED = re.compile(r"'*\s*[=+\-@\t\r\n＝＋－＠]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def tidy(text: str) -> str:
    """A text as a cell keeps it: lines end alike, no control characters, no blanks around it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _CONTROL.sub("", lines).strip()


def guard(text: str) -> str:
    """The text so that no program takes it for a formula (OWASP, CSV injection)."""
    return f"'{text}" if _GUARDED.match(text) else text


def unguard(text: str) -> str:
    """The inverse of :func:`guard`."""
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def cell_text(value: Any) -> str:
    """What a person sees in a cell, tidy. Numbers are written as in Chile, with a comma."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "verdadero" if value else "falso"
    if isinstance(value, float):
        number = Decimal(repr(value))
        return number_text(number.to_integral_value() if number == int(value) else number)
    return unguard(tidy(str(value)))


def number_text(number: Decimal) -> str:
    """``1500`` and ``0,5``; never an exponent."""
    return f"{number:f}".replace(".", ",")


def fold(text: str) -> str:
    """A title or a name so that two writings of the same are equal: «Corrección » and «correccion»."""
    plain = text.casefold().translate(str.maketrans("áéíóúü", "aeiouu"))
    return " ".join(plain.replace("_", " ").split())
