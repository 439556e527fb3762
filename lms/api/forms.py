"""The form by which a system gets a token."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lms.api.models import Scope
from lms.api.selectors.tokens import is_name_taken
from lms.lib.clock import CHILE, local_date
from lms.people.models import Institution
from lms.progress.rules.dates import end_of_day
from lms.ui.day_field import DayField

LONGEST_DAYS, USUAL_DAYS = 365, 180

EXPLANATIONS: dict[str, Promise] = {
    Scope.PLACES_READ: _("Códigos, nombres y de quién depende cada una. Sin personas."),
    Scope.PEOPLE_READ: _("Nombres, correos, RUN enmascarado y unidades. Cada lectura queda anotada."),
    Scope.TRAINING_READ: _(
        "Quién está al día, quién no y qué completó en su trabajo. Cada lectura queda anotada."
    ),
    Scope.REPORTS_READ: _("Cuántas personas están en cada situación, por unidad o estamento."),
    Scope.ROSTERS_WRITE: _("Incorpora, mueve y da término a personas, como una nómina cargada a mano."),
}


def _explained(scope: Scope) -> Any:
    return format_html('<span>{}<br><span class="hint">{}</span></span>', scope.label, EXPLANATIONS[scope])


class TokenForm(forms.Form):
    """What it is called, where it reaches, what it may do and until when."""

    name = forms.CharField(
        label=_("Nombre"),
        help_text=_("Qué sistema es y quién responde por él. Cada persona lo ve si el sistema lee su ficha."),
        max_length=80,
        error_messages={"required": _("Escribe un nombre.")},
    )
    institution = forms.ModelChoiceField(
        label=_("Institución"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Todas las instituciones"),
        error_messages={
            "required": _("Elige una institución."),
            "invalid_choice": _("Elige una institución de la lista."),
        },
    )
    with_dependents = forms.BooleanField(label=_("También las que dependen de ella"), required=False)
    scopes = forms.MultipleChoiceField(
        label=_("Qué puede hacer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Marca al menos un permiso."),
            "invalid_choice": _("Elige permisos de la lista."),
        },
    )
    last_day = DayField(
        label=_("Último día"),
        help_text=_("A lo más, un año. Después el sistema no entra hasta que tenga una llave nueva."),
        required_text=_("Escribe hasta cuándo sirve."),
    )

    def __init__(
        self,
        *args: Any,
        institutions: QuerySet[Institution],
        is_everywhere: bool,
        has_dependents: bool,
        scopes: Collection[Scope],
        at: datetime,
        **kwargs: Any,
    ) -> None:
        self.at = at
        today = local_date(at)
        super().__init__(*args, **kwargs)
        self.initial = {"last_day": today + timedelta(days=USUAL_DAYS)}
        self.today = today
        self.fields["scopes"].choices = [(scope.value, _explained(scope)) for scope in scopes]  # type: ignore[attr-defined]
        place = self.fields["institution"]
        place.queryset = institutions  # type: ignore[attr-defined]
        if not is_everywhere:
            self._one_of(place, institutions)
        if not has_dependents:
            del self.fields["with_dependents"]

    @staticmethod
    def _one_of(place: Any, institutions: QuerySet[Institution]) -> None:
        place.required = True
        place.empty_label = None
        only = list(institutions[:2])
        if len(only) == 1:
            place.widget, place.initial = forms.HiddenInput(), only[0].pk

    def clean_last_day(self) -> date:
        day: date = self.cleaned_data["last_day"]
        if not self.today < day <= self.today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError(_("Elige un día desde mañana y hasta dentro de un año."))
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        place, name = cleaned.get("institution"), cleaned.get("name")
        if name and is_name_taken(name=name, institution_id=place.pk if place else None, at=self.at):
            self.add_error("name", _("Ya hay una llave vigente con ese nombre. Revócala o elige otro."))
        return cleaned

    @property
    def expires_at(self) -> datetime:
        """The instant after the last day."""
        return end_of_day(day=self.cleaned_data["last_day"], zone=CHILE)
