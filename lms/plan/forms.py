"""The form by which the plan's team writes a training goal."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.plan.models import TrainingGoal
from lms.plan.selectors.goals import CourseChoice
from lms.plan.services import GoalValues
from lms.ui.day_field import DayField

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""A deadline outside is a typing error."""


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
    course_codes = forms.MultipleChoiceField(
        label=_("Cursos que cuentan"),
        help_text=_("Basta con aprobar uno de los que elijas."),
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
        self.initial = {"includes_honorarios": True}
        if goal is not None:
            self.initial = {name: getattr(goal, name) for name in self.fields}
        self.goal = goal
        field: Any = self.fields["course_codes"]
        field.choices = [(course.code, _course_label(course)) for course in courses]

    def clean_due_on(self) -> date | None:
        day: date | None = self.cleaned_data["due_on"]
        if day is not None and not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("Revisa el año: debe estar entre 2000 y 2100."))
        return day

    @property
    def values(self) -> GoalValues:
        """What was written, once it is valid. The same courses in another order are no change."""
        data = self.cleaned_data
        codes = data["course_codes"]
        if self.goal is not None and set(codes) == set(self.goal.course_codes):
            codes = self.goal.course_codes
        return GoalValues(
            title=data["title"],
            course_codes=codes,
            target_percent=data["target_percent"],
            due_on=data["due_on"],
            includes_honorarios=data["includes_honorarios"],
            population=data["population"].replace("\r\n", "\n"),
        )


def _course_label(course: CourseChoice) -> str:
    if course.is_published:
        return course.title
    return _now("%(title)s (ya no está publicado)") % {"title": course.title}
