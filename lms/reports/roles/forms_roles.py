"""The form by which an administrator gives a role."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.lib.clock import CHILE
from lms.people.models import Institution, Role, Unit
from lms.people.selectors.roles import match_institutions, match_units
from lms.people.services.roles import RolePlace
from lms.progress.rules.dates import end_of_day
from lms.ui.day_field import DayField

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
            "revisión de cursos, equipo del plan, auditoría o administración."
        ),
        required=False,
        max_length=255,
    )
    unit = forms.CharField(
        label=_("Unidad"),
        help_text=_("Solo para jefaturas, o si el rol vale en una unidad: su código o su nombre."),
        required=False,
        max_length=255,
    )
    with_dependents = forms.BooleanField(
        label=_("También en las instituciones que dependen de ella"), required=False
    )
    last_day = DayField(
        label=_("Último día"),
        help_text=_("Sin fecha, el rol dura hasta que alguien lo termine."),
        required=False,
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

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        text, institution = data.get("unit"), data.get("institution")
        if text and "institution" not in self.errors:
            data["unit"] = self._find_unit(text, institution)
        return data

    def _find_unit(self, text: str, institution: Institution | None) -> Unit | None:
        if institution is None:
            self.add_error("institution", _("Escribe también la institución de la unidad."))
            return None
        found = match_units(institution=institution, text=text)
        if len(found) == 1:
            return found[0]
        if not found:
            self.add_error("unit", _("La institución no tiene ninguna unidad con ese código o nombre."))
        else:
            names = "; ".join(f"{row.name} ({row.code})" for row in found[:MATCHES_SHOWN])
            self.add_error(
                "unit", _("Hay varias con ese nombre. Escribe el código: %(names)s.") % {"names": names}
            )
        return None

    @property
    def place(self) -> RolePlace:
        """Where the role shall hold."""
        data = self.cleaned_data
        return RolePlace(data["institution"], data["unit"] or None, data["with_dependents"])

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
        return end_of_day(day=day, zone=CHILE) if day else None


class DelegationForm(forms.Form):
    """Which of one's roles, to whom, until when. ``roles``: pairs of id and words."""

    role = forms.ChoiceField(label=_("Rol"))
    email = forms.EmailField(
        label=_("Correo de la cuenta"),
        help_text=_("De quien te reemplaza. Su cuenta debe existir y tener su correo confirmado."),
        max_length=254,
        error_messages={
            "required": _("Escribe el correo de la cuenta."),
            "invalid": _("Escribe un correo completo, por ejemplo nombre@servicio.cl."),
        },
    )
    last_day = DayField(
        label=_("Último día"),
        required_text=_("Escribe hasta qué día."),
    )

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles  # type: ignore[attr-defined]
        if len(roles) == 1:
            self.fields["role"].initial = roles[0][0]
