"""Days in forms: one way to mistype the year."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

EARLIEST = date(1950, 1, 1)
LONGEST = timedelta(days=3653)
"""Ten years ahead: a later day is a typing error."""


class DatedForm(forms.Form):
    """A form that knows the day of the request and refuses years that are typing errors."""

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name, value in list(data.items()):
            if isinstance(value, date) and not EARLIEST <= value <= self.today + LONGEST:
                self.add_error(name, _("Revisa el año."))
        return self.cleaned_data
