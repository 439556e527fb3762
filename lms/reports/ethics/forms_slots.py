"""The forms of slots: what each family holds, by when to review it, who keeps it."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lms.integrity.models import Family, SlotVersion
from lms.integrity.rules.slots import SlotContent
from lms.people.selectors.holders import Holder
from lms.reports.people.forms_dates import DatedForm
from lms.ui.day_field import DayField

A_YEAR = timedelta(days=365)


class SlotForm(DatedForm):
    """What all slots have. ``seen``: the version that the author read, so that none is overwritten."""

    review_by = DayField(
        label=_("Vale hasta el"),
        required=False,
        help_text=_("Si todo sigue igual, cambia solo esta fecha. Vacío: un año desde hoy."),
    )
    owner = forms.ChoiceField(
        label=_("Responsable"),
        required=False,
        help_text=_("Recibe los avisos por correo cuando haya que revisar."),
        error_messages={"invalid_choice": _("Elige a una persona de la lista.")},
    )
    seen = forms.IntegerField(
        widget=forms.HiddenInput,
        min_value=0,
        error_messages={"required": _("Abre de nuevo esta página antes de guardar.")},
    )

    def __init__(
        self, *args: Any, version: SlotVersion | None, holders: Collection[Holder], **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_initial(version), **kwargs)
        self.order_fields([name for name in self.fields if name not in SlotForm.base_fields])
        self.fields["owner"].choices = [  # type: ignore[attr-defined]
            ("", _("Toda la coordinación de la institución")),
            *((str(holder.user_id), holder.name) for holder in holders),
        ]

    def clean_review_by(self) -> date | None:
        day: date | None = self.cleaned_data["review_by"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("Esa fecha ya pasó. Elige una desde hoy."))
        return day

    @property
    def content(self) -> SlotContent:
        """The cleaned words."""
        names = asdict(SlotContent())
        return SlotContent(**{name: self.cleaned_data[name] for name in names if name in self.cleaned_data})

    @property
    def review_day(self) -> date:
        """The day asked for; a year from today where none was."""
        return self.cleaned_data["review_by"] or self.today + A_YEAR

    @property
    def owner_id(self) -> int | None:
        return int(self.cleaned_data["owner"]) if self.cleaned_data["owner"] else None


class ArticleForm(SlotForm):
    """What the code says on a topic, and where."""

    text = forms.CharField(
        label=_("Qué dice tu código"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Vacío: las lecciones muestran el texto general."),
    )
    reference = forms.CharField(
        label=_("Dónde está"),
        required=False,
        max_length=120,
        help_text=_("Por ejemplo: Título III, página 18."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("reference") and not cleaned.get("text") and not self.errors:
            self.add_error("text", _("Escribe también qué dice."))
        return self.cleaned_data


class ExampleForm(SlotForm):
    """A case of the institution on a topic."""

    text = forms.CharField(
        label=_("Un ejemplo de aquí"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Algo que podría pasar en tu institución. Sin nombres ni datos de personas reales."),
    )


class ContactForm(SlotForm):
    """One contact. Without a name it is removed; with one it needs a way to be reached."""

    name = forms.CharField(
        label=_("Nombre"),
        max_length=150,
        required=False,
        help_text=_("De preferencia, el de la oficina o función."),
    )
    email = forms.EmailField(
        label=_("Correo"),
        max_length=254,
        required=False,
        error_messages={"max_length": _("Es demasiado largo: usa hasta 254 letras.")},
    )
    phone = forms.CharField(label=_("Teléfono o anexo"), max_length=60, required=False)
    url = forms.URLField(label=_("Enlace"), max_length=200, required=False, assume_scheme="https")
    note = forms.CharField(label=_("Nota"), max_length=250, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        is_reachable = any(cleaned.get(name) for name in ("email", "phone", "url"))
        if cleaned.get("name") and not is_reachable:
            self.add_error("email", _("Agrega un correo, un teléfono o un enlace."))
        if not cleaned.get("name") and (is_reachable or cleaned.get("note")):
            self.add_error("name", _("Falta el nombre."))
        return self.cleaned_data


FORMS: dict[Family, type[SlotForm]] = {
    Family.ARTICLE: ArticleForm,
    Family.CONTACT: ContactForm,
    Family.EXAMPLE: ExampleForm,
}


def _initial(version: SlotVersion | None) -> dict[str, Any]:
    if version is None:
        return {"seen": 0}
    return asdict(version.content) | {
        "review_by": version.review_by,
        "owner": str(version.owner_id or ""),
        "seen": version.number,
    }
