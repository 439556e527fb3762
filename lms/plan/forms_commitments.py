"""The forms by which the plan's team writes commitments, milestones and external codings."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.plan.forms_plans import LARGEST_NUMBER, DatedForm, line_field, text_field
from lms.plan.models import ActionPlan, Commitment, Milestone
from lms.plan.services import CommitmentLinks, CommitmentValues, MilestoneValues
from lms.plan.written_lists import (
    UnknownInstitutionError,
    UnknownNumberError,
    read_institutions,
    read_lines,
    read_numbers,
    read_sdg,
    write_institutions,
)
from lms.ui.day_field import DayField


class CommitmentForm(DatedForm):
    """What a commitment says; what stays blank is shown as not published."""

    number = forms.IntegerField(
        label=_("Número"), min_value=1, max_value=LARGEST_NUMBER,
        error_messages={
            "required": _("Escribe el número del compromiso."),
            "invalid": _("Escribe un número entero de 1 a 200."),
            "min_value": _("Escribe un número entero de 1 a 200."),
            "max_value": _("Escribe un número entero de 1 a 200."),
        },
    )  # fmt: skip
    title = line_field(_("Título"), most=300, required=_("Escribe el título del compromiso."))
    description = text_field(_("Qué se compromete"), help_text=_("Textual, como lo dice el plan."))
    problem = text_field(_("Problema público que aborda"), rows=3)
    ambition = text_field(_("Resultado esperado"), rows=3, help_text=_("Qué será distinto cuando se cumpla."))
    table_id = forms.TypedChoiceField(
        label=_("Mesa de trabajo de la que salió"), required=False, coerce=int, empty_value=None,
        error_messages={"invalid_choice": _("Elige una mesa de la lista.")},
    )  # fmt: skip
    lead = line_field(_("Responsable"), most=200, help_text=_("Como lo dice el plan."))
    supporting = text_field(_("Instituciones que apoyan"), rows=3, help_text=_("Una por línea."))
    reporting_institutions = text_field(
        _("Instituciones que informan el avance aquí"), rows=3,
        help_text=_(
            "Una por línea, con su nombre o su código. Las personas de ellas con el rol «Unidad responsable "
            "de compromisos» podrán informar."
        ),
    )  # fmt: skip
    starts_on = DayField(label=_("Inicio"), required=False)
    ends_on = DayField(label=_("Término"), required=False)
    sdg_targets = line_field(
        _("Objetivos de Desarrollo Sostenible y sus metas"), most=300,
        help_text=_("Números separados por comas: 16.5, 16.10, 4."),
    )  # fmt: skip
    budget_amount = forms.DecimalField(
        label=_("Presupuesto"), required=False, min_value=0, max_digits=18, decimal_places=2,
        help_text=_("El monto, sin puntos: 150000000."),
        error_messages={
            "invalid": _("Escribe el monto con números, sin puntos ni signos: 150000000."),
            "min_value": _("El presupuesto no puede ser negativo."),
            "max_digits": _("Ese monto es demasiado grande."),
            "max_whole_digits": _("Ese monto es demasiado grande."),
            "max_decimal_places": _("Escribe dos decimales como máximo."),
        },
    )  # fmt: skip
    budget_currency = forms.RegexField(
        regex=r"^[A-Za-z]{3}$", label=_("Moneda"), required=False,
        help_text=_("Tres letras: CLP, USD."),
        error_messages={"invalid": _("Escribe tres letras: CLP, USD.")},
    )  # fmt: skip
    related = line_field(
        _("Compromisos relacionados"), most=300,
        help_text=_("Números de este plan, o «código del plan/número» de otro: 3, plan-chile-4/6."),
    )  # fmt: skip
    policy_areas = text_field(_("Áreas de política según OGP"), rows=2, help_text=_("Una por línea."))
    ogp_id = line_field(_("Identificador OGP"), most=20)
    notes = text_field(_("Notas sobre las fuentes"), rows=2)
    source_text = line_field(
        _("Fuente de lo que escribes o cambias ahora"),
        most=300,
        help_text=_("El documento: título y página."),
    )
    source_url = forms.URLField(
        label=_("Dirección de la fuente"), required=False, max_length=300, assume_scheme="https",
        error_messages={"invalid": _("Escribe una dirección completa: https://…")},
    )  # fmt: skip
    reason = line_field(
        _("Motivo del cambio"), most=1000, help_text=_("Se leerá en la historia pública del compromiso.")
    )

    def __init__(
        self, *args: Any, plan: ActionPlan, commitment: Commitment | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.plan, self.commitment = plan, commitment
        fields: dict[str, Any] = self.fields
        fields["table_id"].choices = [("", _("No se sabe"))] + [(t.pk, t.name) for t in plan.tables.all()]
        if commitment is None:
            del self.fields["reason"]
            last = plan.commitments.order_by("-number").values_list("number", flat=True).first()
            self.initial = {"number": (last or 0) + 1}
        else:
            del self.fields["number"]
            self.initial = _initial(commitment)

    def clean_sdg_targets(self) -> list[str]:
        return read_sdg(self.cleaned_data["sdg_targets"])

    def clean_supporting(self) -> list[str]:
        return read_lines(self.cleaned_data["supporting"], most=200)

    def clean_policy_areas(self) -> list[str]:
        return read_lines(self.cleaned_data["policy_areas"], most=100)

    def clean_reporting_institutions(self) -> list[int]:
        try:
            return read_institutions(self.cleaned_data["reporting_institutions"])
        except UnknownInstitutionError as error:
            words = _now("No hay una institución «%(name)s». Escríbela como en su página, o con su código.")
            raise forms.ValidationError(words % {"name": error.args[0]}) from None

    def clean_related(self) -> list[int]:
        try:
            related = self.commitment.related if self.commitment else Commitment.objects.none()
            kept = list(related.values_list("pk", flat=True))
            found = read_numbers(self.cleaned_data["related"], plan=self.plan, kept=kept)
        except UnknownNumberError as error:
            words = _now("No hay un compromiso «%(name)s».") % {"name": error.args[0]}
            raise forms.ValidationError(words) from None
        return [pk for pk in found if self.commitment is None or pk != self.commitment.pk]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("budget_amount") is not None and not data.get("budget_currency"):
            self.add_error("budget_currency", _now("Di en qué moneda está el presupuesto."))
        if data.get("source_url") and not data.get("source_text"):
            self.add_error("source_text", _now("Di qué documento está en esa dirección."))
        return data

    @property
    def values(self) -> CommitmentValues:
        """Blank is ``None``: not published."""
        data = self.cleaned_data
        names = CommitmentValues.__dataclass_fields__
        found: Any = {name: data[name] if data[name] not in ("", []) else None for name in names}
        has_budget = found["budget_amount"] is not None
        found["budget_currency"] = data["budget_currency"].upper() if has_budget else None
        return CommitmentValues(**found)

    @property
    def links(self) -> CommitmentLinks:
        return CommitmentLinks(self.cleaned_data["reporting_institutions"], self.cleaned_data["related"])

    @property
    def sources(self) -> dict[str, dict[str, str]]:
        """The sources of what stays, and the one written now for each value that is new or changed.

        A changed value loses its earlier source: that one says something else.
        """
        values = {name: getattr(self.values, name) for name in SOURCED}
        new = {SOURCED[name] for name, value in values.items() if self._is_new(name, value)}
        gone = {SOURCED[name] for name, value in values.items() if value is None}
        old = self.commitment.sources if self.commitment else {}
        found = {key: source for key, source in old.items() if key not in new | gone}
        if text := self.cleaned_data["source_text"]:
            url = self.cleaned_data["source_url"]
            found |= {key: {"text": text, "url": url} for key in sorted(new)}
        return found

    def _is_new(self, name: str, value: Any) -> bool:
        before = getattr(self.commitment, name) if self.commitment else None
        return value is not None and value != before


SOURCED = {
    "title": "title",
    "description": "description",
    "problem": "problem",
    "ambition": "ambition",
    "table_id": "table",
    "lead": "lead",
    "supporting": "supporting",
    "starts_on": "starts_on",
    "ends_on": "ends_on",
    "sdg_targets": "sdg_targets",
    "policy_areas": "policy_areas",
    "budget_amount": "budget",
    "ogp_id": "ogp_id",
}
"""Under which name the source of each field is kept, as in packs."""


def _initial(commitment: Commitment) -> dict[str, Any]:
    def lines(values: list[str] | None) -> str:
        return "\n".join(values or ())

    found: dict[str, Any] = {
        name: getattr(commitment, name) for name in CommitmentValues.__dataclass_fields__
    }
    plan = commitment.plan
    return found | {
        "supporting": lines(commitment.supporting),
        "policy_areas": lines(commitment.policy_areas),
        "sdg_targets": ", ".join(commitment.sdg_targets or ()),
        "reporting_institutions": write_institutions(commitment.reporting_institutions.all()),
        "related": ", ".join(
            str(other.number) if other.plan_id == plan.pk else f"{other.plan.code}/{other.number}"
            for other in commitment.related.select_related("plan")
        ),
    }


class MilestoneForm(DatedForm):
    """What a milestone says. Its status is not written here: it comes with an approved update."""

    last_day = "due_on"

    label = line_field(_("Hito"), most=300, required=_("Escribe en qué consiste el hito."))
    description = text_field(_("Descripción"), rows=3, most=3000)
    unit = line_field(_("Unidad responsable"), most=200)
    starts_on = DayField(label=_("Inicio"), required=False)
    due_on = DayField(label=_("Plazo"), required=False)
    source_text = line_field(_("Fuente"), most=300, help_text=_("El documento que lo publica, si lo hay."))
    source_url = forms.URLField(
        label=_("Dirección de la fuente"), required=False, max_length=300, assume_scheme="https",
        error_messages={"invalid": _("Escribe una dirección completa: https://…")},
    )  # fmt: skip
    reason = line_field(
        _("Motivo, si cambias el plazo"), most=1000,
        help_text=_("Un plazo nuevo queda en la lista pública de hitos reprogramados, con este motivo."),
    )  # fmt: skip

    def __init__(self, *args: Any, milestone: Milestone | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if milestone is None:
            del self.fields["reason"]
        else:
            self.initial = {name: getattr(milestone, name) for name in MilestoneValues.__dataclass_fields__}

    @property
    def values(self) -> MilestoneValues:
        names = MilestoneValues.__dataclass_fields__
        return MilestoneValues(**{name: value for name, value in self.cleaned_data.items() if name in names})


class CodingForm(DatedForm):
    """What an independent body says of a commitment, in the words of its vocabulary.

    Sources of the words: Open Government Partnership, glossary (completion, verifiability, ambition), and
    the commitment pages for plans before 2020.
    """

    by = line_field(_("Quién evalúa"), most=40, required=_("Di quién evalúa: IRM, por ejemplo."))
    source_url = forms.URLField(
        label=_("Dirección donde se lee"), max_length=200, assume_scheme="https",
        error_messages={
            "required": _("Escribe la dirección de la evaluación."),
            "invalid": _("Escribe una dirección completa: https://…"),
        },
    )  # fmt: skip
    retrieved_on = DayField(label=_("Consultada el"), required_text=_("Escribe qué día la leíste."))
    verifiable = forms.ChoiceField(label=_("Verificable"), required=False)
    relevant_to_ogp_values = forms.ChoiceField(label=_("Relevante para los valores de OGP"), required=False)
    ambition = forms.ChoiceField(label=_("Ambición"), required=False)
    completion = forms.ChoiceField(label=_("Cumplimiento"), required=False)
    early_results = forms.ChoiceField(label=_("Resultados tempranos"), required=False)

    WORDS = {
        "verifiable": ("Yes", "No"),
        "relevant_to_ogp_values": ("Yes", "No"),
        "ambition": ("Unclear", "Low", "Modest", "High", "Substantial"),
        "completion": ("No Evidence Available", "Not Started", "Limited", "Substantial", "Complete"),
        "early_results": ("No IRM Data", "None", "Marginal", "Moderate", "Major", "Significant"),
    }

    def __init__(self, *args: Any, words: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"by": "IRM"}
        fields: dict[str, Any] = self.fields
        for name, values in self.WORDS.items():
            choices = [(value, f"{words.get(value, value)} ({value})") for value in values]
            fields[name].choices = [("", _("No lo dice")), *choices]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if not self.errors and not any(data.get(name) for name in self.WORDS):
            raise forms.ValidationError(_("Elige al menos un resultado de la evaluación."))
        return data

    @property
    def coding(self) -> dict[str, str | None]:
        return {name: self.cleaned_data[name] or None for name in self.WORDS}
