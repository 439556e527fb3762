"""What those who moderate decide."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.discussions.models.discussions import SCOPE_CHOICES
from lms.discussions.rules.moderation import Decision
from lms.discussions.rules.posting import LONGEST_MUTE, LONGEST_REASON
from lms.ui.day_field import DayField
from lms.ui.text_fields import LineField

LONG_REASON = _("Es demasiado largo: usa hasta 300 letras.")


class SettingsForm(forms.Form):
    """Whether and how the course has a conversation."""

    is_open = forms.BooleanField(
        label=_("Encender la conversación de este curso"),
        required=False,
        help_text=_("Si la apagas, nadie que aprende la ve. Lo escrito no se pierde."),
    )
    scope = forms.ChoiceField(
        label=_("Quiénes conversan"),
        choices=SCOPE_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("Vale para los temas nuevos. Los que ya existen siguen con quienes estaban."),
        error_messages={
            "required": _("Elige quiénes conversan."),
            "invalid_choice": _("Elige quiénes conversan."),
        },
    )
    approves_first = forms.BooleanField(
        label=_("Revisar el primer mensaje de cada persona antes de mostrarlo"), required=False
    )


class DecisionForm(forms.Form):
    """What becomes of a message; only what its state allows can be chosen.

    ``seen``: how many corrections it had when it was read, so that nothing unread is approved.
    """

    decision = forms.ChoiceField(
        label=_("Qué decides"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige qué hacer con el mensaje."),
            "invalid_choice": _("Eso ya no se puede hacer con este mensaje. Elige de la lista."),
        },
    )
    reason = LineField(
        label=_("Motivo"),
        max_length=LONGEST_REASON,
        required=False,
        help_text=_("Solo si lo retiras. Lo leen todas las personas de la conversación: no nombres a nadie."),
        error_messages={"max_length": LONG_REASON},
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": _("Abre de nuevo esta página antes de decidir.")},
    )

    def __init__(
        self, *args: Any, decisions: Sequence[tuple[str, str | Promise]], seen: int, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = seen
        self.fields["decision"].choices = decisions  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_reason = cleaned.get("decision") == Decision.HIDE and "reason" not in self.errors
        if needs_reason and not cleaned.get("reason"):
            self.add_error("reason", _("Escribe por qué se retira el mensaje."))
        return cleaned


class MuteForm(forms.Form):
    """Until when a person only reads, and why."""

    until = DayField(
        label=_("Hasta qué día no podrá escribir"),
        help_text=_("Ese día incluido. A lo más un año."),
        required_text=_("Elige hasta qué día."),
    )
    reason = LineField(
        label=_("Motivo"),
        max_length=LONGEST_REASON,
        help_text=_("Lo lee esa persona."),
        error_messages={"required": _("Escribe por qué."), "max_length": LONG_REASON},
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until < self._today:
            raise forms.ValidationError(_("Ese día ya pasó. Elige uno que venga."))
        if until - self._today > LONGEST_MUTE - timedelta(days=1):
            raise forms.ValidationError(_("Es más de un año. Elige un día más cercano."))
        return until
