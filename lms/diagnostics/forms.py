"""Forms of diagnostics: one question, the day of a result, one improvement, where it goes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.diagnostics.manifests import LevelEntry, QuestionEntry
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.services import AnswerEntry, ChosenImprovement, Destination
from lms.lib.words import clean_line, clean_text
from lms.plan.models import ActionPlan
from lms.ui.day_field import DayField

NOT_APPLICABLE = "no"
EARLIEST, LATEST = date(2000, 1, 1), date(2100, 12, 31)
MOST_LINKS, LONGEST_LINK, LONGEST_TEXT = 10, 500, 2000
TOO_LONG = _("Escribe 2.000 caracteres o menos.")
NEW_PLAN = "nuevo"


class QuestionForm(forms.Form):
    """One question: a level or "no aplica", what shows it, a comment. ``present``: what is stored."""

    level = forms.ChoiceField(
        label=_("Respuesta"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Elige una de las alternativas.")},
    )
    evidence_links = forms.CharField(
        label=_("Enlaces que lo muestran"),
        help_text=_("Uno por línea, con https:// al comienzo. Hasta diez."),
        required=False,
        max_length=MOST_LINKS * (LONGEST_LINK + 2),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        error_messages={"max_length": _("Los enlaces son demasiado largos.")},
    )
    evidence_text = forms.CharField(
        label=_("Evidencia que no está en internet"),
        help_text=_("Qué documento es y dónde se puede pedir. No escribas datos de personas."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    comment = forms.CharField(
        label=_("Comentario interno"),
        help_text=_("Solo lo lee tu institución, también si publica el perfil."),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, entry: QuestionEntry, present: AnswerValue) -> None:
        super().__init__(data, prefix=entry.key)
        self.entry, self.present = entry, present
        self.initial = initial_of(present)
        level: Any = self.fields["level"]
        level.choices = [(str(number), _words(one)) for number, one in enumerate(entry.levels)]
        if entry.not_applicable:
            level.choices = [*level.choices, (NOT_APPLICABLE, _("No aplica a nuestra institución"))]

    def clean_evidence_links(self) -> tuple[str, ...]:
        lines = clean_text(self.cleaned_data["evidence_links"]).split("\n")
        links = tuple(dict.fromkeys(line.strip() for line in lines if line.strip()))
        if len(links) > MOST_LINKS:
            raise ValidationError(_("Escribe diez enlaces o menos."))
        for link in links:
            self._check_link(link)
        return links

    def clean_evidence_text(self) -> str:
        return clean_text(self.cleaned_data["evidence_text"])

    def clean_comment(self) -> str:
        return clean_text(self.cleaned_data["comment"])

    @property
    def needs_evidence(self) -> bool:
        """Whether some level of the question needs it."""
        return any(level.evidence for level in self.entry.levels)

    @property
    def answer(self) -> AnswerEntry:
        """What was written, once it is valid."""
        data = self.cleaned_data
        level = data["level"]
        value = AnswerValue(
            level=int(level) if level and level != NOT_APPLICABLE else None,
            is_not_applicable=level == NOT_APPLICABLE,
            comment=data["comment"],
            evidence_text=data["evidence_text"],
            evidence_links=data["evidence_links"],
        )
        return AnswerEntry(self.entry.key, value, data["seen"])

    def remember(self, stored: AnswerValue) -> None:
        """Keeps what was written, and notes that it was written with ``stored`` in view."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen")] = stored.digest
        self.data = data

    def _check_link(self, link: str) -> None:
        try:
            URLValidator(schemes=["http", "https"])(link)
        except ValidationError as error:
            text = _("«%(link)s» no es un enlace. Escríbelo completo, con https:// al comienzo.")
            raise ValidationError(text, params={"link": link[:80]}) from error
        if len(link) > LONGEST_LINK:
            raise ValidationError(_("Cada enlace puede tener 500 caracteres o menos."))


def _words(level: LevelEntry) -> str:
    """A level as it is offered."""
    return _now("%(text)s (con evidencia)") % {"text": level.text} if level.evidence else level.text


def initial_of(value: AnswerValue) -> dict[str, Any]:
    """An answer as the fields of its form."""
    level = "" if value.level is None else str(value.level)
    return {
        "level": NOT_APPLICABLE if value.is_not_applicable else level,
        "comment": value.comment,
        "evidence_text": value.evidence_text,
        "evidence_links": "\n".join(value.evidence_links),
        "seen": value.digest,
    }


class DayForm(forms.Form):
    """The day that the answers describe; not after ``today``."""

    as_of = DayField(
        label=_("Estado a la fecha"),
        help_text=_("El día que describen las respuestas. Suele ser hoy."),
        required_text=_("Escribe a qué fecha corresponden las respuestas."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_as_of(self) -> date:
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise ValidationError(_("Esa fecha todavía no llega. Escribe hoy o un día anterior."))
        if day < EARLIEST:
            raise ValidationError(_("Revisa el año: debe ser 2000 o posterior."))
        return day


class ImprovementForm(forms.Form):
    """One gap: whether it becomes a milestone, and in which words. What is not chosen need not be right."""

    use_required_attribute = False
    chosen = forms.BooleanField(label=_("Incluir esta mejora"), required=False)
    label = forms.CharField(
        label=_("Hito"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Escribe qué se va a hacer."),
            "max_length": _("Escribe 300 caracteres o menos."),
        },
    )
    due_on = DayField(label=_("Plazo"), required_text=_("Escribe hasta cuándo."))
    unit = forms.CharField(
        label=_("Unidad responsable"),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Escribe 200 caracteres o menos.")},
    )

    def __init__(self, data: Any = None, *, entry: QuestionEntry, today: date) -> None:
        super().__init__(data, prefix=entry.key)
        self.entry, self.today = entry, today
        self.initial = {"label": entry.improvement}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("chosen"):
            self._errors = ErrorDict()
            return data
        label = clean_line(data.get("label", ""))
        if not label and "label" not in self.errors:
            self.add_error("label", _("Escribe qué se va a hacer."))
        due = data.get("due_on")
        if due is not None and not self.today <= due <= LATEST:
            self.add_error("due_on", _("El plazo debe ser desde hoy hasta 2100."))
        return {**data, "label": label, "unit": clean_line(data.get("unit", ""))}

    @property
    def improvement(self) -> ChosenImprovement | None:
        """What was chosen, once it is valid."""
        data = self.cleaned_data
        if not data.get("chosen"):
            return None
        return ChosenImprovement(self.entry.key, data["label"], data["unit"], data["due_on"])


class DestinationForm(forms.Form):
    """A new plan with its title, or one of the institution's draft plans."""

    plan = forms.ChoiceField(
        label=_("Dónde quedan los hitos"),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Elige dónde quedan los hitos."),
            "invalid_choice": _("Elige una de las alternativas."),
        },
    )
    title = forms.CharField(
        label=_("Título del plan nuevo"),
        help_text=_("Solo si eliges un plan nuevo."),
        required=False,
        max_length=200,
        error_messages={"max_length": _("Escribe un título de 200 caracteres o menos.")},
    )

    def __init__(self, *args: Any, plans: Sequence[ActionPlan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["plan"]
        field.choices = [
            (NEW_PLAN, _("En un plan nuevo, en borrador")),
            *((str(plan.pk), plan.title) for plan in plans),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        title = clean_line(data.get("title", ""))
        if data.get("plan") == NEW_PLAN and not title and "title" not in self.errors:
            self.add_error("title", _("Escribe un título para el plan."))
        return {**data, "title": title}

    @property
    def destination(self) -> Destination:
        """What was chosen, once it is valid."""
        data = self.cleaned_data
        if data["plan"] == NEW_PLAN:
            return Destination(title=data["title"])
        return Destination(plan_id=int(data["plan"]))
