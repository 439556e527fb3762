"""The form by which the plan's team seals what is published."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SealForm(forms.Form):
    """Why what is published is sealed today."""

    reason = forms.CharField(
        label=_("Por qué la sellas"),
        help_text=_("Es público. Por ejemplo: «Cierre del informe de autoevaluación»."),
        max_length=300,
        error_messages={
            "required": _("Escribe por qué la sellas."),
            "max_length": _("Escribe 300 caracteres o menos."),
        },
    )
