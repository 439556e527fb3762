"""What is wrong with a parameter of an API, in words."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

_TEXTS = {
    "missing": gettext_lazy("falta."),
    "int_parsing": gettext_lazy("debe ser un número entero."),
    "int_parsing_size": gettext_lazy("el número es demasiado grande."),
    "int_from_float": gettext_lazy("debe ser un número entero."),
    "greater_than_equal": gettext_lazy("debe ser %(ge)s o más."),
    "less_than_equal": gettext_lazy("debe ser %(le)s o menos."),
    "string_too_long": gettext_lazy("debe tener %(max_length)s caracteres o menos."),
    "string_type": gettext_lazy("debe ser un texto."),
    "string_unicode": gettext_lazy("tiene caracteres que no se pueden leer."),
    "enum": gettext_lazy("debe ser uno de estos valores: %(expected)s."),
    "bool_parsing": gettext_lazy("debe ser true o false."),
}


def describe_errors(*, errors: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """The findings of the parser (pydantic), as name and what is wrong, one for each part of the request."""
    return [(_name(error["loc"]), _text(error)) for error in errors]


def _name(places: Iterable[object]) -> str:
    """``("query", "params", "limit")`` → ``query.limit``."""
    return ".".join(str(place)[:40] for place in places if place != "params")


def _text(error: Mapping[str, Any]) -> str:
    values = error.get("ctx", {})
    if error["type"] == "value_error":
        return str(values.get("error", ""))
    text = _TEXTS.get(error["type"])
    if text is None:
        return _("no tiene la forma que se espera.")
    expected = {name: str(value).replace(" or ", " o ") for name, value in values.items()}
    return str(text) % expected
