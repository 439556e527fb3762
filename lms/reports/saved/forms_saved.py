"""The forms by which a view is saved and sent again and again."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.people.models import User
from lms.reports.models import ReportSchedule

WEEKDAYS = (
    (1, _("lunes")), (2, _("martes")), (3, _("miércoles")), (4, _("jueves")), (5, _("viernes")),
    (6, _("sábado")), (7, _("domingo")),
)  # fmt: skip
MOST_RECIPIENTS = 50


class SavedViewForm(forms.Form):
    """A name; ``may_share``: whether it can be offered to others."""

    name = forms.CharField(
        label=_("Nombre de la vista"),
        max_length=80,
        error_messages={"required": _("Ponle un nombre.")},
    )
    is_shared = forms.BooleanField(
        label=_("Compartirla con Gestión de Personas y Auditoría de la institución"), required=False
    )

    def __init__(self, *args: Any, may_share: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_share:
            del self.fields["is_shared"]

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if "\x00" in name:
            raise forms.ValidationError(_("Ponle un nombre."))
        return name


class ScheduleForm(forms.Form):
    """How often, in which format, to which accounts; ``candidates``: those who may be chosen."""

    every = forms.ChoiceField(
        label=_("Cada cuánto"),
        choices=ReportSchedule.Every.choices,
        error_messages={"required": _("Elige cada cuánto."), "invalid_choice": _("Elige cada cuánto.")},
    )
    weekday = forms.TypedChoiceField(
        label=_("Día de la semana"),
        help_text=_("Si es cada semana."),
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        empty_value="",
    )
    month_day = forms.IntegerField(
        label=_("Día del mes"),
        help_text=_("Si es cada mes: del 1 al 28."),
        min_value=1,
        max_value=28,
        required=False,
        error_messages={
            "invalid": _("Escribe un número del 1 al 28."),
            "min_value": _("Escribe un número del 1 al 28."),
            "max_value": _("Escribe un número del 1 al 28."),
        },
    )
    format = forms.ChoiceField(
        label=_("Formato"),
        help_text=_("Los archivos con nombres se abren en la plataforma. El PDF va adjunto al correo."),
        choices=ReportSchedule.Format.choices,
        error_messages={"required": _("Elige el formato."), "invalid_choice": _("Elige el formato.")},
    )
    recipients = forms.MultipleChoiceField(
        label=_("Quiénes lo reciben"),
        help_text=_("Solo cuentas con un rol en la institución. Si pierden el rol, dejan de recibirlo."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Elige al menos una cuenta."),
            "invalid_choice": _("Elige cuentas de la lista."),
        },
    )

    def __init__(self, *args: Any, candidates: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.candidates = {str(user.pk): user for user in candidates}
        field = self.fields["recipients"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (pk, f"{user.get_full_name()} ({user.email})") for pk, user in self.candidates.items()
        ]

    def clean_recipients(self) -> list[User]:
        return [self.candidates[pk] for pk in self.cleaned_data["recipients"]][:MOST_RECIPIENTS]

    def day(self) -> int:
        """Weekday or day of the month, by what was chosen; the first where none was."""
        if self.cleaned_data["every"] == ReportSchedule.Every.WEEK:
            return int(self.cleaned_data["weekday"] or 1)
        return int(self.cleaned_data["month_day"] or 1)
