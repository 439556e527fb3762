"""What the list of statements is asked for: the filters of the API, by their Spanish names."""

import re
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from lms.lib.clock import CHILE
from lms.operations.selectors_statements import find_identifier, has_statement
from lms.operations.words import KNOWN_VERBS, describe_verb, shorten
from lms.ui.day_field import DayField
from lms.xapi.platform import Platform
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import is_iri, is_uuid
from lms.xapi.rules.keys import identify
from lms.xapi.rules.statements import check_agent
from lms.xapi.selectors.finding import StatementFilter

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2070, 12, 31)
"""Positions in the record reach from 1929 to 2071."""
LONGEST_SAID = 60
_is_pseudonym = re.compile(r"[A-Za-z0-9]{20,64}").fullmatch
_UUID_ERROR = _("Escribe el identificador completo, con sus guiones.")


class StoredDayField(DayField):
    """A calendar day in Chile, within what positions can say; it may be empty."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def clean(self, value: Any) -> Any:
        day = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Elige una fecha entre 2000 y 2070."))
        return day


class StatementsForm(forms.Form):
    """The filters. All may be empty; ``platform`` says how our people's accounts begin."""

    persona = forms.CharField(
        label=_("Persona o programa"),
        help_text=_("Un seudónimo, o el JSON de un Agent. No se busca por nombre, correo ni RUN."),
        required=False,
        max_length=2000,
    )
    verbo = forms.ChoiceField(
        label=_("Verbo"),
        choices=[("", _("Cualquiera")), *((word.iri, capfirst(word.es)) for word in KNOWN_VERBS)],
        required=False,
        error_messages={"invalid_choice": _("Elige un verbo de la lista, o escribe su IRI abajo.")},
    )
    otro_verbo = forms.CharField(
        label=_("Otro verbo, por su dirección (IRI)"), required=False, max_length=2000
    )
    actividad = forms.CharField(label=_("Dirección de la actividad (IRI)"), required=False, max_length=2000)
    inscripcion = forms.CharField(
        label=_("Inscripción"),
        help_text=_("El identificador que las declaraciones llevan en «registration»."),
        required=False,
        max_length=36,
    )
    desde = StoredDayField(label=_("Guardadas desde"))
    hasta = StoredDayField(label=_("Guardadas hasta"), help_text=_("Ese día incluido."))
    personas_relacionadas = forms.BooleanField(label=_("También donde aparece de otra forma"), required=False)
    actividades_relacionadas = forms.BooleanField(
        label=_("También donde es parte del contexto"), required=False
    )
    antiguas_primero = forms.BooleanField(label=_("Las más antiguas primero"), required=False)
    declaracion = forms.CharField(
        label=_("Identificador de una declaración"),
        help_text=_("Lleva directo a ella, también si está anulada."),
        required=False,
        max_length=36,
    )

    field_order = (
        "persona",
        "personas_relacionadas",
        "verbo",
        "otro_verbo",
        "actividad",
        "actividades_relacionadas",
        "inscripcion",
        "desde",
        "hasta",
        "antiguas_primero",
        "declaracion",
    )

    def __init__(self, *args: Any, platform: Platform, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.platform = platform

    def clean_persona(self) -> str | None:
        """What ``rules.keys.identify`` says of it."""
        text = self.cleaned_data["persona"]
        if not text:
            return None
        if text.startswith("{"):
            return _identify(text)
        if not _is_pseudonym(text):
            raise forms.ValidationError(
                _(
                    "Escribe el seudónimo completo, o el JSON de un Agent. "
                    "No se busca por nombre, correo ni RUN."
                )
            )
        return find_identifier(name=text.lower(), platform=self.platform)

    def clean_otro_verbo(self) -> str:
        return _iri(self.cleaned_data["otro_verbo"])

    def clean_actividad(self) -> str:
        return _iri(self.cleaned_data["actividad"])

    def clean_inscripcion(self) -> str:
        text: str = self.cleaned_data["inscripcion"]
        if text and not is_uuid(text):
            raise forms.ValidationError(_UUID_ERROR)
        return text

    def clean_declaracion(self) -> UUID | None:
        text = self.cleaned_data["declaracion"]
        if not text:
            return None
        if not is_uuid(text):
            raise forms.ValidationError(_UUID_ERROR)
        if not has_statement(statement_id=UUID(text)):
            raise forms.ValidationError(_("No hay ninguna declaración con ese identificador."))
        return UUID(text)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("verbo") and cleaned.get("otro_verbo"):
            self.add_error("otro_verbo", _("Elige un verbo de la lista o escribe otro, no las dos cosas."))
        since, until = cleaned.get("desde"), cleaned.get("hasta")
        if since and until and since > until:
            self.add_error("hasta", _("Esta fecha es anterior a la primera."))
        return cleaned

    @property
    def wanted(self) -> StatementFilter:
        """The filter of the record; days are whole days in Chile."""
        data = self.cleaned_data
        return StatementFilter(
            agent=data["persona"],
            verb=data["verbo"] or data["otro_verbo"] or None,
            activity=data["actividad"] or None,
            registration=data["inscripcion"] or None,
            related_agents=data["personas_relacionadas"],
            related_activities=data["actividades_relacionadas"],
            since=_before(data["desde"]) if data["desde"] else None,
            until=_before(data["hasta"] + timedelta(days=1)) if data["hasta"] else None,
            ascending=data["antiguas_primero"],
        )

    @property
    def given(self) -> list[tuple[str, str]]:
        """The name and the words of each filter that is set, in the order of the form."""
        return [(name, self._say(name)) for name in self.fields if self.data.get(name)]

    @property
    def is_filtered(self) -> bool:
        return bool(self.given)

    def _say(self, name: str) -> str:
        field, value = self[name], self.cleaned_data[name]
        if value is True:
            return str(field.label)
        if name == "verbo":
            value = describe_verb({"id": value})
        elif name == "persona":
            value = shorten(self.data[name], LONGEST_SAID)
        elif isinstance(value, date):
            value = date_format(value, "SHORT_DATE_FORMAT")
        return f"{field.label}: {value}"


def _before(day: date) -> datetime:
    """The last instant before a day: ``since`` leaves it out, ``until`` lets it in."""
    return datetime.combine(day, time(), tzinfo=CHILE) - timedelta(microseconds=1)


def _identify(text: str) -> str:
    try:
        identifier = identify(check_agent(text.encode()))
    except InvalidValueError as error:
        raise forms.ValidationError(
            _("No es un Agent: %(reason)s."), params={"reason": error.reason}
        ) from None
    if identifier is None:
        raise forms.ValidationError(_("Ese Agent no dice quién es."))
    return identifier


def _iri(text: str) -> str:
    if text and not is_iri(text):
        raise forms.ValidationError(_("Escribe el IRI completo, por ejemplo https://ejemplo.cl/curso."))
    return text
