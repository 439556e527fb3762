"""Forms of the roster screens."""

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lms.people.models import Institution
from lms.people.rosters.counts import RosterCounts
from lms.ui.day_field import DayField
from lms.ui.spelling import spell_number

EXTENSIONS = ["csv", "txt", "xlsx"]


class RosterUploadForm(forms.Form):
    """A file, its date and, for HR of several institutions, whose it is."""

    institution = forms.ModelChoiceField(
        label=_("Institución"),
        queryset=Institution.objects.none(),
        error_messages={"invalid_choice": _("Elige una institución de la lista.")},
    )
    roster_date = DayField(
        label=_("Fecha de la nómina"),
        help_text=_(
            "El día en que esta lista de personas es verdadera. Puede ser hasta un mes después de hoy."
        ),
    )
    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("CSV o XLSX, hasta 200 MB y 500.000 filas."),
        validators=[
            FileExtensionValidator(
                EXTENSIONS,
                message=_("El archivo debe ser CSV o XLSX. Guarda tu planilla en uno de esos formatos."),
            )
        ],
        error_messages={"empty": _("El archivo está vacío. Elige el archivo que tiene la nómina.")},
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["institution"]
        field.queryset = institutions  # type: ignore[attr-defined]
        only = list(institutions[:2])
        if len(only) == 1:
            field.widget = forms.HiddenInput()
            field.initial = only[0].pk


class RosterApplyForm(forms.Form):
    """The choices that a preview asks for; none when it is clean."""

    include_errors = forms.BooleanField(
        error_messages={"required": _("Marca esta casilla para dejar fuera las filas con error.")}
    )
    confirm_ended = forms.BooleanField(
        error_messages={"required": _("Marca esta casilla si es correcto que dejen de figurar.")}
    )

    def __init__(self, *args: Any, counts: RosterCounts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if counts.wrong:
            self.fields["include_errors"].label = ngettext(
                "Aplicar las %(correct)s filas correctas y dejar fuera la fila con error",
                "Aplicar las %(correct)s filas correctas y dejar fuera las %(wrong)s con error",
                counts.wrong,
            ) % {"correct": spell_number(value=counts.correct), "wrong": spell_number(value=counts.wrong)}
        else:
            del self.fields["include_errors"]
        if counts.needs_confirmation:
            self.fields["confirm_ended"].label = ngettext(
                "Entiendo que %(people)s persona deja de figurar",
                "Entiendo que %(people)s personas dejan de figurar",
                counts.ended,
            ) % {"people": spell_number(value=counts.ended)}
        else:
            del self.fields["confirm_ended"]

    def chose(self, name: str) -> bool:
        return bool(self.cleaned_data.get(name))
