"""The forms by which the plan's team writes a plan, and what all its forms share."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.lib.words import clean_line, clean_text
from lms.people.models import Institution
from lms.plan.models import ActionPlan
from lms.plan.services import PlanValues
from lms.plan.written_lists import read_lines
from lms.ui.day_field import DayField
from lms.ui.text_fields import LineField, WordsField

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
"""A date outside is a typing error."""
LARGEST_NUMBER = 200
BAD_CODE = _("Usa solo minúsculas sin tilde, números y guiones: plan-local-2026.")
TOO_LONG = _("Escribe %(limit_value)d caracteres o menos.")


def line_field(label: Any, *, most: int, required: Any = "", help_text: Any = "") -> forms.CharField:
    """One line of text; ``required``: what is said where it lacks."""
    return LineField(
        label=label,
        help_text=help_text,
        required=bool(required),
        max_length=most,
        error_messages={"required": required, "max_length": TOO_LONG},
    )


def text_field(label: Any, *, help_text: Any = "", rows: int = 4, most: int = 10_000) -> forms.CharField:
    """Paragraphs that may stay empty."""
    return WordsField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"max_length": TOO_LONG},
    )


class DatedForm(forms.Form):
    """Texts come back cleaned, and days of another century are typing errors."""

    first_day, last_day = "starts_on", "ends_on"

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in list(data.items()):
            if isinstance(value, str):
                is_line = not isinstance(self.fields[name].widget, forms.Textarea)
                data[name] = clean_line(value) if is_line else clean_text(value)
            elif isinstance(value, date) and not EARLIEST <= value <= LATEST:
                self.add_error(name, _now("Revisa el año: debe estar entre 2000 y 2100."))
        start, end = data.get(self.first_day), data.get(self.last_day)
        if start and end and end < start:
            self.add_error(self.last_day, _now("Termina antes de empezar. Corrige una de las fechas."))
        return data


class PlanForm(DatedForm):
    """What a plan says. ``institutions``: whose it may be; ``everywhere``: it may also be a country's.

    ``plans``: public ones; ``kept``: those that it is linked to, which may be drafts of others.
    """

    title = line_field(_("Título"), most=255, required=_("Escribe el título del plan."))
    code = forms.SlugField(
        label=_("Código"),
        help_text=_("Es parte de la dirección de sus páginas y no cambia. Minúsculas, números y guiones."),
        max_length=60,
        error_messages={
            "required": _("Escribe un código."),
            "invalid": BAD_CODE,
            "max_length": TOO_LONG,
        },
    )
    level = forms.ChoiceField(label=_("Alcance"), choices=ActionPlan.Level.choices)
    institution_id = forms.TypedChoiceField(
        label=_("Institución"), required=False, coerce=int, empty_value=None,
        help_text=_("Una municipalidad, un ministerio. En blanco si el plan es de todo el país."),
        error_messages={"invalid_choice": _("Elige una institución de la lista.")},
    )  # fmt: skip
    country = line_field(_("País"), most=60, required=_("Escribe el país."))
    period = line_field(
        _("Período"),
        most=20,
        required=_("Escribe el período."),
        help_text=_("Como lo llama el plan: 2026-2028."),
    )
    starts_on = DayField(label=_("Inicio"), required=False)
    ends_on = DayField(label=_("Término"), required=False)
    total_commitments = forms.IntegerField(
        label=_("Cuántos compromisos tiene"), min_value=1, max_value=LARGEST_NUMBER,
        error_messages={
            "required": _("Escribe cuántos compromisos tiene."),
            "invalid": _("Escribe un número entero de 1 a 200."),
            "min_value": _("Escribe un número entero de 1 a 200."),
            "max_value": _("Escribe un número entero de 1 a 200."),
        },
    )  # fmt: skip
    cycle = forms.IntegerField(
        label=_("Ciclo"), required=False, min_value=2011, max_value=2100,
        help_text=_("El año que OGP da al plan, si lo tiene."),
        error_messages={
            "invalid": _("Escribe un año entre 2011 y 2100."),
            "min_value": _("Escribe un año entre 2011 y 2100."),
            "max_value": _("Escribe un año entre 2011 y 2100."),
        },
    )  # fmt: skip
    adheres_to_id = forms.TypedChoiceField(
        label=_("Adhiere al plan"), required=False, coerce=int, empty_value=None,
        help_text=_("Para un plan local: el plan nacional o sectorial del que nace."),
        error_messages={"invalid_choice": _("Elige un plan de la lista.")},
    )  # fmt: skip
    follows_id = forms.TypedChoiceField(
        label=_("Plan anterior"), required=False, coerce=int, empty_value=None,
        help_text=_("El del ciclo anterior de la misma serie."),
        error_messages={"invalid_choice": _("Elige un plan de la lista.")},
    )  # fmt: skip
    tables = text_field(_("Mesas de trabajo"), help_text=_("Una por línea, en su orden."))
    design_text = text_field(_("Cómo se diseñó"), help_text=_("Quiénes participaron y cómo."))
    monitoring_text = text_field(_("Seguimiento y evaluación"), rows=2, help_text=_("Qué dice el documento."))

    def __init__(
        self,
        *args: Any,
        plan: ActionPlan | None = None,
        institutions: Sequence[Institution],
        plans: Sequence[ActionPlan],
        everywhere: bool,
        kept: Sequence[ActionPlan] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        blank = [("", _("De todo el país"))] if everywhere else []
        fields["institution_id"].choices = blank + [(place.pk, place.name) for place in institutions]
        fields["institution_id"].required = not everywhere
        others = {one.pk: one.title for one in plans if plan is None or one.pk != plan.pk}
        others |= {one.pk: str(_("El de ahora, que no es público")) for one in kept if one.pk not in others}
        fields["adheres_to_id"].choices = [("", _("Ninguno")), *others.items()]
        fields["follows_id"].choices = [("", _("Ninguno")), *others.items()]
        if plan is not None:
            del self.fields["code"]
            self.initial = {name: getattr(plan, name) for name in self.fields if name != "tables"}
            self.initial["tables"] = "\n".join(table.name for table in plan.tables.all())

    def clean_tables(self) -> list[str]:
        return read_lines(self.cleaned_data["tables"], most=150)

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        if code != code.lower():
            raise forms.ValidationError(
                _("Usa solo minúsculas sin tilde, números y guiones: plan-local-2026.")
            )
        return code

    @property
    def values(self) -> PlanValues:
        names = PlanValues.__dataclass_fields__
        return PlanValues(**{name: value for name, value in self.cleaned_data.items() if name in names})
