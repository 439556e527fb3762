"""Meetings of the space for dialogue, as those who keep a plan write them."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.participation.fields import YearedDayField, line_field, words_field
from lms.participation.models import DialogueMeeting
from lms.participation.models.contributions import SECTOR_CHOICES
from lms.participation.rules.contributions import Sector
from lms.participation.rules.meetings import MOST_PEOPLE
from lms.participation.services.meetings import MeetingValues


class MeetingForm(forms.Form):
    """A meeting of the space for dialogue, with how many people of each sector came."""

    held_on = YearedDayField(label=_("Fecha"), required_text=_("Escribe la fecha de la reunión."))
    title = line_field(_("Título"), 200, _("Escribe un título."))
    is_online = forms.BooleanField(label=_("Es en línea"), required=False)
    place = line_field(_("Lugar"), 200)
    agenda = words_field(
        _("Temario"), 5000, _("Escribe el temario."), widget=forms.Textarea(attrs={"rows": 4})
    )
    minutes_text = words_field(_("Acta"), 50_000, widget=forms.Textarea(attrs={"rows": 10}))
    minutes_url = forms.URLField(
        label=_("Enlace al acta"),
        max_length=500,
        required=False,
        assume_scheme="https",
        error_messages={
            "invalid": _("Revisa el enlace: debe empezar con https://."),
            "max_length": _("El enlace es demasiado largo: usa hasta 500 letras."),
        },
    )
    agreements = words_field(
        _("Acuerdos"),
        10_000,
        help_text=_("Uno por línea."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    is_published = forms.BooleanField(label=_("Publicada"), required=False)

    def __init__(self, *args: Any, today: date, row: DialogueMeeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        if row is not None:
            self.initial = {name: getattr(row, name) for name in self.fields}
        counts = {found.sector: found.people for found in row.attendance.all()} if row else {}
        for value, label in SECTOR_CHOICES:
            self.fields[_count_name(value)] = _people_field(label)
            self.initial[_count_name(value)] = counts.get(value)
        self.order_fields(["held_on", "title", "is_online", "place", "agenda", *self.count_names])

    @property
    def count_names(self) -> list[str]:
        return [_count_name(value) for value, _label in SECTOR_CHOICES]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("is_online") and not cleaned.get("place") and "place" not in self.errors:
            self.add_error("place", _("Escribe el lugar, o marca que es en línea."))
        held_on = cleaned.get("held_on")
        has_come = any(cleaned.get(name) for name in self.count_names)
        if held_on and held_on > self.today and (has_come or cleaned.get("minutes_text")):
            self.add_error("held_on", _("Esa fecha aún no llega: no puede haber asistencia ni acta."))
        return cleaned

    @property
    def values(self) -> MeetingValues:
        data = self.cleaned_data
        names = (
            "held_on", "title", "is_online", "place", "agenda", "minutes_text", "minutes_url", "agreements",
            "is_published",
        )  # fmt: skip
        counted = {value: data[_count_name(value)] for value, _label in SECTOR_CHOICES}
        attendance = {Sector(value): people for value, people in counted.items() if people is not None}
        return MeetingValues(**{name: data[name] for name in names}, attendance=attendance)


def _count_name(sector: str) -> str:
    return f"people_{sector}"


def _people_field(label: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=_("Asistentes: %s") % label,
        required=False,
        min_value=0,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": _("Escribe un número entero, sin nombres."),
            "min_value": _("El número no puede ser menor que cero."),
            "max_value": _("Revisa el número: es demasiado grande."),
        },
    )
