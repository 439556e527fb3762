"""What trainers fill in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.models import ReleaseChange
from courses.quizzes.rules import OpenAnswer
from courses.services import LONGEST_SUMMARY, Proposal
from lms.feedback.models import LessonReport
from lms.feedback.models.reports import LONGEST_REPORT
from lms.progress.models import AttemptSign, Regrade
from lms.progress.services.irregular import LONGEST_REASON
from lms.progress.services.marking import LONGEST_COMMENT
from lms.teaching.words import spell_points
from lms.teaching.words_release import MODES


class MarkForm(forms.Form):
    """A level of each criterion of the rubric, and a comment. Fields: ``c0``, ``c1``…"""

    comment = forms.CharField(
        label=gettext_lazy("Comentario para quien respondió"),
        help_text=gettext_lazy("Lo verá junto a su resultado, sin tu nombre."),
        required=False,
        max_length=LONGEST_COMMENT,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Escribe a lo más %(limit_value)d caracteres.")},
    )

    def __init__(self, *args: Any, body: OpenAnswer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.count = len(body.criteria)
        fields: dict[str, forms.Field] = {}
        for number, criterion in enumerate(body.criteria):
            fields[f"c{number}"] = forms.TypedChoiceField(
                label=criterion.name,
                choices=[
                    (str(index), f"{level.text} ({spell_points(points=level.points)})")
                    for index, level in enumerate(criterion.levels)
                ],
                coerce=int,
                widget=forms.RadioSelect,
                error_messages={
                    "required": _("Elige un nivel de «%(name)s».") % {"name": criterion.name},
                    "invalid_choice": _("Elige un nivel de la lista."),
                },
            )
        self.fields = fields | self.fields

    @property
    def levels(self) -> list[int]:
        return [self.cleaned_data[f"c{number}"] for number in range(self.count)]


class TeamForm(forms.Form):
    """Whom to add to the team of a course."""

    email = forms.EmailField(
        label=gettext_lazy("Correo de la cuenta"),
        help_text=gettext_lazy("De alguien que ya tiene el rol de docencia."),
        max_length=254,
        error_messages={
            "required": gettext_lazy("Escribe el correo de la cuenta."),
            "invalid": gettext_lazy("Escribe un correo completo, por ejemplo nombre@servicio.cl."),
        },
    )


class ReasonForm(forms.Form):
    """Why; asked wherever a decision touches somebody's result."""

    reason = forms.CharField(
        label=gettext_lazy("Por qué"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Escribe por qué, en una frase."),
            "max_length": gettext_lazy("Escribe a lo más %(limit_value)d caracteres."),
        },
    )


class RegradeForm(ReasonForm):
    """How to grade a question again, and what was wrong."""

    method = forms.ChoiceField(
        label=gettext_lazy("Qué hacer"),
        choices=Regrade.Method.choices,
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Elige qué hacer."),
            "invalid_choice": gettext_lazy("Elige una de las dos formas."),
        },
    )
    field_order = ("method", "reason")

    def __init__(self, *args: Any, methods: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Qué estaba mal")
        self.fields["reason"].help_text = _("Queda en la historia de la pregunta.")
        choices = [pair for pair in Regrade.Method.choices if pair[0] in methods]
        self.fields["method"].choices = choices  # type: ignore[attr-defined]
        self.fields["method"].initial = methods[0]


class LateForm(ReasonForm):
    """Whether late answers count."""

    accept = forms.ChoiceField(choices=[("si", "si"), ("no", "no")])


class SignForm(forms.Form):
    """What came of looking at a sign."""

    state = forms.ChoiceField(
        choices=[
            (value, label) for value, label in AttemptSign.State.choices if value != AttemptSign.State.NEW
        ]
    )
    note = forms.CharField(label=gettext_lazy("Nota"), required=False, max_length=LONGEST_REASON)


class ReleaseForm(forms.Form):
    """What becomes of those who began or completed an earlier version."""

    mode = forms.ChoiceField(
        label=gettext_lazy("Qué pasa con quienes ya empezaron o completaron"),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Elige qué pasa con quienes ya empezaron."),
            "invalid_choice": gettext_lazy("Elige una de las formas de la lista."),
        },
    )
    summary = forms.CharField(
        label=gettext_lazy("Qué cambió, en dos o tres frases"),
        help_text=gettext_lazy("Lo leen quienes ya completaron, si eliges mostrarles lo que cambió."),
        required=False,
        max_length=LONGEST_SUMMARY,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"max_length": gettext_lazy("Escribe a lo más %(limit_value)d caracteres.")},
    )

    def __init__(self, *args: Any, proposal: Proposal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hidden = set() if proposal.delta else {ReleaseChange.Mode.DELTA}
        if proposal.is_published:
            hidden.add(ReleaseChange.Mode.NEW_ONLY)
        choices = [(mode, text) for mode, text in MODES.items() if mode not in hidden]
        self.fields["mode"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("mode") == ReleaseChange.Mode.DELTA and not data.get("summary"):
            self.add_error("summary", _("Escribe qué cambió: es lo primero que leerán."))
        return data


class SettleForm(forms.Form):
    """What was done about a reported error: solved, or not to be changed, and then why."""

    state = forms.ChoiceField(
        label=gettext_lazy("Qué hiciste"),
        choices=[
            (LessonReport.State.SOLVED, gettext_lazy("Lo corregí")),
            (LessonReport.State.DISMISSED, gettext_lazy("No se cambia")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Elige qué hiciste."),
            "invalid_choice": gettext_lazy("Elige una opción de la lista."),
        },
    )
    answer = forms.CharField(
        label=gettext_lazy("Respuesta"),
        max_length=LONGEST_REPORT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("La lee quien avisó. Si no se cambia, di por qué. Hasta 1.000 letras."),
        error_messages={"max_length": gettext_lazy("Es demasiado largo. Usa hasta 1.000 letras.")},
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        is_empty = "answer" in cleaned and not cleaned["answer"]
        if cleaned.get("state") == LessonReport.State.DISMISSED and is_empty:
            self.add_error("answer", _("Escribe por qué no se cambia."))
        return cleaned
