"""Fields of the forms of those who keep a plan."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.ui.day_field import DayField
from lms.ui.text_fields import LineField, WordsField

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""A day outside is a typing error."""


class YearedDayField(DayField):
    """A day of this century."""

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Revisa el año: debe estar entre 2000 y 2100."))
        return day


def words_field(label: Any, longest: int, required_text: Any = "", **more: Any) -> WordsField:
    return WordsField(
        label=label,
        max_length=longest,
        required=bool(required_text),
        error_messages={
            "required": required_text,
            "max_length": _("Es demasiado largo: usa hasta %(limit_value)s letras."),
        },
        **more,
    )


def line_field(label: Any, longest: int, required_text: Any = "", **more: Any) -> LineField:
    return LineField(
        label=label,
        max_length=longest,
        required=bool(required_text),
        error_messages={
            "required": required_text,
            "max_length": _("Es demasiado largo: usa hasta %(limit_value)s letras."),
        },
        **more,
    )
