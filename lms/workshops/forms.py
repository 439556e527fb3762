"""Forms of workshops: a session, its cancellation, the attendance sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms.utils import from_current_timezone
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from courses.models import Course
from lms.people.models import User
from lms.ui.day_field import DayField
from lms.workshops.models import LARGEST_ROOM, Modality, VoidReason, WorkshopSession
from lms.workshops.rules import Mark, SessionProblem
from lms.workshops.selectors import SheetLine
from lms.workshops.services.sessions import SessionDraft
from lms.workshops.words import PROBLEM_FIELDS, describe_problem

TIME_ERROR = {"invalid": _("Escribe la hora así: 09:30.")}


class TrainerField(forms.ModelChoiceField):
    """An account by the name of its person."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.get_full_name())


class SessionForm(forms.Form):
    """A workshop on one day. ``trainers`` can be chosen from by the administration only."""

    title = forms.CharField(label=_("Título"), max_length=200)
    summary = forms.CharField(
        label=_("De qué se trata"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Qué se hará, qué conviene traer y cómo es el acceso al lugar. Se lee en público."),
    )
    modality = forms.ChoiceField(label=_("Modalidad"), choices=Modality.choices, widget=forms.RadioSelect)
    place = forms.CharField(
        label=_("Lugar"), max_length=200, required=False, help_text=_("Sala, calle, número y comuna.")
    )
    region = forms.CharField(label=_("Región"), max_length=80, required=False)
    join_url = forms.URLField(
        label=_("Enlace para conectarse"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("Solo lo ven las personas que tienen un cupo."),
    )
    day = DayField(label=_("Fecha"))
    starts = forms.TimeField(
        label=_("Empieza"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages=TIME_ERROR,
    )
    ends = forms.TimeField(
        label=_("Termina"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("El mismo día."),
        error_messages=TIME_ERROR,
    )
    seats = forms.IntegerField(
        label=_("Cupos"),
        min_value=1,
        max_value=LARGEST_ROOM,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    course = forms.ModelChoiceField(
        label=_("Curso al que acompaña"),
        queryset=Course.objects.none(),
        required=False,
        empty_label=_("Ninguno"),
        error_messages={"invalid_choice": _("Elige un curso de la lista.")},
    )
    trainer = TrainerField(
        label=_("Quién lo facilita"),
        queryset=User.objects.none(),
        error_messages={"invalid_choice": _("Elige a una persona de la lista.")},
    )
    is_published = forms.BooleanField(
        label=_("Publicado: se ve en el calendario y recibe inscripciones"), required=False
    )

    def __init__(
        self,
        *args: Any,
        courses: QuerySet[Course],
        trainers: QuerySet[User] | None,
        session: WorkshopSession | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(session)
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        if trainers is None:
            del self.fields["trainer"]
        else:
            self.fields["trainer"].queryset = trainers  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        needs_place = cleaned.get("modality") == Modality.IN_PERSON and "place" not in self.errors
        if needs_place and not cleaned.get("place"):
            self.add_error("place", _("Un taller presencial necesita un lugar."))
        for name in ("starts", "ends"):
            if cleaned.get("day") and cleaned.get(name):
                self._place_in_time(cleaned, name)
        return cleaned

    def _place_in_time(self, cleaned: dict[str, Any], name: str) -> None:
        try:
            moment = from_current_timezone(datetime.combine(cleaned["day"], cleaned[name]))
        except forms.ValidationError:
            self.add_error(name, _("Ese día cambia la hora y esa hora no existe o se repite. Elige otra."))
        else:
            cleaned[f"{name}_at"] = moment

    def draft(self, *, trainer: User | None) -> SessionDraft:
        """The session as written; ``trainer`` leads it where the form does not ask."""
        data = self.cleaned_data
        return SessionDraft(
            title=data["title"],
            summary=data["summary"],
            modality=data["modality"],
            starts_at=data["starts_at"],
            ends_at=data["ends_at"],
            seats=data["seats"],
            is_published=data["is_published"],
            trainer=data.get("trainer", trainer),
            course=data["course"],
            place=data["place"],
            region=data["region"],
            join_url=data["join_url"],
        )

    def add_problems(self, *, problems: Sequence[SessionProblem], registered: int) -> None:
        """Write beside its field what the rules found."""
        for problem in problems:
            self.add_error(PROBLEM_FIELDS[problem], describe_problem(problem=problem, registered=registered))


def _initial(session: WorkshopSession | None) -> dict[str, Any]:
    if session is None:
        return {"modality": Modality.IN_PERSON, "is_published": True}
    names = (
        "title", "summary", "modality", "place", "region", "join_url", "seats", "course", "trainer",
        "is_published",
    )  # fmt: skip
    starts_at, ends_at = localtime(session.starts_at), localtime(session.ends_at)
    moments = {"day": starts_at.date(), "starts": starts_at.time(), "ends": ends_at.time()}
    return {name: getattr(session, name) for name in names} | moments


class CancelForm(forms.Form):
    """Why a session is called off; it is read in public."""

    reason = forms.CharField(
        label=_("Motivo"),
        max_length=200,
        help_text=_("Lo leen las personas inscritas y el público. No nombres a nadie."),
        error_messages={"required": _("Escribe por qué se suspende el taller.")},
    )


@dataclass(frozen=True)
class SheetRow:
    """A line of the sheet with its switch: ``(value, label, icon, is_on)`` each."""

    line: SheetLine
    name: str
    switch: list[tuple[str, Any, str, bool]]
    errors: list[str]


class SheetForm(forms.Form):
    """One switch per person and, where somebody is marked as present, the reason of a correction."""

    reason = forms.ChoiceField(
        label=_("Motivo de la corrección"),
        required=False,
        help_text=_("Solo si cambias a ausente a alguien que ya estaba presente."),
    )

    def __init__(self, *args: Any, lines: Sequence[SheetLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["reason"].choices = [("", _("Sin correcciones")), *VoidReason.choices]  # type: ignore[attr-defined]
        if not any(line.mark == Mark.PRESENT for line in lines):
            del self.fields["reason"]
        for line in lines:
            self.fields[_key(line)] = forms.ChoiceField(
                label=line.name,
                choices=[(Mark.PRESENT.value, ""), (Mark.ABSENT.value, "")],
                required=False,
                initial=line.mark.value,
                error_messages={"invalid_choice": _("Marca presente o ausente.")},
            )

    @property
    def marks(self) -> dict[int, Mark]:
        """What was sent, by registration id."""
        return {line.registration_id: Mark(self.cleaned_data[_key(line)]) for line in self.lines}

    @property
    def chosen_reason(self) -> str:
        return str(self.cleaned_data.get("reason", ""))

    @property
    def rows(self) -> list[SheetRow]:
        """The lines as drawn."""
        rows = []
        for line in self.lines:
            field = self[_key(line)]
            value = field.value()
            switch = [
                (Mark.PRESENT.value, _("Presente"), "check", value == Mark.PRESENT.value),
                (Mark.ABSENT.value, _("Ausente"), "x", value == Mark.ABSENT.value),
            ]
            rows.append(SheetRow(line, field.html_name, switch, [str(error) for error in field.errors]))
        return rows


def _key(line: SheetLine) -> str:
    return f"marca-{line.registration_id}"
