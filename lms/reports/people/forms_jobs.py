"""Forms by which HR writes one posting: add a person, add, correct, end or move."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from lms.lib.run import InvalidRunError, fingerprint_run, mask_run
from lms.people.models import Estamento, LegalQuality, Posting, Unit
from lms.people.regions import REGION_CHOICES
from lms.people.services.identities import RunMark
from lms.people.services.jobs import JobTerms, NewPerson
from lms.reports.people.forms_dates import DatedForm
from lms.reports.people.selectors_jobs import UnitChoices
from lms.ui.day_field import DayField

CHOOSE = {"required": _("Elige una opción."), "invalid_choice": _("Elige una opción de la lista.")}


class JobForm(DatedForm):
    """What a posting says. ``units``: those that may be chosen, by institution."""

    unit = forms.ChoiceField(
        label=_("Unidad"),
        error_messages={
            "required": _("Elige la unidad."),
            "invalid_choice": _("Elige una unidad de la lista."),
        },
    )
    estamento = forms.ChoiceField(
        label=_("Estamento"), choices=[("", _("Elige")), *Estamento.choices], error_messages=CHOOSE
    )
    legal_quality = forms.ChoiceField(
        label=_("Calidad jurídica"), choices=[("", _("Elige")), *LegalQuality.choices], error_messages=CHOOSE
    )
    grade = forms.CharField(
        label=_("Grado"), max_length=10, required=False, help_text=_("Como en la escala de la institución.")
    )
    position = forms.CharField(label=_("Cargo o función"), max_length=120, required=False)
    region = forms.ChoiceField(
        label=_("Región donde trabaja"),
        choices=[("", _("Sin indicar")), *REGION_CHOICES],
        required=False,
        error_messages=CHOOSE,
    )
    valid_from = DayField(label=_("Primer día"), required_text=_("Escribe el primer día."))
    valid_until = DayField(
        label=_("Último día"), required=False, help_text=_("Déjalo vacío si no tiene término.")
    )

    def __init__(self, *args: Any, units: UnitChoices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: list[Any] = [("", _("Elige")), *(units if len(units) != 1 else units[0][1])]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    @property
    def terms(self) -> JobTerms:
        """The posting as written. One query."""
        data = self.cleaned_data
        return JobTerms(
            unit=Unit.objects.get(pk=int(data["unit"])),
            estamento=data["estamento"],
            legal_quality=data["legal_quality"],
            grade=data["grade"],
            position=data["position"],
            region=data["region"],
            valid_from=data["valid_from"],
            valid_until=data["valid_until"],
        )


class PersonForm(JobForm):
    """A person and a first posting. Neither RUN nor e-mail is needed to be counted."""

    given_names = forms.CharField(
        label=_("Nombres"), max_length=150, error_messages={"required": _("Escribe los nombres.")}
    )
    family_names = forms.CharField(
        label=_("Apellidos"), max_length=150, error_messages={"required": _("Escribe los apellidos.")}
    )
    run = forms.CharField(
        label=_("RUN"),
        max_length=20,
        required=False,
        help_text=_("Sirve para reconocer a la persona en la nómina. No guardamos el número."),
    )
    email = forms.EmailField(
        label=_("Correo"),
        max_length=254,
        required=False,
        help_text=_("Para invitarla y avisarle. Sin correo se cuenta igual."),
        error_messages={"invalid": _("Escribe un correo completo, por ejemplo nombre@servicio.cl.")},
    )
    field_order = ("given_names", "family_names", "run", "email")

    def clean_run(self) -> RunMark | None:
        text = self.cleaned_data["run"]
        if not text:
            return None
        try:
            return RunMark(fingerprint_run(text, settings.RUN_KEY), mask_run(text))
        except InvalidRunError:
            raise forms.ValidationError(
                _("Ese RUN no es válido. Revisa el número y el dígito después del guion.")
            ) from None

    @property
    def person(self) -> NewPerson:
        data = self.cleaned_data
        return NewPerson(data["given_names"], data["family_names"], data["email"].lower(), data["run"])


class EndForm(DatedForm):
    """The last day of a posting."""

    last_day = DayField(
        label=_("Último día en el puesto"),
        required_text=_("Escribe el último día."),
        help_text=_("Puede ser un día pasado o uno que venga."),
    )


def terms_of(posting: Posting) -> Mapping[str, Any]:
    """The values of the form for a posting."""
    return {
        "unit": str(posting.unit_id),
        "estamento": posting.estamento,
        "legal_quality": posting.legal_quality,
        "grade": posting.grade,
        "position": posting.position,
        "region": posting.region,
        "valid_from": posting.valid_from,
        "valid_until": posting.valid_until,
    }
