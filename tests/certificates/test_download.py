"""The file that a holder takes along."""

from unittest.mock import patch

import pytest
from django.core.files.storage import storages
from django.http import Http404

from certificates.selectors import CertificateFileDamagedError, find_file, read_file
from certificates.services import (
    issuing,
)
from certificates.views import pdf_response
from tests.certificates.samples import issue

pytestmark = pytest.mark.django_db


def test_pdf_is_a_download_with_a_spanish_name() -> None:
    certificate = issue()
    response = pdf_response(certificate)
    file = find_file(certificate=certificate)
    assert file is not None
    assert response.content == read_file(file=file)
    assert response["Content-Type"] == "application/pdf"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    name = f"certificado-integridad-en-la-funcion-publica-fundamentos-{certificate.formatted_code}.pdf"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'


def test_pdf_that_was_not_drawn_is_not_found() -> None:
    with patch.object(issuing, "import_string"):
        certificate = issue()
    with pytest.raises(Http404):
        pdf_response(certificate)


def test_damaged_pdf_is_not_served() -> None:
    certificate = issue()
    file = find_file(certificate=certificate)
    assert file is not None
    with storages["certificates"].open(file.storage_key, "wb") as damaged:
        damaged.write(b"%PDF-1.7 other")
    with pytest.raises(CertificateFileDamagedError):
        pdf_response(certificate)
