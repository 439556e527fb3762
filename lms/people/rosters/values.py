"""Reading one cell: text, RUN, e-mail, date, estamento, legal quality."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from stdnum.cl import rut
from stdnum.exceptions import InvalidChecksum

from lms.lib.run import InvalidRunError, compact_run
from lms.lib.words import plain_words
from lms.people.rosters.problems import Problem, ValueProblemError

QUOTED_CHARACTERS = 60
"""How much of a wrong value is repeated in its error."""

# A formula kept as text would run when the list is opened in a spreadsheet again.
_FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_TEXT_FORMULA = re.compile(r'^="([^"]*)"$')  # how Excel keeps a number as text in a CSV
_ERROR_VALUE = re.compile(r"^#[^ ]+[!?AD]$")  # #N/A, #¡REF!, #NAME?, #N/D
_MANY_DIGITS = re.compile(r"\d\D?\d\D?\d\D?\d\D?\d\D?\d")
_EMAIL = re.compile(r"^[^@\s<>\"',;:()\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9-]*\.)+[A-Za-z]{2,63}$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[ T]\d{1,2}:\d{2}.*)?$")
_YEAR_FIRST = re.compile(r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[ T]\d{1,2}:\d{2}.*)?$")

_EXCEL_DAY_ZERO = date(1899, 12, 30)
_EXCEL_SERIALS = range(10_000, 80_000)  # 1927 to 2119
_YEARS = range(1930, 2101)
_NO_WORDS: Mapping[str, str] = {}

_ESTAMENTOS: dict[str, tuple[str, ...]] = {
    "directivos": (
        "directivo",
        "directiva",
        "directivos",
        "directivas",
        "jefatura",
        "jefaturas",
        "alta direccion publica",
        "autoridad",
        "autoridades",
    ),
    "profesionales": ("profesional", "profesionales"),
    "fiscalizadores": ("fiscalizador", "fiscalizadora", "fiscalizadores", "fiscalizadoras"),
    "tecnicos": ("tecnico", "tecnica", "tecnicos", "tecnicas"),
    "administrativos": ("administrativo", "administrativa", "administrativos", "administrativas"),
    "auxiliares": ("auxiliar", "auxiliares"),
    "otro": ("otro", "otra", "otros", "otras", "sin estamento", "no aplica", "n a"),
}
_LEGAL_QUALITIES: dict[str, tuple[str, ...]] = {
    "planta": ("planta", "de planta", "titular", "planta titular", "titular de planta"),
    "contrata": ("contrata", "a contrata", "contratas"),
    "honorarios": (
        "honorarios",
        "honorario",
        "a honorarios",
        "suma alzada",
        "honorarios suma alzada",
        "honorarios a suma alzada",
    ),
    "suplente": (
        "suplente",
        "suplencia",
        "reemplazo",
        "reemplazante",
        "suplente o reemplazo",
        "suplencia o reemplazo",
        "suplente reemplazo",
        "suplencia reemplazo",
    ),
    "codigo_trabajo": (
        "codigo del trabajo",
        "codigo trabajo",
        "cod trabajo",
        "cod del trabajo",
        "c trabajo",
        "regimen codigo del trabajo",
    ),
}
_ESTAMENTO_OF = {word: code for code, words in _ESTAMENTOS.items() for word in words}
_QUALITY_OF = {word: code for code, words in _LEGAL_QUALITIES.items() for word in words}
_ESTAMENTO_PREFIX = re.compile(r"^(?:estamento|escalafon|planta)(?: (?:de|del))? ")
_INCLUSIVE_ENDING = re.compile(r" (?:a|as|o|os)$")


def text_of(value: object) -> str:
    """A cell as one line of text: single spaces, no invisible marks; empty when there is nothing.

    Raises:
        ValueProblemError: control characters, characters lost by a wrong encoding, a formula.
    """
    if value is None:
        return ""
    text = _spell(value)
    if not (text.isascii() and text.isprintable()):
        text = _clean(text)
    text = " ".join(text.split())
    if text.startswith(_FORMULA_STARTS):
        unwrapped = _TEXT_FORMULA.match(text)
        if unwrapped is None:
            raise ValueProblemError(Problem.FORMULA)
        return text_of(unwrapped.group(1))
    if text.startswith("#") and _ERROR_VALUE.match(text):
        raise ValueProblemError(Problem.FORMULA)
    return text


def _spell(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.strftime("%d-%m-%Y")
    return str(value)


def spell_cell(value: object) -> str:
    """A cell as it can be written again: one line, nothing that no spreadsheet keeps."""
    text = "" if value is None else _spell(value)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:1_000]


def _clean(text: str) -> str:
    kept = []
    for letter in unicodedata.normalize("NFC", text):
        category = unicodedata.category(letter)
        if letter == "\N{REPLACEMENT CHARACTER}" or (category in {"Cc", "Cs"} and letter not in "\t\r\n"):
            raise ValueProblemError(Problem.UNREADABLE)
        if category != "Cf":
            kept.append(letter)
    return "".join(kept)


def quote(text: str) -> str:
    """What an error may repeat: short, and nothing that could be a RUN or an address."""
    return "" if "@" in text or _MANY_DIGITS.search(text) else text[:QUOTED_CHARACTERS]


def read_run(text: str) -> str:
    """The compact RUN.

    Raises:
        ValueProblemError: not the form of a RUN, or its check digit does not belong to it.
    """
    try:
        return compact_run(text)
    except InvalidRunError as error:
        wrong_digit = isinstance(error.__cause__, InvalidChecksum)
        raise ValueProblemError(Problem.WRONG_DIGIT if wrong_digit else Problem.WRONG_RUN) from None


def guess_run(text: str) -> str | None:
    """The RUN that was probably meant by one with a wrong check digit; protects, never identifies."""
    body = rut.compact(text.strip().lstrip("0"))[:-1]
    return f"{body}{rut.calc_check_digit(body)}" if body.isascii() and body.isdigit() else None


def read_email(text: str) -> str:
    """The address in lower case.

    Raises:
        ValueProblemError: not an address.
    """
    if len(text) > 254 or not _EMAIL.match(text):
        raise ValueProblemError(Problem.WRONG_EMAIL)
    return text.lower()


def read_date(value: object, words: Mapping[str, str] = _NO_WORDS) -> date | None:
    """A day: dd-mm-aaaa, dd/mm/aaaa, ISO, or a spreadsheet's date or day number; empty is ``None``.

    ``words``: an institution's own words for "no date".

    Raises:
        ValueProblemError: anything else, and years outside 1930 to 2100.
    """
    if isinstance(value, datetime):
        value = value.date()
    if words and isinstance(value, str) and plain_words(value) in words:
        return None
    day = value if isinstance(value, date) else _date_of_text(text_of(value))
    if day is not None and day.year not in _YEARS:
        raise ValueProblemError(Problem.WRONG_DATE, f"{day:%d-%m-%Y}")
    return day


def _date_of_text(text: str) -> date | None:
    if not text:
        return None
    if text.isascii() and text.isdigit() and len(text) == 5 and int(text) in _EXCEL_SERIALS:
        return _EXCEL_DAY_ZERO + timedelta(days=int(text))
    try:
        if found := _DAY_FIRST.match(text):
            day, month, year = (int(part) for part in found.groups())
            return date(year, month, day)
        if found := _YEAR_FIRST.match(text):
            year, month, day = (int(part) for part in found.groups())
            return date(year, month, day)
    except ValueError:
        pass
    raise ValueProblemError(Problem.WRONG_DATE, quote(text))


def read_estamento(text: str, own: Mapping[str, str] = _NO_WORDS) -> str:
    """The code of an estamento, whatever its number, gender or case; ``own``: the institution's words.

    Raises:
        ValueProblemError: unknown.
    """
    words = plain_words(text)
    shorter = _INCLUSIVE_ENDING.sub("", _ESTAMENTO_PREFIX.sub("", words))
    code = own.get(words) or _ESTAMENTO_OF.get(words) or _ESTAMENTO_OF.get(shorter)
    if code is None:
        raise ValueProblemError(Problem.UNKNOWN_ESTAMENTO, quote(text))
    return code


def read_legal_quality(text: str, own: Mapping[str, str] = _NO_WORDS) -> str:
    """The code of a calidad jurídica; ``own``: the institution's words.

    Raises:
        ValueProblemError: unknown.
    """
    words = plain_words(text)
    code = own.get(words) or _QUALITY_OF.get(words)
    if code is None:
        raise ValueProblemError(Problem.UNKNOWN_QUALITY, quote(text))
    return code
