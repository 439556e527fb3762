"""Which column of a file is which, and what an institution's own words mean."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lms.lib.words import plain_words
from lms.people.models import Estamento, LegalQuality
from lms.people.rosters.columns import Column, missing_of
from lms.people.rosters.row_reader import DATES
from lms.people.rosters.wording import COLUMN_NAMES, name_column

NO_DATE = "none"
_Choices = list[tuple[str, str | Promise]]
_UNUSED: _Choices = [("", gettext_lazy("No usar"))]
_UNSAID: _Choices = [("", gettext_lazy("Dejar como error"))]
_MEANINGS: dict[str, tuple[str | Promise, _Choices]] = {
    Column.ESTAMENTO: (gettext_lazy("Estamento"), [*_UNSAID, *Estamento.choices]),
    Column.LEGAL_QUALITY: (gettext_lazy("Calidad jurídica"), [*_UNSAID, *LegalQuality.choices]),
    DATES: (gettext_lazy("Fecha"), [*_UNSAID, (NO_DATE, gettext_lazy("Sin fecha"))]),
}


class RosterColumnsForm(forms.Form):
    """One choice for each column of the file, and for each word that no list knows."""

    name = forms.CharField(
        label=gettext_lazy("Nombre de este formato"),
        max_length=80,
        help_text=gettext_lazy("Con él lo reconoces. La próxima nómina con estos títulos lo usará sola."),
    )

    def __init__(self, *args: Any, inspection: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.samples: list[dict[str, Any]] = inspection.get("columns", [])
        self.words = [
            (column, word)
            for column, words in inspection.get("words", {}).items()
            for word in words
            if column in _MEANINGS
        ]
        used: set[str] = set()
        for index, sample in enumerate(self.samples):
            guess = sample["guess"] if sample["guess"] not in used else ""
            used.add(guess)
            choices = [*_UNUSED, *((str(column), label) for column, label in COLUMN_NAMES.items())]
            self.fields[f"column_{index}"] = forms.ChoiceField(
                label=sample["title"], choices=choices, required=False, initial=guess
            )
        for index, (column, word) in enumerate(self.words):
            label, choices = _MEANINGS[column]
            self.fields[f"word_{index}"] = forms.ChoiceField(
                label=f"{label}: {word}", choices=choices, required=False
            )

    def column_rows(self) -> Iterator[tuple[dict[str, Any], BoundField]]:
        """Each column of the file with its choice."""
        for index, sample in enumerate(self.samples):
            yield sample, self[f"column_{index}"]

    def word_fields(self) -> list[BoundField]:
        return [self[f"word_{index}"] for index, _word in enumerate(self.words)]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen: dict[Column, str] = {}
        titles: set[str] = set()
        for index, sample in enumerate(self.samples):
            if not (name := data.get(f"column_{index}")):
                continue
            column = Column(name)
            if column in chosen:
                text = _("Elegiste %(column)s dos veces. Deja una sola.") % {
                    "column": name_column(column=name)
                }
                self.add_error(f"column_{index}", text)
            if plain_words(sample["title"]) in titles:
                self.add_error(
                    f"column_{index}", _("Dos columnas tienen este título. Cámbialo en el archivo.")
                )
            chosen[column] = sample["title"]
            titles.add(plain_words(sample["title"]))
        if missing := missing_of(columns=chosen):
            names = ", ".join(name_column(column=column) for column in missing)
            raise forms.ValidationError(_("Falta indicar: %(names)s.") % {"names": names})
        data["columns"] = chosen
        return data

    def meanings(self) -> dict[str, dict[str, str]]:
        """What was said of the words, by column."""
        found: dict[str, dict[str, str]] = {}
        for index, (column, word) in enumerate(self.words):
            if code := self.cleaned_data.get(f"word_{index}"):
                found.setdefault(column, {})[word] = code
        return found
