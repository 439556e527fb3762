"""Words in a form, cleaned before they are asked for and measured: what cannot be seen is not counted."""

from typing import Any

from django import forms

from lms.lib.words import clean_line, clean_text


class WordsField(forms.CharField):
    """Several lines."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return clean_text(super().to_python(value) or "")


class LineField(forms.CharField):
    """One line."""

    def to_python(self, value: Any) -> str:
        return clean_line(super().to_python(value) or "")
