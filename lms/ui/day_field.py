"""A calendar day in a form: one way to ask for it, and to say that it is spelled wrongly."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DayField(forms.DateField):
    """A calendar day; ``required_text`` is said where it lacks."""

    def __init__(self, *, required_text: object = "", **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
        errors = {"invalid": _("Escribe la fecha así: 31-12-2026.")}
        if required_text:
            errors["required"] = required_text  # type: ignore[assignment]
        super().__init__(error_messages=errors, **kwargs)
