"""What people write, and what those who answer decide."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.participation.models import ConsultationSection
from lms.participation.models.contributions import REASON_CHOICES, SECTOR_CHOICES
from lms.participation.models.replies import VERDICT_CHOICES
from lms.participation.rules.contributions import (
    LONGEST_NOTE,
    LONGEST_ORGANISATION,
    LONGEST_REASON,
    LONGEST_TEXT,
    SHORTEST_REASON,
    Sector,
    Verdict,
)
from lms.participation.rules.moderation import HiddenReason
from lms.participation.services.contributing import Author
from lms.participation.services.replying import ReplyValues
from lms.ui.text_fields import LineField, WordsField

LONG_NOTE = _("Es demasiado largo: usa hasta 300 letras.")
WHOLE = ""


def text_field(label: Any, rows: int = 7) -> WordsField:
    return WordsField(
        label=label,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=_("Solo texto, hasta 3.000 letras. Las direcciones con https:// se vuelven enlaces."),
        error_messages={
            "required": _("Escribe tu texto."),
            "max_length": _("Es demasiado largo: usa hasta 3.000 letras."),
        },
    )


class TextForm(forms.Form):
    """Words to be corrected, or added to what was answered."""

    text = text_field(_("Tu texto"))


class WriteForm(forms.Form):
    """A comment or a contribution, and how its author appears. ``name``: that of the account.

    ``kept``: what the same form was sent with before somebody logged in.
    """

    section = forms.ChoiceField(
        label=_("Sobre qué parte"),
        required=False,
        error_messages={"invalid_choice": _("Elige una parte de la lista.")},
    )
    text = text_field(_("Tu texto"))
    sector = forms.ChoiceField(
        label=_("Desde qué sector escribes"),
        choices=SECTOR_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("Se muestra junto a tu texto y sirve para contar quiénes participan."),
        error_messages={
            "required": _("Elige un sector."),
            "invalid_choice": _("Elige un sector de la lista."),
        },
    )
    shown_as = forms.ChoiceField(
        label=_("Cómo apareces"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige cómo apareces."),
            "invalid_choice": _("Elige una opción de la lista."),
        },
    )
    organisation = LineField(
        label=_("Organización por la que hablas"),
        max_length=LONGEST_ORGANISATION,
        required=False,
        help_text=_("Déjalo en blanco si hablas a título personal. Si la escribes, se publica."),
        error_messages={"max_length": _("Es demasiado largo: usa hasta 120 letras.")},
    )
    wants_mail = forms.BooleanField(label=_("Avísame por correo cuando respondan"), required=False)

    def __init__(
        self,
        *args: Any,
        name: str,
        sections: Sequence[ConsultationSection] | None = None,
        kept: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        initial = {"wants_mail": True, **kwargs.pop("initial", {})}
        if kept:
            initial |= {**kept, "wants_mail": "wants_mail" in kept}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        shown_as: Any = self.fields["shown_as"]
        shown_as.choices = [("sector", _("Solo con mi sector")), ("nombre", _("Con mi nombre: %s") % name)]
        if sections is None:
            del self.fields["section"]
            return
        section: Any = self.fields["section"]
        section.choices = [(WHOLE, _("Todo el borrador"))] + [
            (str(found.pk), found.title or _("Inicio")) for found in sections
        ]

    def author(self, *, user_id: int) -> Author:
        data = self.cleaned_data
        return Author(
            user_id=user_id,
            sector=Sector(data["sector"]),
            shows_name=data["shown_as"] == "nombre",
            organisation=data["organisation"],
            wants_mail=data["wants_mail"],
        )

    @property
    def section_id(self) -> int | None:
        chosen = self.cleaned_data.get("section")
        return int(chosen) if chosen else None


class ReportForm(forms.Form):
    """Why something should be looked at."""

    reason = forms.ChoiceField(
        label=_("Qué pasa con este texto"),
        choices=REASON_CHOICES,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige un motivo."),
            "invalid_choice": _("Elige un motivo de la lista."),
        },
    )
    note = LineField(
        label=_("Algo más que debamos saber"),
        max_length=LONGEST_NOTE,
        required=False,
        error_messages={"max_length": LONG_NOTE},
    )

    @property
    def chosen(self) -> HiddenReason:
        return HiddenReason(self.cleaned_data["reason"])


class ReplyForm(forms.Form):
    """A reasoned answer. ``effects``: where it may have had effect, by ``c-``, ``m-`` or ``s-`` and id.

    ``office``: the institution that answers, where the account does not choose it.
    """

    verdict = forms.ChoiceField(
        label=_("Decisión"),
        choices=VERDICT_CHOICES,
        widget=forms.RadioSelect,
        help_text=_("«Respondido» es para preguntas: no había nada que acoger."),
        error_messages={
            "required": _("Elige una decisión."),
            "invalid_choice": _("Elige una decisión de la lista."),
        },
    )
    reason = WordsField(
        label=_("Motivo"),
        min_length=SHORTEST_REASON,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("En palabras simples: qué se hará, o por qué no. Se publica."),
        error_messages={
            "required": _("Escribe el motivo: una respuesta sin motivo no sirve."),
            "min_length": _("Explica un poco más: al menos 20 letras."),
            "max_length": _("Es demasiado largo: usa hasta 3.000 letras."),
        },
    )
    effect = forms.ChoiceField(
        label=_("Dónde tuvo efecto"),
        required=False,
        error_messages={"invalid_choice": _("Elige de la lista.")},
    )
    office = LineField(
        label=_("Institución que responde"),
        max_length=255,
        error_messages={
            "required": _("Escribe qué institución responde."),
            "max_length": _("Es demasiado largo: usa hasta 255 letras."),
        },
    )

    def __init__(
        self, *args: Any, effects: Sequence[tuple[str, str]], office: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        effect: Any = self.fields["effect"]
        effect.choices = [("", _("Sin efecto en el texto")), *effects]
        self.fixed_office = office
        if office:
            del self.fields["office"]

    @property
    def values(self) -> ReplyValues:
        data = self.cleaned_data
        kind, _dash, number = data["effect"].partition("-")
        chosen = int(number) if number else None
        return ReplyValues(
            verdict=Verdict(data["verdict"]),
            reason=data["reason"],
            office=self.fixed_office or data["office"],
            commitment_id=chosen if kind == "c" else None,
            milestone_id=chosen if kind == "m" else None,
            section_id=chosen if kind == "s" else None,
        )


class FollowForm(forms.Form):
    """An address that wants to know."""

    email = forms.EmailField(
        label=_("Tu correo"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Escribe tu correo."),
            "invalid": _("Revisa el correo: le falta algo. Por ejemplo, nombre@correo.cl."),
            "max_length": _("Ese correo es demasiado largo."),
        },
    )

    def clean_email(self) -> str:
        """Letters outside ASCII before the @ are what few servers take."""
        address: str = self.cleaned_data["email"]
        if not address.rpartition("@")[0].isascii():
            raise forms.ValidationError(_("Ese correo tiene letras que no podemos usar. Escribe otro."))
        return address
