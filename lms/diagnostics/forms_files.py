"""The form of a document that shows an answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from lms.diagnostics.services import FileValues
from lms.plan.forms_updates import FILE_WORDS, DocumentForm
from lms.plan.services import FileKindError, LargeFileError


class AnswerFileForm(DocumentForm):
    """What it is, its day, its licence, and the file."""

    file_words = FILE_WORDS | {
        LargeFileError: _(
            "El archivo pesa más de 20 MB. Publícalo en otro sitio y escribe su dirección entre los enlaces "
            "de la respuesta."
        ),
        FileKindError: _(
            "No podemos guardar ese archivo. Sube un PDF, una imagen PNG o JPEG, un documento o planilla sin "
            "macros (DOCX, XLSX, ODT, ODS) o un texto en UTF-8 (CSV, TXT), con su terminación usual."
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _(
            "Hasta 20 MB. Lo lee tu institución, y cualquiera si publica el perfil: revisa que no tenga "
            "datos personales."
        )

    @property
    def file_values(self) -> FileValues:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return FileValues(
            title=data["title"],
            dated_on=data["dated_on"],
            licence=data["licence"],
            file_name=data["file"].name,
            content=self.content,
        )
