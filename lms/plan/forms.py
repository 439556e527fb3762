"""The form by which the plan's team writes a training goal."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.people.models import Estamento, Institution, LegalQuality
from lms.plan.models import TrainingGoal
from lms.plan.selectors.goals import CourseChoice
from lms.plan.services import GoalValues
from lms.ui.day_field import DayField

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""A deadline outside is a typing error."""
NAMED_AT_MOST = 5
Audience = TrainingGoal.Audience


class GoalForm(forms.Form):
    """What a goal says. ``courses``: those that may be chosen; ``goal``: the one being changed."""

    title = forms.CharField(
        label=_("Título"),
        max_length=200,
        error_messages={
            "required": _("Escribe un título."),
            "max_length": _("Escribe un título de 200 caracteres o menos."),
        },
    )
    audience = forms.ChoiceField(
        label=_("A quién se dirige"),
        help_text=_("De la ciudadanía no hay dotación: se publican personas, sin porcentaje."),
        choices=Audience.choices,
        widget=forms.RadioSelect,
        required=False,
        error_messages={"invalid_choice": _("Elige una de las dos.")},
    )
    course_codes = forms.MultipleChoiceField(
        label=_("Cursos que cuentan"),
        help_text=_(
            "Basta con aprobar uno de los que elijas. Un taller cuenta por el curso al que pertenece, "
            "cuando se aprueba: asistir no basta."
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Elige al menos un curso."),
            "invalid_choice": _("Elige solo cursos de la lista."),
            "invalid_list": _("Elige solo cursos de la lista."),
        },
    )
    target_percent = forms.IntegerField(
        label=_("Meta (%)"),
        help_text=_("De 1 a 100. Déjala en blanco si no hay una meta publicada: se mostrará «sin meta»."),
        required=False,
        min_value=1,
        max_value=100,
        error_messages={
            "invalid": _("Escribe un número entero de 1 a 100, o deja la meta en blanco."),
            "min_value": _("La meta va de 1 a 100. Si no hay meta, déjala en blanco."),
            "max_value": _("La meta va de 1 a 100. Si no hay meta, déjala en blanco."),
        },
    )
    due_on = DayField(label=_("Plazo de la meta"), required=False)
    baseline_percent = forms.IntegerField(
        label=_("Línea base (%)"),
        help_text=_(
            "Lo que había al empezar, de 0 a 100, con su fecha y su fuente. En blanco si no se sabe."
        ),
        required=False,
        min_value=0,
        max_value=100,
        error_messages={
            "invalid": _("Escribe un número entero de 0 a 100, o deja la línea base en blanco."),
            "min_value": _("La línea base va de 0 a 100."),
            "max_value": _("La línea base va de 0 a 100."),
        },
    )
    baseline_on = DayField(label=_("Fecha de la línea base"), required=False)
    baseline_source = forms.CharField(
        label=_("Fuente de la línea base"),
        required=False,
        max_length=300,
        error_messages={"max_length": _("Escribe 300 caracteres o menos.")},
    )
    institutions = forms.CharField(
        label=_("Instituciones"),
        help_text=_("Sus códigos, separados por comas o espacios. En blanco: todas."),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        max_length=10_000,
        error_messages={"max_length": _("Escribe 10.000 caracteres o menos.")},
    )
    estamentos = forms.MultipleChoiceField(
        label=_("Estamentos"),
        help_text=_("Sin marcar ninguno: todos."),
        choices=Estamento.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Elige solo estamentos de la lista.")},
    )
    legal_qualities = forms.MultipleChoiceField(
        label=_("Calidades jurídicas"),
        help_text=_("Sin marcar ninguna: todas."),
        choices=LegalQuality.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        error_messages={"invalid_choice": _("Elige solo calidades jurídicas de la lista.")},
    )
    includes_honorarios = forms.BooleanField(
        label=_("La dotación incluye a las personas contratadas a honorarios"), required=False
    )
    population = forms.CharField(
        label=_("A quiénes se cuenta"),
        help_text=_("En palabras, como se leerá en la página del compromiso. No cambia la cuenta."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={
            "required": _("Escribe a quiénes se cuenta."),
            "max_length": _("Escribe 1.000 caracteres o menos."),
        },
    )

    def __init__(
        self, *args: Any, courses: Sequence[CourseChoice], goal: TrainingGoal | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"includes_honorarios": True, "audience": Audience.EMPLOYEES}
        if goal is not None:
            self.initial = {name: getattr(goal, name) for name in self.fields}
            self.initial["institutions"] = ", ".join(goal.institutions)
        self.goal = goal
        field: Any = self.fields["course_codes"]
        field.choices = [(course.code, _course_label(course)) for course in courses]

    def clean_due_on(self) -> date | None:
        return self._clean_day("due_on")

    def clean_baseline_on(self) -> date | None:
        return self._clean_day("baseline_on")

    def clean_audience(self) -> str:
        return self.cleaned_data["audience"] or Audience.EMPLOYEES

    def clean_institutions(self) -> list[str]:
        """Known codes, in order, once each. One query."""
        codes = {code for code in re.split(r"[\s,;]+", self.cleaned_data["institutions"].upper()) if code}
        known = set(Institution.objects.filter(code__in=codes).values_list("code", flat=True))
        if unknown := sorted(codes - known):
            text = _now("Estos códigos no son de ninguna institución: %(codes)s.")
            raise forms.ValidationError(text % {"codes": ", ".join(c[:20] for c in unknown[:NAMED_AT_MOST])})
        return sorted(codes)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self._check_baseline(data)
        if data.get("audience") == Audience.CITIZENS:
            self._check_citizens(data)
        qualities = data.get("legal_qualities") or []
        if LegalQuality.HONORARIOS in qualities and not data.get("includes_honorarios"):
            text = _("Elegiste honorarios, pero más abajo dice que la dotación no los incluye.")
            self.add_error("legal_qualities", text)
        return data

    def _clean_day(self, name: str) -> date | None:
        day: date | None = self.cleaned_data[name]
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Revisa el año: debe estar entre 2000 y 2100."))
        return day

    def _check_baseline(self, data: dict[str, Any]) -> None:
        """A figure has its day and its source; without a figure there is neither."""
        parts = {name: data.get(name) for name in ("baseline_percent", "baseline_on", "baseline_source")}
        given = {name for name, value in parts.items() if value not in (None, "")}
        if given and len(given) < len(parts) and not given & self.errors.keys():
            missing = next(name for name in parts if name not in given)
            if missing not in self.errors:
                text = _(
                    "La línea base lleva su porcentaje, su fecha y su fuente: completa las tres o ninguna."
                )
                self.add_error(missing, text)

    def _check_citizens(self, data: dict[str, Any]) -> None:
        """Nobody knows how many citizens there are to be trained, nor where they work."""
        for name in ("target_percent", "baseline_percent"):
            if data.get(name) is not None:
                self.add_error(
                    name, _("De la ciudadanía se publican personas, sin porcentaje: déjalo en blanco.")
                )
        for name in ("institutions", "estamentos", "legal_qualities"):
            if data.get(name):
                self.add_error(name, _("Solo vale para quienes trabajan en instituciones: déjalo en blanco."))

    @property
    def values(self) -> GoalValues:
        """What was written, once it is valid. The same courses in another order are no change."""
        data = self.cleaned_data
        codes, qualities = data["course_codes"], data["legal_qualities"]
        if self.goal is not None and set(codes) == set(self.goal.course_codes):
            codes = self.goal.course_codes
        return GoalValues(
            title=data["title"],
            course_codes=codes,
            target_percent=data["target_percent"],
            due_on=data["due_on"],
            includes_honorarios=_includes_honorarios(data),
            population=data["population"].replace("\r\n", "\n"),
            audience=data["audience"],
            institutions=data["institutions"],
            estamentos=data["estamentos"],
            legal_qualities=qualities,
            baseline_percent=data["baseline_percent"],
            baseline_on=data["baseline_on"],
            baseline_source=data["baseline_source"],
        )


def _course_label(course: CourseChoice) -> str:
    if course.is_published:
        return course.title
    return _now("%(title)s (ya no está publicado)") % {"title": course.title}


def _includes_honorarios(data: dict[str, Any]) -> bool:
    """As the list says where there is one."""
    qualities: list[str] = data["legal_qualities"]
    return LegalQuality.HONORARIOS in qualities if qualities else bool(data["includes_honorarios"])
