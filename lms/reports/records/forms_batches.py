"""The form of a list of courses completed elsewhere."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lms.people.models import Institution
from lms.reports.records.forms_papers import PaperForm


class BatchForm(PaperForm):
    """The list, the paper on which all of it rests and, for HR of several institutions, whose it is."""

    institution = forms.ModelChoiceField(
        label=_("Institución"),
        queryset=Institution.objects.none(),
        error_messages={"invalid_choice": _("Elige una institución de la lista.")},
    )
    file = forms.FileField(
        label=_("Lista"),
        help_text=_("CSV o XLSX, hasta 1.000 filas."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
        error_messages={
            "required": _("Elige el archivo que tiene la lista."),
            "empty": _("El archivo está vacío. Elige el que tiene la lista."),
        },
    )
    source = forms.CharField(
        label=_("De dónde viene"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Quién dictó los cursos y qué muestra la evidencia. Lo leerá cada persona."),
        error_messages={"required": _("Escribe quién los dictó.")},
    )
    field_order = ("institution", "file", "source", "paper", "kept")

    def __init__(self, *args: Any, institutions: QuerySet[Institution], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["institution"]
        field.queryset = institutions  # type: ignore[attr-defined]
        self.fields["paper"].help_text = _(
            "El acta o la nómina firmada, una para toda la lista: PDF, PNG o JPEG, hasta 10 MB."
        )
        only = list(institutions[:2])
        if len(only) == 1:
            field.widget = forms.HiddenInput()
            field.initial = only[0].pk
