"""The form of a training requirement: what, to whom, by when, for how long."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.lib.words import plain_words
from lms.people.models import Estamento, Institution, LegalQuality, Person, Unit
from lms.progress.rules.requirements import AudienceSpec, DueKind, DueSpec, Mode, RequirementSpec
from lms.progress.services.requirements import RequirementText
from lms.ui.day_field import DayField

EVERYBODY, NAMED = "everybody", "named"
_day = partial(DayField, required_text=_("Escribe la fecha."))
MOST_MONTHS, MOST_DAYS = 120, 730


def _checkboxes(label: object, choices: Sequence[tuple[str, object]], help_text: object = "") -> Any:
    return forms.MultipleChoiceField(
        label=label,  # type: ignore[arg-type]
        help_text=help_text,  # type: ignore[arg-type]
        choices=choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class RequirementForm(forms.Form):
    """Short by default; what few need is behind «Más opciones»."""

    title = forms.CharField(label=_("Nombre"), max_length=160, help_text=_("Por ejemplo: Integridad 2027."))
    reason = forms.CharField(
        label=_("Por qué se exige"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lo leerá cada persona. Por ejemplo: lo pide el plan anual de capacitación."),
    )
    courses = forms.MultipleChoiceField(
        label=_("Cursos"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Elige al menos un curso.")},
    )
    mode = forms.ChoiceField(
        label=_("Si son varios"),
        choices=[(Mode.ALL, _("Hay que completar todos")), (Mode.ANY, _("Basta con uno"))],
        initial=Mode.ALL,
        widget=forms.RadioSelect,
    )
    starts_on = _day(label=_("Se exige desde"))
    due_kind = forms.ChoiceField(
        label=_("Plazo"),
        choices=[
            (DueKind.DATE, _("Hasta una fecha, la misma para todas las personas")),
            (DueKind.DAYS, _("Días desde que a la persona se le exige, por ejemplo al ingresar")),
        ],
        initial=DueKind.DATE,
        widget=forms.RadioSelect,
    )
    due_on = _day(label=_("Fecha límite"))
    due_days = forms.IntegerField(label=_("Días"), min_value=0, max_value=MOST_DAYS, initial=30)
    who = forms.ChoiceField(
        label=_("A quiénes"),
        choices=[
            (EVERYBODY, _("A todas las personas que cumplan lo que marques abajo")),
            (NAMED, _("Solo a las personas que nombres")),
        ],
        initial=EVERYBODY,
        widget=forms.RadioSelect,
    )
    estamentos = _checkboxes(_("Solo estos estamentos"), Estamento.choices, _("Sin marcar: todos."))
    legal_qualities = _checkboxes(
        _("Solo estas calidades jurídicas"), LegalQuality.choices, _("Sin marcar: todas, también honorarios.")
    )
    units = forms.MultipleChoiceField(
        label=_("Solo estas unidades"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Con las que dependen de ellas. Sin marcar: todas."),
    )
    target_percent = forms.IntegerField(
        label=_("Meta (%)"), min_value=1, max_value=100, initial=80, help_text=_("Qué parte debe cumplir.")
    )
    # --- More options
    institutions = forms.MultipleChoiceField(
        label=_("Instituciones"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sin marcar: solo la que publica la exigencia."),
    )
    with_dependents = forms.BooleanField(
        label=_("También a las instituciones que dependen de ellas"), required=False
    )
    positions = forms.CharField(
        label=_("Solo estos cargos o funciones"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Uno por línea, como están en la nómina."),
    )
    joined_from = _day(
        label=_("Solo a quienes ingresen desde"),
        help_text=_("Para inducciones. Vacío: también a quienes ya están."),
        required=False,
    )
    people = forms.CharField(
        label=_("Además, a estas personas"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Una por línea: su RUN o su correo."),
    )
    people_kept = forms.MultipleChoiceField(
        label=_("Personas nombradas"), required=False, widget=forms.CheckboxSelectMultiple
    )
    excluded = forms.CharField(
        label=_("Menos a estas personas"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Una por línea: su RUN o su correo."),
    )
    excluded_kept = forms.MultipleChoiceField(
        label=_("Personas excluidas"), required=False, widget=forms.CheckboxSelectMultiple
    )
    minimum_days = forms.IntegerField(
        label=_("Días que tiene al menos cada persona"),
        min_value=0,
        max_value=MOST_DAYS,
        initial=30,
        help_text=_(
            "Para quien ingresa después o vuelve de una ausencia. Nunca más de los que tuvo el resto."
        ),
    )
    recertify_months = forms.IntegerField(
        label=_("Se renueva cada (meses)"),
        min_value=0,
        max_value=MOST_MONTHS,
        initial=0,
        help_text=_("0: vale mientras valga el certificado."),
    )
    window_days = forms.IntegerField(
        label=_("Se puede renovar desde (días antes)"), min_value=0, max_value=365, initial=30
    )
    grace_days = forms.IntegerField(
        label=_("Días de gracia después de vencer"), min_value=0, max_value=365, initial=0
    )

    def __init__(
        self,
        *args: Any,
        courses: Sequence[Course],
        units: Sequence[Unit],
        institutions: Sequence[Institution],
        named: Sequence[Person] = (),
        excluded_people: Sequence[Person] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._set("courses", [(str(course.pk), course.title) for course in courses])
        self._set("units", [(str(unit.pk), unit.name) for unit in units])
        self._set("institutions", [(str(one.pk), one.name) for one in institutions])
        self._set("people_kept", [(str(person.pk), person.list_name) for person in named])
        self._set("excluded_kept", [(str(person.pk), person.list_name) for person in excluded_people])
        if self.is_bound and self.data.get("due_kind") == DueKind.DAYS:
            self.fields["due_on"].required = False
        self.equivalents: list[str] = []
        if len(courses) > 1:
            for course in courses:
                self._add_equivalents(course, courses)

    def _set(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        elif name != "courses":
            del self.fields[name]

    def _add_equivalents(self, course: Course, courses: Sequence[Course]) -> None:
        name = f"equivalents_{course.pk}"
        self.equivalents.append(name)
        self.fields[name] = forms.MultipleChoiceField(
            label=_("En vez de «%(course)s» también vale") % {"course": course.title},
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(str(other.pk), other.title) for other in courses if other != course],
        )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts, due = data.get("starts_on"), data.get("due_on")
        if data.get("due_kind") == DueKind.DATE and starts and due and due < starts:
            self.add_error("due_on", _("La fecha límite es anterior al día desde el que se exige."))
        if data.get("joined_from") and data["joined_from"].year < 1990:
            self.add_error("joined_from", _("Revisa el año."))
        return data

    @property
    def equivalent_fields(self) -> list[forms.BoundField]:
        """One field for each course that others may stand for."""
        return [self[name] for name in self.equivalents]

    @property
    def text(self) -> RequirementText:
        data = self.cleaned_data
        return RequirementText(data["title"], data["reason"], data["target_percent"])

    def spec(self, *, people: Sequence[int], excluded: Sequence[int]) -> RequirementSpec:
        """The spec of the cleaned data; ``people`` and ``excluded`` are the ids found for the lines."""
        data = self.cleaned_data
        audience = AudienceSpec(
            everybody=data["who"] == EVERYBODY,
            institutions=_ids(data.get("institutions", ())),
            with_dependents=data["with_dependents"],
            units=_ids(data.get("units", ())),
            estamentos=tuple(sorted(data["estamentos"])),
            legal_qualities=tuple(sorted(data["legal_qualities"])),
            positions=tuple(
                sorted({w for line in data["positions"].splitlines() if (w := plain_words(line))})
            ),
            joined_from=data["joined_from"],
            people=_ids((*data.get("people_kept", ()), *people)),
            excluded=_ids((*data.get("excluded_kept", ()), *excluded)),
        )
        is_dated = data["due_kind"] == DueKind.DATE
        due = DueSpec(
            kind=data["due_kind"],
            day=data["due_on"] if is_dated else None,
            days=data["due_days"],
            minimum_days=data["minimum_days"],
        )
        return RequirementSpec(
            courses=_ids(data["courses"]),
            starts_on=data["starts_on"],
            audience=audience,
            mode=data["mode"],
            due=due,
            recertify_months=data["recertify_months"],
            window_days=data["window_days"],
            grace_days=data["grace_days"],
            equivalents={
                name.removeprefix("equivalents_"): _ids(data[name]) for name in self.equivalents if data[name]
            },
        )


def initial_of(*, text: RequirementText, spec: RequirementSpec) -> dict[str, Any]:
    """The form's values for a draft."""
    audience, due = spec.audience, spec.due
    return {
        "title": text.title,
        "reason": text.reason,
        "target_percent": text.target_percent,
        "courses": [str(pk) for pk in spec.courses],
        "mode": spec.mode,
        "starts_on": spec.starts_on,
        "due_kind": due.kind,
        "due_on": due.day,
        "due_days": due.days,
        "minimum_days": due.minimum_days,
        "who": EVERYBODY if audience.everybody else NAMED,
        "institutions": [str(pk) for pk in audience.institutions],
        "with_dependents": audience.with_dependents,
        "units": [str(pk) for pk in audience.units],
        "estamentos": list(audience.estamentos),
        "legal_qualities": list(audience.legal_qualities),
        "positions": "\n".join(audience.positions),
        "joined_from": audience.joined_from,
        "people_kept": [str(pk) for pk in audience.people],
        "excluded_kept": [str(pk) for pk in audience.excluded],
        "recertify_months": spec.recertify_months,
        "window_days": spec.window_days,
        "grace_days": spec.grace_days,
        **{f"equivalents_{pk}": [str(o) for o in others] for pk, others in spec.equivalents.items()},
    }


def new_initial(*, today: date) -> dict[str, Any]:
    """The values of an empty form."""
    return {"starts_on": today}


def _ids(values: Sequence[Any]) -> tuple[int, ...]:
    return tuple(sorted({int(value) for value in values}))


class PublishForm(forms.Form):
    """Why it is published, changed or withdrawn: stays in the history."""

    note = forms.CharField(
        label=_("Qué cambia y por qué"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class ExemptForm(forms.Form):
    """From when to when, and why. The person reads the reason."""

    first_day = _day(label=_("Desde"))
    last_day = _day(label=_("Hasta"))
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Lo lee la persona. No escribas datos de salud ni de su familia."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("El término es anterior al inicio."))
        elif last and last < self._today:
            self.add_error("last_day", _("Esa fecha ya pasó."))
        return data
