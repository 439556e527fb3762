"""The form that says why a certificate is revoked."""

from django import forms
from django.utils.translation import gettext_lazy as _

from certificates.models import Certificate

Reason = Certificate.RevokedReason
NOTE_LENGTH = 400


class RevokeForm(forms.Form):
    """Why a certificate stops being valid. The verification page shows the reason, never the note."""

    reason = forms.ChoiceField(
        label=_("Motivo"),
        choices=[
            (Reason.ERROR, _("Error en la emisión")),
            (Reason.FRAUD, _("Fraude comprobado")),
            (Reason.REQUEST, _("A solicitud de su titular")),
        ],
        widget=forms.RadioSelect,
        help_text=_("Quien verifique el certificado verá este motivo."),
        error_messages={
            "required": _("Elige un motivo."),
            "invalid_choice": _("Elige uno de los motivos de la lista."),
        },
    )
    note = forms.CharField(
        label=_("Qué pasó"),
        help_text=_("Queda en la historia del certificado y no se publica. Hasta 400 letras."),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Explica en una frase qué pasó."),
            "max_length": _("La explicación es demasiado larga. Usa hasta 400 letras."),
        },
    )

    @property
    def reason_label(self) -> str:
        """The chosen reason in words; call after ``is_valid``."""
        choices = dict(self.fields["reason"].choices)  # type: ignore[attr-defined]
        return str(choices[self.cleaned_data["reason"]])
