"""The form of an institution, for whoever runs the platform."""

from typing import Any

from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from lms.people.models import Institution
from lms.people.selectors.roles import match_institutions
from lms.people.services.institutions import InstitutionFacts
from lms.reports.people.forms_dates import DatedForm
from lms.ui.day_field import DayField

MATCHES_SHOWN = 5


class InstitutionForm(DatedForm):
    """Name, kind, dates, of whom it depends and who succeeds it. The code is asked of a new one only."""

    code = forms.CharField(
        label=_("Código"),
        max_length=40,
        help_text=_("Letras sin tilde, números y guiones. No se cambia después."),
        error_messages={"required": _("Escribe el código.")},
    )
    name = forms.CharField(
        label=_("Nombre"), max_length=255, error_messages={"required": _("Escribe el nombre.")}
    )
    kind = forms.ChoiceField(
        label=_("Tipo"),
        choices=Institution.Kind.choices,
        error_messages={"invalid_choice": _("Elige un tipo de la lista.")},
    )
    parent = forms.CharField(
        label=_("Depende de"),
        max_length=255,
        required=False,
        help_text=_("El código o el nombre de la otra institución. Vacío: de ninguna."),
    )
    valid_from = DayField(label=_("Existe desde"), required=False)
    valid_until = DayField(label=_("Existe hasta"), required=False, help_text=_("Vacío: sigue existiendo."))
    successor = forms.CharField(
        label=_("La sucede"),
        max_length=255,
        required=False,
        help_text=_("Si dejó de existir: el código o el nombre de quien siguió."),
    )

    def __init__(self, *args: Any, is_new: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_new:
            del self.fields["code"]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        try:
            validate_slug(code)
        except forms.ValidationError:
            raise forms.ValidationError(_("Usa solo letras sin tilde, números y guiones.")) from None
        return code

    def clean_parent(self) -> Institution | None:
        return _match(self.cleaned_data["parent"])

    def clean_successor(self) -> Institution | None:
        return _match(self.cleaned_data["successor"])

    def facts(self, *, code: str) -> InstitutionFacts:
        """What was written; ``code`` of one that exists."""
        data = self.cleaned_data
        return InstitutionFacts(
            code=data.get("code", code),
            name=data["name"],
            kind=data["kind"],
            parent=data["parent"],
            successor=data["successor"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )


def initial_of(institution: Institution) -> dict[str, Any]:
    """The values of the form for an institution."""
    return {
        "name": institution.name,
        "kind": institution.kind,
        "parent": institution.parent.code if institution.parent else "",
        "successor": institution.successor.code if institution.successor else "",
        "valid_from": institution.valid_from,
        "valid_until": institution.valid_until,
    }


def _match(text: str) -> Institution | None:
    if not text:
        return None
    found = match_institutions(text=text)
    if len(found) == 1:
        return found[0]
    if not found:
        raise forms.ValidationError(_("No hay ninguna institución con ese código o nombre."))
    names = "; ".join(f"{row.name} ({row.code})" for row in found[:MATCHES_SHOWN])
    raise forms.ValidationError(
        _("Hay varias con ese nombre. Escribe el código: %(names)s."), params={"names": names}
    )
