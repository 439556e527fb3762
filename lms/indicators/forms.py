"""What the keepers of a plan write: an indicator, a file, a reason."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils.translation import gettext_lazy as _

from lms.indicators.models import FACTORS, Indicator
from lms.indicators.rules.dimension_text import (
    DimensionError,
    DimensionFault,
    read_dimension_text,
    spell_dimensions,
)
from lms.indicators.rules.numbers import NumberError, NumberProblem, read_number, spell_plain
from lms.indicators.rules.periods import EXAMPLES, Frequency, PeriodError, read_period
from lms.indicators.rules.shapes import read_dimensions
from lms.indicators.selectors.upload_words import limits
from lms.indicators.services.indicators import IndicatorValues
from lms.lib.words import clean_line
from lms.plan.models import Commitment
from lms.plan.rules.sdg import GOALS, TARGETS
from lms.ui.text_fields import LineField, WordsField

EXTENSIONS = ["csv", "txt", "xlsx"]
LONGEST_TEXT = 4000

_NUMBER_WORDS = {
    NumberProblem.NOT_A_NUMBER: _("Escribe un número, o deja el campo en blanco si no está publicado."),
    NumberProblem.AMBIGUOUS: _(
        "Se puede leer de dos maneras. Escribe los miles sin punto y los decimales con coma: 1234,5."
    ),
    NumberProblem.NEGATIVE: _("Escribe cero o un número mayor."),
    NumberProblem.TOO_LONG: _("El número es demasiado largo: caben 11 cifras antes de la coma."),
    NumberProblem.TOO_MANY_DECIMALS: _("Usa hasta cuatro decimales."),
}
_DIMENSION_WORDS = {
    DimensionFault.TOO_MANY: _("Escribe hasta cinco desagregaciones."),
    DimensionFault.NO_NAME: _("Cada línea empieza con un nombre hecho de letras."),
    DimensionFault.WRONG_COLUMN: _(
        "«%(detail)s» no puede ser el nombre de una columna: usa minúsculas sin tilde, números y _."
    ),
    DimensionFault.TOO_LONG: _("«%(detail)s»: acorta el nombre (40 caracteres) o sus valores (120)."),
    DimensionFault.RESERVED: _("«%(detail)s» es el nombre de otra columna del archivo. Usa otro."),
    DimensionFault.REPEATED: _("«%(detail)s»: el nombre o un valor está dos veces."),
    DimensionFault.TOO_MANY_VALUES: _("«%(detail)s» tiene demasiados valores: hasta 500. Déjala sin lista."),
}


class AmountField(forms.CharField):
    """A number as people write it; blank is "not published"."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return read_number(text)
        except NumberError as error:
            raise forms.ValidationError(_NUMBER_WORDS[error.problem]) from error

    def prepare_value(self, value: Any) -> Any:
        return spell_plain(value).replace(".", ",") if isinstance(value, Decimal) else value


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return WordsField(
        label=label, help_text=help_text, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4})
    )


def _line(label: Any, help_text: Any = "", length: int = 250, required: bool = True) -> forms.CharField:
    return LineField(label=label, help_text=help_text, max_length=length, required=required)


def _address(label: Any) -> forms.URLField:
    return forms.URLField(label=label, max_length=300, required=False, assume_scheme="https")


class IndicatorForm(forms.Form):
    """What an indicator says. ``commitments``: those of the plan, to choose from for a new one."""

    commitment = forms.ModelChoiceField(
        label=_("Compromiso"),
        queryset=Commitment.objects.none(),
        empty_label=None,
        error_messages={"invalid_choice": _("Elige un compromiso de la lista.")},
    )
    title = _line(_("Título"))
    definition = _text(_("Qué mide"), _("En palabras que entienda cualquier persona."))
    method = _text(_("Cómo se calcula"), _("Qué se cuenta, de dónde sale y qué queda fuera."))
    origin_text = _line(
        _("Quién definió el indicador"),
        _("Por ejemplo, el documento o la institución que lo propone."),
    )
    origin_url = _address(_("Dirección de esa definición"))
    kind = forms.ChoiceField(label=_("Tipo"), choices=Indicator.Kind.choices)
    numerator_label = _line(_("Qué es el numerador"), _("En una cantidad, qué se cuenta."))
    denominator_label = _line(_("Qué es el denominador"), _("En blanco si es una cantidad."), required=False)
    is_part_of_whole = forms.BooleanField(
        label=_("El numerador es una parte del denominador: no puede ser mayor"), required=False
    )
    factor = forms.TypedChoiceField(
        label=_("Se multiplica por"),
        help_text=_("100 para un porcentaje."),
        choices=FACTORS,
        coerce=int,
    )
    unit = _line(_("Unidad"), _("Por ejemplo: % de organismos, metros cúbicos, puntos."), length=80)
    decimals = forms.IntegerField(label=_("Decimales que se muestran"), min_value=0, max_value=4)
    direction = forms.ChoiceField(label=_("Hacia dónde debe moverse"), choices=Indicator.Direction.choices)
    frequency = forms.ChoiceField(label=_("Cada cuánto se mide"), choices=Indicator.Frequency.choices)
    dimensions = WordsField(
        label=_("Desagregación"),
        help_text=_(
            "Una por línea: nombre, dos puntos y sus valores separados por punto y coma. Sin valores, se "
            "acepta cualquiera. Ejemplo: «Sexo: mujeres; hombres». La columna del archivo se llama como el "
            "nombre; si se llama de otra manera, va entre corchetes: «Grupo de población [grupo]»."
        ),
        required=False,
        max_length=70_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    baseline_value = AmountField(label=_("Línea base"), help_text=_("En blanco si nadie la publicó."))
    baseline_period = _line(_("Período de la línea base"), length=20, required=False)
    baseline_source_text = _line(_("Fuente de la línea base"), required=False)
    baseline_source_url = _address(_("Dirección de la fuente de la línea base"))
    target_value = AmountField(label=_("Meta"), help_text=_("En blanco si nadie la publicó."))
    target_period = _line(_("Período de la meta"), length=20, required=False)
    target_source_text = _line(_("Fuente de la meta"), required=False)
    target_source_url = _address(_("Dirección de la fuente de la meta"))
    source_text = _line(_("Fuente de los datos"), required=False)
    source_url = _address(_("Dirección de la fuente de los datos"))
    licence = _line(_("Licencia de los datos"), length=120)
    sdg_target = _line(
        _("Meta de los Objetivos de Desarrollo Sostenible"),
        _("Su número, como 16.6, o en blanco."),
        length=6,
        required=False,
    )

    def __init__(
        self,
        *args: Any,
        commitments: Sequence[Commitment] | Any,
        indicator: Indicator | None = None,
        commitment: Commitment | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        self.initial = _initial(indicator) | {"commitment": commitment}
        if indicator is None:
            self.fields["commitment"].queryset = commitments  # type: ignore[attr-defined]
        else:
            del self.fields["commitment"]

    def clean_dimensions(self) -> list[dict[str, Any]]:
        try:
            found = read_dimension_text(self.cleaned_data["dimensions"])
        except DimensionError as error:
            raise forms.ValidationError(_DIMENSION_WORDS[error.fault] % {"detail": error.detail}) from error
        return [{"name": one.name, "label": one.label, "values": list(one.values)} for one in found]

    def clean_sdg_target(self) -> str:
        target: str = self.cleaned_data["sdg_target"].strip().lower()
        if target and target not in TARGETS and target not in GOALS:
            raise forms.ValidationError(_("Escribe el número de un objetivo o de una meta, como 16 o 16.6."))
        return target

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("kind") == Indicator.Kind.RATIO and not data.get("denominator_label", "-"):
            self.add_error("denominator_label", _("Di qué es el denominador, o elige «Cantidad»."))
        if data.get("kind") == Indicator.Kind.COUNT:
            data |= {"denominator_label": "", "is_part_of_whole": False, "factor": 1}
        for name in ("baseline", "target"):
            self._check_reference(name, data)
        return data

    def _check_reference(self, name: str, data: dict[str, Any]) -> None:
        """A value without its period or source proves nothing."""
        if data.get(f"{name}_value") is None:
            return
        for part in ("period", "source_text"):
            if not data.get(f"{name}_{part}", "-"):
                self.add_error(f"{name}_{part}", _("Complétalo: el valor necesita su período y su fuente."))

    @property
    def values(self) -> IndicatorValues:
        """What was written, once it is valid."""
        return IndicatorValues(
            **{name: value for name, value in self.cleaned_data.items() if name != "commitment"}
        )


def _initial(indicator: Indicator | None) -> dict[str, Any]:
    if indicator is None:
        return {"factor": 100, "decimals": 1, "licence": Indicator._meta.get_field("licence").default}
    names = [name for name in IndicatorForm.base_fields if name != "commitment"]
    values = {name: getattr(indicator, name) for name in names}
    return values | {"dimensions": spell_dimensions(read_dimensions(indicator.dimensions))}


class UploadForm(forms.Form):
    """A file of data and what it changes."""

    file = forms.FileField(
        label=_("Archivo"),
        validators=[
            FileExtensionValidator(
                EXTENSIONS,
                message=_("El archivo debe ser CSV o XLSX. Guarda tu planilla en uno de esos formatos."),
            )
        ],
        error_messages={
            "required": _("Elige el archivo que tiene los datos."),
            "empty": _("El archivo está vacío. Elige el archivo que tiene los datos."),
        },
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    note = WordsField(
        label=_("Qué cambia y por qué"),
        help_text=_("Es público: se lee junto a la revisión."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Di en una frase qué cambia y por qué.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = _("CSV o XLSX, hasta %(megabytes)s MB y %(rows)s filas.")
        self.fields["file"].help_text = words % limits()

    @property
    def file_name(self) -> str:
        return clean_line(self.cleaned_data["file"].name)[:200]


class ReasonForm(forms.Form):
    """Why something that was settled is undone."""

    reason = WordsField(
        label=_("Motivo"),
        help_text=_("Queda en la historia del indicador."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Escribe el motivo.")},
    )


class LockForm(forms.Form):
    """A period to close."""

    period = LineField(
        label=_("Período"), max_length=20, error_messages={"required": _("Escribe el período.")}
    )
    reason = WordsField(
        label=_("Nota"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, frequency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.frequency = Frequency(frequency)
        self.fields["period"].help_text = _("Escríbelo así: %(example)s.") % {
            "example": EXAMPLES[self.frequency]
        }

    def clean_period(self) -> str:
        try:
            return read_period(text=self.cleaned_data["period"], frequency=self.frequency)
        except PeriodError as error:
            words = _("No es un período de este indicador. Escríbelo así: %(example)s.")
            raise forms.ValidationError(words % {"example": EXAMPLES[self.frequency]}) from error
