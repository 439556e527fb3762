"""What a person writes about its own record."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.progress.models.questions import LONGEST_TEXT


class QuestionForm(forms.Form):
    """What is not right."""

    text = forms.CharField(
        label=_("Qué no está bien"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Di qué esperabas ver y por qué. Hasta 2.000 letras."),
        error_messages={
            "required": _("Escribe qué no está bien."),
            "max_length": _("Es demasiado largo. Usa hasta 2.000 letras."),
        },
    )


class ReplyForm(forms.Form):
    """What the person still does not agree with."""

    text = forms.CharField(
        label=_("Qué falta"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Puedes escribir una vez más. Hasta 2.000 letras."),
        error_messages={
            "required": _("Escribe qué falta."),
            "max_length": _("Es demasiado largo. Usa hasta 2.000 letras."),
        },
    )
