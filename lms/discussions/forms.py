"""What people write in conversations, and how they appear there."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.discussions.models import Report
from lms.discussions.rules.posting import LONGEST_NAME, LONGEST_POST, LONGEST_REASON, LONGEST_TITLE
from lms.ui.text_fields import LineField, WordsField

EMPTY_POST = _("Escribe tu mensaje.")
LONG_POST = _("Es demasiado largo: usa hasta 5.000 letras, o divídelo en dos mensajes.")


def _post_field(label: Any, rows: int) -> WordsField:
    return WordsField(
        label=label,
        max_length=LONGEST_POST,
        widget=forms.Textarea(attrs={"rows": rows}),
        help_text=_("Solo texto. Las direcciones que empiezan con https:// se vuelven enlaces."),
        error_messages={"required": EMPTY_POST, "max_length": LONG_POST},
    )


class ReplyForm(forms.Form):
    """An answer in a subject. ``answers``: the public id of the message that it answers, if any."""

    text = _post_field(_("Tu mensaje"), 6)
    answers = forms.UUIDField(required=False, widget=forms.HiddenInput)


class EditForm(forms.Form):
    """The words of a message, to be corrected."""

    text = _post_field(_("Tu mensaje"), 8)


class ThreadForm(forms.Form):
    """A new subject."""

    title = LineField(
        label=_("Título"),
        max_length=LONGEST_TITLE,
        help_text=_("Di de qué se trata, en una línea."),
        error_messages={
            "required": _("Escribe un título."),
            "max_length": _("Es demasiado largo: usa hasta 120 letras."),
        },
    )
    text = _post_field(_("Tu mensaje"), 8)


class ProfileForm(forms.Form):
    """How one appears. Whoever enters for the first time accepts the rules with it."""

    display_name = LineField(
        label=_("Nombre con que apareces"),
        max_length=LONGEST_NAME,
        error_messages={
            "required": _("Escribe el nombre con que quieres aparecer."),
            "max_length": _("Es demasiado largo: usa hasta 60 letras."),
        },
    )
    mail_replies = forms.BooleanField(
        label=_("Avísame por correo cuando respondan en mis temas"),
        required=False,
        help_text=_("A lo más un correo al día, en horario de trabajo. No dice qué escribieron."),
    )
    accepts = forms.BooleanField(
        label=_("Leí las reglas y las acepto"),
        error_messages={"required": _("Para escribir, acepta las reglas de la conversación.")},
    )

    def __init__(self, *args: Any, is_new: bool, hint: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["display_name"].help_text = hint
        if not is_new:
            del self.fields["accepts"]


class ReportForm(forms.Form):
    """Why a message should be looked at."""

    reason = forms.ChoiceField(
        label=_("Qué pasa con el mensaje"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige un motivo."),
            "invalid_choice": _("Elige un motivo de la lista."),
        },
    )
    note = LineField(
        label=_("Algo más que debamos saber"),
        max_length=LONGEST_REASON,
        required=False,
        error_messages={"max_length": _("Es demasiado largo: usa hasta 300 letras.")},
    )
