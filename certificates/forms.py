"""What a visitor types: a code, a name."""

from django import forms
from django.utils.translation import gettext_lazy as _


class CodeForm(forms.Form):
    """A code as typed; whether it can be one is judged by the rules, not here."""

    codigo = forms.CharField(
        label=_("Código del certificado"),
        help_text=_("Está bajo el código QR. Da lo mismo si usas mayúsculas o guiones."),
        max_length=200,
        error_messages={
            "required": _("Escribe el código."),
            "max_length": _("Ese texto es demasiado largo para ser un código."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
        ),
    )


class NameForm(forms.Form):
    """The name that the visitor reads on the paper."""

    nombre = forms.CharField(
        label=_("Nombre completo"),
        help_text=_("Tal como está impreso. Da lo mismo si omites tildes o mayúsculas."),
        max_length=320,
        error_messages={
            "required": _("Escribe el nombre completo."),
            "max_length": _("Ese texto es demasiado largo para ser un nombre."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
