"""What learners say back: an error in a lesson, and how a course was."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.feedback.models import LessonReport
from lms.feedback.models.reports import LONGEST_REPORT
from lms.feedback.questionnaire import LONGEST_TEXT, SCALE, Questionnaire


class ReportForm(forms.Form):
    """What is wrong in a lesson."""

    kind = forms.ChoiceField(
        label=_("Qué encontraste"),
        choices=LessonReport.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige qué encontraste."),
            "invalid_choice": _("Elige una opción de la lista."),
        },
    )
    text = forms.CharField(
        label=_("Dónde está y qué debería decir"),
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Copia la frase si puedes. Hasta 1.000 letras. No escribas datos de personas."),
        error_messages={
            "required": _("Escribe dónde está el error."),
            "max_length": _("Es demasiado largo. Usa hasta 1.000 letras."),
        },
    )
    wants_answer = forms.BooleanField(
        label=_("Quiero saber qué pasó"),
        required=False,
        help_text=_("Te avisamos cuando lo revisen. Quien lo revisa no ve tu nombre."),
    )


class OpinionForm(forms.Form):
    """A questionnaire: nothing has to be answered, but something."""

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questionnaire = questionnaire
        for item in questionnaire.statements:
            self.fields[item.key] = forms.TypedChoiceField(
                label=str(item.text),
                choices=SCALE,
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Elige una de las cinco opciones.")},
            )
        for item in questionnaire.open_questions:
            self.fields[item.key] = forms.CharField(
                label=str(item.text),
                max_length=LONGEST_TEXT,
                required=False,
                widget=forms.Textarea(attrs={"rows": 4}),
                error_messages={"max_length": _("Es demasiado largo. Usa hasta 1.000 letras.")},
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not (self.values or self.texts):
            raise forms.ValidationError(_("Responde al menos una pregunta."))
        return cleaned

    @property
    def levels(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Each level with the fields of its statements."""
        return [(level, [self[item.key] for item in level.statements]) for level in self.questionnaire.levels]

    @property
    def open_fields(self) -> list[forms.BoundField]:
        return [self[item.key] for item in self.questionnaire.open_questions]

    @property
    def values(self) -> dict[str, int]:
        """By statement, of those answered."""
        return self._answered(item.key for item in self.questionnaire.statements)

    @property
    def texts(self) -> dict[str, str]:
        """By open question, of those answered."""
        return self._answered(item.key for item in self.questionnaire.open_questions)

    def _answered(self, keys: Any) -> dict[str, Any]:
        return {key: self.cleaned_data[key] for key in keys if self.cleaned_data.get(key)}
