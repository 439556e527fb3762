"""Forms by which HR attests and corrects what people completed."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.progress.lists.checking import MOST_MINUTES
from lms.progress.models import EvidenceFile, VoidReason
from lms.progress.models.questions import LONGEST_TEXT
from lms.progress.services.attested import Claim
from lms.reports.records.forms_papers import PaperForm
from lms.ui.day_field import DayField

NOTHING, ANOTHER = "nothing", "another"
CLAIM_FIELDS = ("course", "completed_on", "hours", "minutes", "percent", "valid_until", "source", "paper")


class AttestForm(PaperForm):
    """A course completed elsewhere, and on what that rests."""

    course = forms.ChoiceField(label=_("Curso"), error_messages={"required": _("Elige el curso.")})
    completed_on = DayField(label=_("Fecha en que lo completó"), required_text=_("Escribe la fecha."))
    hours = forms.IntegerField(
        label=_("Horas"),
        min_value=0,
        max_value=1000,
        error_messages={"required": _("Escribe cuánto duró, en horas o en minutos.")},
    )
    minutes = forms.IntegerField(
        label=_("Minutos"),
        min_value=0,
        max_value=59,
        initial=0,
        error_messages={"required": _("Escribe 0 si son horas justas.")},
    )
    percent = forms.IntegerField(
        label=_("Resultado, de 0 a 100 %"), min_value=0, max_value=100, required=False
    )
    valid_until = DayField(
        label=_("Vale hasta"),
        help_text=_("Vacío: lo que dura el certificado del curso."),
        required=False,
    )
    source = forms.CharField(
        label=_("De dónde viene"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Quién lo dictó y qué muestra el archivo. Lo leerá la persona."),
        error_messages={"required": _("Escribe quién lo dictó.")},
    )
    answer = forms.CharField(
        label=_("Respuesta para la persona"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escribe qué hiciste. La persona espera saberlo.")},
    )
    field_order: tuple[str, ...] = (
        "course",
        "completed_on",
        "hours",
        "minutes",
        "percent",
        "valid_until",
        "source",
        "paper",
    )

    def __init__(
        self, *args: Any, courses: Sequence[Course], today: date, answers: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self.fields["course"].choices = [  # type: ignore[attr-defined]
            ("", _("Elige un curso")),
            *((str(course.pk), course.title) for course in courses),
        ]
        if not answers:
            del self.fields["answer"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.wants_claim(data):
            self._check_claim(data)
        return data

    def wants_claim(self, data: dict[str, Any]) -> bool:
        """Whether a completion is claimed, as the form was filled in."""
        return True

    def _check_claim(self, data: dict[str, Any]) -> None:
        day, until = data.get("completed_on"), data.get("valid_until")
        if day and day > self._today:
            self.add_error("completed_on", _("Esa fecha aún no llega."))
        if day and until and until < day:
            self.add_error("valid_until", _("Vence antes de la fecha en que lo completó."))
        if not {"hours", "minutes"} & self.errors.keys() and not 0 < self.total_minutes <= MOST_MINUTES:
            self.add_error("hours", _("Escribe cuánto duró, en horas o en minutos."))

    @property
    def total_minutes(self) -> int:
        data = self.cleaned_data
        return (data.get("hours") or 0) * 60 + (data.get("minutes") or 0)

    def claim(self, *, person_id: int, paper: EvidenceFile) -> Claim:
        """What is claimed; call after ``is_valid``."""
        data = self.cleaned_data
        return Claim(
            person_id=person_id,
            course_id=int(data["course"]),
            completed_on=data["completed_on"],
            minutes=self.total_minutes,
            percent=data["percent"],
            valid_until=data["valid_until"],
            source=data["source"],
            file=paper,
        )


class CorrectForm(AttestForm):
    """Why a completion is taken back, and what stands in its place."""

    reason = forms.ChoiceField(
        label=_("Por qué se anula"),
        choices=VoidReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Elige un motivo.")},
    )
    note = forms.CharField(
        label=_("Qué pasó"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Lo leerá la persona. No nombres a otras personas."),
        error_messages={"required": _("Explica en una frase qué pasó.")},
    )
    instead = forms.ChoiceField(
        label=_("Qué queda en su lugar"),
        choices=[
            (NOTHING, _("Nada: el curso deja de contar")),
            (ANOTHER, _("El mismo u otro curso, con los datos correctos")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Elige qué queda en su lugar.")},
    )
    field_order = ("reason", "note", "instead", *AttestForm.field_order)

    def __init__(self, *args: Any, has_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_paper:
            self.fields["paper"].help_text = _(
                "Vacío: sirve la evidencia que ya estaba. PDF, PNG o JPEG, hasta 10 MB."
            )
            self.fields["paper"].required = False
        if self.is_bound and self.data.get(self.add_prefix("instead")) != ANOTHER:
            for name in CLAIM_FIELDS:
                self.fields[name].required = False

    def wants_claim(self, data: dict[str, Any]) -> bool:
        return data.get("instead") == ANOTHER

    @property
    def why_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("reason", "note", "instead")]

    @property
    def claim_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in CLAIM_FIELDS]

    @property
    def reason_label(self) -> str:
        return str(VoidReason(self.cleaned_data["reason"]).label)


class AnswerForm(forms.Form):
    """Words for the person who asked."""

    text = forms.CharField(
        label=_("Respuesta para la persona"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Di qué revisaste y qué decidiste. No nombres a otras personas."),
        error_messages={"required": _("Escribe la respuesta.")},
    )
