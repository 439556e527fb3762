"""The forms by which those responsible report progress, with evidence, and the plan's team answers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from lms.plan.forms_plans import DatedForm, line_field, text_field
from lms.plan.models import Completion, UpdateLine
from lms.plan.services import (
    EmptyFileError,
    EvidenceFileError,
    EvidenceValues,
    FileKindError,
    LargeFileError,
    LineValues,
    UpdateValues,
)
from lms.plan.services.evidence import LARGEST_FILE, check_file
from lms.ui.day_field import DayField

LONGEST_TEXT = 3_000
LICENCES = (
    ("CC BY 4.0", _("Creative Commons Atribución 4.0 (CC BY 4.0)")),
    ("CC0 1.0", _("Dominio público (CC0 1.0)")),
    ("Otra", _("Otra licencia abierta")),
    ("No indicada", _("No indicada")),
)
FILE_WORDS: dict[type[EvidenceFileError], Any] = {
    EmptyFileError: _("El archivo está vacío. Elige otro."),
    LargeFileError: _("El archivo pesa más de 20 MB. Publícalo en otro sitio y escribe aquí su dirección."),
    FileKindError: _(
        "No podemos publicar ese archivo. Sube un PDF, una imagen PNG o JPEG, un documento o planilla sin "
        "macros (DOCX, XLSX, ODT, ODS) o un texto en UTF-8 (CSV, TXT), con su terminación usual."
    ),
}


class UpdateForm(DatedForm):
    """What was done, and a block of fields for each milestone. ``seen``: which saving the writer saw."""

    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    text = text_field(
        _("Qué se hizo en el semestre"), rows=5, most=LONGEST_TEXT,
        help_text=_("En palabras sencillas: lo leerá cualquier persona. Hasta 3.000 caracteres."),
    )  # fmt: skip

    def __init__(self, *args: Any, lines: Sequence[UpdateLine], text: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.initial["text"] = text
        for line in lines:
            self._add(line)

    def _add(self, line: UpdateLine) -> None:
        name = line.milestone.code
        fields = {
            "status": forms.ChoiceField(
                label=_("Estado"), required=False, choices=[("", _("Sin cambios")), *Completion.choices],
                error_messages={"invalid_choice": _("Elige un estado de la lista.")},
            ),
            "text": text_field(_("Qué pasó con este hito"), rows=2, most=LONGEST_TEXT),
            "due": DayField(label=_("Plazo nuevo"), required=False, help_text=_("Solo si cambia.")),
            "reason": line_field(_("Motivo del plazo nuevo"), most=1000),
        }  # fmt: skip
        values = {
            "status": line.status or "", "text": line.text, "due": line.due_after, "reason": line.reason,
        }  # fmt: skip
        for part, field in fields.items():
            self.fields[f"{name}-{part}"] = field
            self.initial[f"{name}-{part}"] = values[part]

    def blocks(self) -> list[tuple[UpdateLine, list[forms.BoundField]]]:
        """Each line with its fields, in order."""
        return [
            (line, [self[f"{line.milestone.code}-{part}"] for part in ("status", "text", "due", "reason")])
            for line in self.lines
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        for line in self.lines:
            name, day = line.milestone.code, data.get(f"{line.milestone.code}-due")
            if day is None or day == line.milestone.due_on:
                continue
            if line.milestone.starts_on and day < line.milestone.starts_on:
                self.add_error(f"{name}-due", _now("El plazo nuevo es anterior al inicio del hito."))
            elif not data.get(f"{name}-reason"):
                self.add_error(f"{name}-reason", _now("Escribe por qué cambia el plazo."))
        return data

    @property
    def values(self) -> UpdateValues:
        data = self.cleaned_data
        return UpdateValues(
            text=data["text"],
            lines={
                line.milestone_id: LineValues(
                    status=data[f"{line.milestone.code}-status"] or None,
                    text=data[f"{line.milestone.code}-text"],
                    due_after=data[f"{line.milestone.code}-due"],
                    reason=data[f"{line.milestone.code}-reason"],
                )
                for line in self.lines
            },
        )


class DocumentForm(DatedForm):
    """A file and what it is. A file that is refused leaves what was typed."""

    file_words = FILE_WORDS

    title = line_field(_("Qué es"), most=200, required=_("Di qué es: un acta, un informe, una resolución."))
    dated_on = DayField(label=_("Fecha del documento"), required_text=_("Escribe la fecha del documento."))
    licence = forms.ChoiceField(
        label=_("Licencia"), choices=LICENCES, help_text=_("Con qué condiciones lo puede usar otra persona."),
        error_messages={"invalid_choice": _("Elige una licencia de la lista.")},
    )  # fmt: skip
    file = forms.FileField(
        label=_("Archivo"), max_length=200,
        help_text=_("Hasta 20 MB. Quedará público: revisa que no tenga datos personales."),
        error_messages={
            "required": _("Elige un archivo."),
            "empty": FILE_WORDS[EmptyFileError],
            "max_length": _("El nombre del archivo es demasiado largo (máximo 200 caracteres)."),
        },
    )  # fmt: skip

    def clean_file(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["file"]
        self.content = b""
        if file is None:
            return None
        try:
            if (file.size or 0) > LARGEST_FILE:
                raise LargeFileError
            self.content = file.read()
            check_file(content=self.content, name=file.name or "")
        except EvidenceFileError as error:
            raise forms.ValidationError(self.file_words[type(error)]) from None
        return file


class EvidenceForm(DocumentForm):
    """A file or an address."""

    url = forms.URLField(
        label=_("Dirección donde se lee"), required=False, max_length=500, assume_scheme="https",
        error_messages={"invalid": _("Escribe una dirección completa: https://…")},
    )  # fmt: skip
    field_order = ("title", "dated_on", "licence", "url", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].label, self.fields["file"].required = _("O un archivo"), False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "file" in self.errors or "url" in self.errors:
            return data
        if bool(data.get("url")) == bool(data.get("file")):
            words = _now("Escribe una dirección o sube un archivo.")
            both = _now("Elige una sola cosa: la dirección o el archivo.")
            self.add_error("url", both if data.get("url") else words)
        return data

    @property
    def values(self) -> EvidenceValues:
        data = self.cleaned_data
        return EvidenceValues(
            title=data["title"],
            dated_on=data["dated_on"],
            licence=data["licence"],
            url=data["url"],
            file_name=data["file"].name if data["file"] else "",
            content=self.content,
        )


class SheetForm(forms.Form):
    """The sheet to upload."""

    file = forms.FileField(
        label=_("Planilla"), widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        help_text=_("La misma que descargaste, en XLSX o CSV, hasta 5 MB."),
        error_messages={
            "required": _("Elige la planilla."),
            "empty": _("El archivo está vacío. Elige otro."),
        },
    )  # fmt: skip


class NoteForm(DatedForm):
    """A note with a decision on an update."""

    note = text_field(
        _("Nota"), rows=3, most=2000,
        help_text=_("La lee quien informó. Para devolver el informe es obligatoria: di qué falta."),
    )  # fmt: skip
