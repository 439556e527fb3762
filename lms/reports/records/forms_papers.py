"""A paper in a form: checked when it comes, kept while the rest of the form is corrected."""

from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lms.progress.models import EvidenceFile
from lms.progress.selectors.evidence import find_uploaded
from lms.progress.services.evidence import LARGEST_FILE, EvidenceError, check_evidence
from lms.reports.records.record_words import describe_paper_error


class PaperForm(forms.Form):
    """Fields ``paper`` (the upload) and ``kept`` (what was uploaded before, by its id).

    ``checked``: bytes of a good upload; ``paper_kept``: what was kept before, of this account only.
    """

    paper = forms.FileField(
        label=_("Evidencia"),
        help_text=_("El certificado o el acta: PDF, PNG o JPEG, hasta 10 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
        error_messages={
            "empty": _("El archivo está vacío. Elige otro."),
            "required": _("Sube el archivo que lo demuestra."),
        },
    )
    kept = forms.CharField(required=False, max_length=36, widget=forms.HiddenInput)

    def __init__(self, *args: Any, user_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.checked: bytes | None = None
        self.paper_kept = self._find_kept(user_id) if self.is_bound else None
        self.fields["paper"].required = self.paper_kept is None

    def _find_kept(self, user_id: int | None) -> EvidenceFile | None:
        try:
            return find_uploaded(public_id=UUID(self.data.get(self.add_prefix("kept"), "")), user_id=user_id)
        except ValueError:
            return None

    def clean_paper(self) -> UploadedFile | None:
        file: UploadedFile | None = self.cleaned_data["paper"]
        if file is None:
            return None
        try:
            content = file.read(LARGEST_FILE + 1)
            check_evidence(content=content)
        except EvidenceError as error:
            raise forms.ValidationError(describe_paper_error(error)) from None
        self.checked = content
        return file

    def hold(self, paper: EvidenceFile) -> None:
        """Remember a paper that was kept: the form carries its id from now on."""
        self.paper_kept = paper
        self.fields["paper"].required = False
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("kept")] = str(paper.public_id)
        self.data = data


def posted(request: HttpRequest) -> dict[str, Any]:
    """What a form is bound to; nothing for a GET."""
    if request.method != "POST":
        return {}
    return {"data": request.POST, "files": request.FILES}
