"""The form by which an administrator gives a role."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.lib.clock import CHILE
from lms.people.models import Institution, Role
from lms.people.selectors.roles import match_institutions

LONGEST_DAYS = 3653
"""Ten years: a later end is a typing error."""
MATCHES_SHOWN = 5


class RoleForm(forms.Form):
    """An account, a role, where it holds and until when. ``today``: calendar date of the request."""

    email = forms.EmailField(
        label=_("Correo de la cuenta"),
        help_text=_("La cuenta debe existir y tener su correo confirmado."),
        max_length=254,
        error_messages={
            "required": _("Escribe el correo de la cuenta."),
            "invalid": _("Escribe un correo completo, por ejemplo nombre@servicio.cl."),
        },
    )
    role = forms.ChoiceField(
        label=_("Rol"),
        choices=[("", _("Elige un rol")), *Role.choices],
        error_messages={
            "required": _("Elige un rol."),
            "invalid_choice": _("Elige un rol de la lista."),
        },
    )
    institution = forms.CharField(
        label=_("Institución"),
        help_text=_(
            "Su código o su nombre. Déjala en blanco si el rol vale en toda la plataforma: docencia, "
            "equipo del plan, auditoría o administración."
        ),
        required=False,
        max_length=255,
    )
    last_day = forms.DateField(
        label=_("Último día"),
        help_text=_("Sin fecha, el rol dura hasta que alguien lo termine."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Escribe la fecha así: 31-12-2026.")},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_institution(self) -> Institution | None:
        text = self.cleaned_data["institution"]
        if not text:
            return None
        found = match_institutions(text=text)
        if not found:
            raise forms.ValidationError(_("No hay ninguna institución con ese código o nombre."))
        if len(found) > 1:
            names = "; ".join(f"{row.name} ({row.code})" for row in found[:MATCHES_SHOWN])
            raise forms.ValidationError(
                _("Hay %(count)s instituciones con ese nombre. Escribe el código de una: %(names)s."),
                params={"count": len(found), "names": names},
            )
        return found[0]

    def clean_last_day(self) -> date | None:
        day: date | None = self.cleaned_data["last_day"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Esa fecha ya pasó. Elige hoy o un día que venga."))
        if day is not None and day > self.today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Elige una fecha dentro de los próximos diez años."))
        return day

    @property
    def until(self) -> datetime | None:
        """The instant at which the role ends: midnight in Chile after its last day."""
        day: date | None = self.cleaned_data["last_day"]
        return datetime.combine(day + timedelta(days=1), time(), tzinfo=CHILE) if day else None
