"""The forms by which HR freezes a report and withdraws it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.reports.compliance.standing_filters import FIRST_DAY
from lms.ui.day_field import DayField


class FreezeForm(forms.Form):
    """A title, the period in words and the day. ``today``: calendar date of the request."""

    title = forms.CharField(
        label=_("Título"),
        max_length=160,
        error_messages={"required": _("Escribe un título.")},
    )
    period = forms.CharField(
        label=_("Período"),
        help_text=_("Con palabras, por ejemplo: Segundo semestre de 2026."),
        max_length=80,
        error_messages={"required": _("Escribe el período.")},
    )
    day = DayField(
        label=_("Situación al"),
        help_text=_("Hoy o un día que ya pasó."),
        required_text=_("Elige el día."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_day(self) -> date:
        day: date = self.cleaned_data["day"]
        if not FIRST_DAY <= day <= self.today:
            raise forms.ValidationError(_("Elige hoy o un día que ya pasó."))
        return day


class WithdrawForm(forms.Form):
    """Why the report no longer holds."""

    reason = forms.CharField(
        label=_("Motivo"),
        help_text=_("Queda en el informe. No escribas nombres de personas."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escribe por qué se retira.")},
    )
