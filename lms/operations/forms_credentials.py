"""The form by which a program gets a credential."""

from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from lms.operations.selectors_credentials import is_name_taken
from lms.xapi.models import Scope

EXPLANATIONS: dict[str, Promise] = {
    Scope.STATEMENTS_WRITE: _("Agrega declaraciones, con esta credencial como responsable."),
    Scope.STATEMENTS_READ_MINE: _("No ve lo que dicen otras ni lo que dice la plataforma."),
    Scope.STATEMENTS_READ: _("Ve el avance de todas las personas, por seudónimo."),
    Scope.STATE: _("Guarda en qué quedó cada persona dentro de un contenido."),
    Scope.PROFILE: _("Guarda datos de actividades y de personas entre un contenido y otro."),
    Scope.ALL: _(
        "Peligroso: lee y escribe todo, también lo que otros programas guardaron. Casi nunca hace falta."
    ),
}


def _explained(scope: Scope) -> Any:
    return format_html('<span>{}<br><span class="hint">{}</span></span>', scope.label, EXPLANATIONS[scope])


class CredentialForm(forms.Form):
    """A name that no credential in force has, and what it may do."""

    name = forms.CharField(
        label=_("Nombre"),
        help_text=_("Qué programa es y quién responde por él. Aparece junto a cada declaración que guarde."),
        max_length=100,
        error_messages={"required": _("Escribe un nombre.")},
    )
    scopes = forms.MultipleChoiceField(
        label=_("Qué puede hacer"),
        widget=forms.CheckboxSelectMultiple,
        choices=lambda: [(scope.value, _explained(scope)) for scope in Scope],
        error_messages={
            "required": _("Marca al menos un permiso."),
            "invalid_choice": _("Elige permisos de la lista."),
        },
    )

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if is_name_taken(name=name):
            raise forms.ValidationError(
                _("Ya hay una credencial vigente con ese nombre. Revócala, renuévala o elige otro.")
            )
        return name
