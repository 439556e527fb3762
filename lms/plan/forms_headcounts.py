"""Uploading headcounts: where they were read, the file, and the confirmation of what was shown."""

from datetime import date
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from lms.plan.rules.headcounts import HeadcountRow
from lms.plan.services.headcounts import HeadcountSource
from lms.ui.day_field import DayField

SALT = "plan.dotaciones"
EARLIEST = date(2000, 1, 1)


class HeadcountForm(forms.Form):
    """A published headcount. ``today``: no later day can be meant."""

    headcount_date = DayField(label=_("Fecha de la dotación"))
    source_text = forms.CharField(
        label=_("Fuente"),
        help_text=_("Quién la publicó y dónde. Será público."),
        max_length=300,
        error_messages={
            "required": _("Escribe la fuente."),
            "max_length": _("Escribe 300 caracteres o menos."),
        },
    )
    source_url = forms.URLField(
        label=_("Dirección de la fuente"),
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": _("Escribe una dirección completa, como https://www.ejemplo.cl.")},
    )
    includes_honorarios = forms.BooleanField(
        label=_("Esta dotación incluye a las personas contratadas a honorarios"), required=False
    )
    file = forms.FileField(
        label=_("Archivo"),
        help_text=_(
            "CSV o XLSX con las columnas institución (código), estamento, calidad jurídica y personas."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": _("Elige el archivo."),
            "empty": _("El archivo está vacío. Elige el que tiene la dotación."),
        },
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_headcount_date(self) -> date:
        day: date = self.cleaned_data["headcount_date"]
        if not EARLIEST <= day <= self.today:
            raise forms.ValidationError(_("La fecha debe estar entre el año 2000 y hoy."))
        return day

    @property
    def file_name(self) -> str:
        file: UploadedFile = self.cleaned_data["file"]
        return (file.name or "")[:200]


def sign_rows(*, plan_id: int, source: HeadcountSource, rows: list[HeadcountRow]) -> str:
    """What was shown, so that exactly that is written; nothing is kept here meanwhile."""
    facts = [
        plan_id, source.headcount_date.isoformat(), source.source_text, source.source_url,
        source.includes_honorarios, source.file_name, source.sha256,
        [[row.institution, row.estamento, row.legal_quality, row.people] for row in rows],
    ]  # fmt: skip
    return signing.dumps(facts, salt=SALT, compress=True)


def open_rows(*, signed: str, plan_id: int) -> tuple[HeadcountSource, list[HeadcountRow]] | None:
    """The reverse of :func:`sign_rows`; ``None`` where it was changed, is old or of another plan."""
    try:
        owner, day, text, url, honorarios, name, sha256, rows = signing.loads(
            signed, salt=SALT, max_age=86_400
        )
    except (signing.BadSignature, ValueError):
        return None
    if owner != plan_id:
        return None
    source = HeadcountSource(date.fromisoformat(day), text, url, honorarios, name, sha256)
    return source, [HeadcountRow(*row) for row in rows]
