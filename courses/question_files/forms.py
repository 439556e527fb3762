"""The form with which questions come in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from courses.models import Competence
from courses.question_files.services import UploadTerms
from courses.quizzes.formats.base import LARGEST_FILE, FileProblem, QuestionFileError, ReadFile
from courses.quizzes.formats.registry import Format, read_questions
from courses.quizzes.formats.words import describe_problem
from courses.quizzes.models import QuestionBank

DIFFICULTIES = [(1, _("1, fácil")), (2, _("2, media")), (3, _("3, difícil"))]


class QuestionFileForm(forms.Form):
    """``format`` and ``read``: what the file was, once the form is valid."""

    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("Planilla (XLSX o CSV), GIFT, Moodle XML o QTI; hasta 20 MB y 2000 preguntas."),
        error_messages={"empty": _("El archivo está vacío.")},
    )
    bank = forms.ModelChoiceField(
        QuestionBank.objects.none(), label=_("Banco"), required=False, empty_label=_("Un banco nuevo")
    )
    bank_title = forms.CharField(
        label=_("Título del banco nuevo"),
        required=False,
        max_length=200,
        help_text=_("Solo si no elegiste uno de la lista."),
    )
    competence = forms.ModelChoiceField(
        Competence.objects.of_source(),
        label=_("Competencia"),
        help_text=_("Para las preguntas nuevas que no dicen una, o dicen una que aquí no existe."),
    )
    difficulty = forms.TypedChoiceField(
        label=_("Dificultad"),
        choices=DIFFICULTIES,
        coerce=int,
        initial=1,
        help_text=_("Para las preguntas nuevas que no dicen la suya."),
    )
    updates_existing = forms.BooleanField(
        label=_("Actualizar las que ya existen"),
        required=False,
        help_text=_(
            "Son las que tienen la misma clave que una del banco. Si no lo marcas, quedan como están."
        ),
    )

    format: Format
    read: ReadFile

    def __init__(self, *args: Any, banks: QuerySet[QuestionBank], may_add_banks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bank"].queryset = banks  # type: ignore[attr-defined]
        if not may_add_banks:
            self.fields["bank"] = forms.ModelChoiceField(
                banks, label=_("Banco"), empty_label=_("Elige un banco")
            )
            del self.fields["bank_title"]

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(describe_problem(QuestionFileError(FileProblem.TOO_LARGE)))
        try:
            self.format, self.read = read_questions(data=file.read(), name=file.name)
        except QuestionFileError as error:
            raise forms.ValidationError(describe_problem(error)) from error
        return file

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "bank" in data and not data["bank"] and not data.get("bank_title", "").strip():
            self.add_error("bank_title", _("Elige un banco, o escribe el título del nuevo."))
        return data

    def terms(self) -> UploadTerms:
        """What was chosen, once the form is valid."""
        data = self.cleaned_data
        return UploadTerms(
            bank=data["bank"],
            bank_title=data.get("bank_title", ""),
            competence=data["competence"],
            difficulty=data["difficulty"],
            updates_existing=data["updates_existing"],
        )
