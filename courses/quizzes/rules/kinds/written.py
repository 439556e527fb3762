"""Reading what people write: numbers as they are written in Chile, and texts that mean the same."""

import unicodedata
from decimal import Decimal, InvalidOperation

LONGEST_SHORT = 200
"""Characters of a short answer."""


def read_number(text: str) -> Decimal | None:
    """``"1.234,5"`` and ``"1234.5"`` alike; ``None`` where it is no number.

    A comma is the decimal sign, as in Spanish. Points are then thousands. Without a comma, a single
    point is the decimal sign unless exactly three figures follow it after one to three others, as
    in ``1.500``: that is fifteen hundred.
    """
    cleaned = text.replace("\u00a0", "").replace("\u202f", "").replace(" ", "").replace("−", "-")
    if len(cleaned) > 40 or cleaned.count(",") > 1:
        return None
    whole, comma, decimals = cleaned.partition(",")
    if comma:
        cleaned = f"{_without_thousands(whole)}.{decimals}" if whole else f"0.{decimals}"
    else:
        cleaned = _without_thousands(whole)
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 30 else None


def _without_thousands(text: str) -> str:
    head, *groups = text.split(".")
    figures = head.lstrip("+-")
    grouped = bool(groups) and all(len(group) == 3 and group.isdigit() for group in groups)
    if grouped and figures.isdigit() and 1 <= len(figures) <= 3 and figures != "0":
        return head + "".join(groups)
    return text


def fold_text(text: str, *, with_accents: bool = False, with_case: bool = False) -> str:
    """A text so that two writings of the same are equal: blanks, and unless asked, capitals and accents.

    The tilde of ñ is no accent: «año» is not «ano».
    """
    text = " ".join(unicodedata.normalize("NFC", text).split()).strip(" .;:,¡!¿?«»\"'")
    if not with_case:
        text = text.casefold()
    if with_accents:
        return text
    kept = text.replace("ñ", "\0").replace("Ñ", "\1")
    letters = unicodedata.normalize("NFD", kept)
    plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return plain.replace("\0", "ñ").replace("\1", "Ñ")
