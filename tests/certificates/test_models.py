from datetime import date, datetime
from typing import Any

import pytest

from certificates.models import Certificate, ImmutableCertificateError
from tests.certificates.samples import issue

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("code", "0" * 16),
        ("recipient_name", "Otra Persona"),
        ("run_masked", ""),
        ("holder_key", "holder-2"),
        ("facts", {}),
        ("issued_on", date(2020, 1, 1)),
        ("valid_until", None),
    ],
)
def test_issued_column_cannot_be_changed(column: str, value: Any) -> None:
    certificate = issue()
    setattr(certificate, column, value)
    with pytest.raises(ImmutableCertificateError, match=column):
        certificate.save()


def test_fact_inside_the_facts_cannot_be_changed() -> None:
    certificate = issue()
    certificate.facts["course_title"] = "Otro curso"
    with pytest.raises(ImmutableCertificateError, match="facts"):
        certificate.save(update_fields=["facts"])


def test_unchanged_certificate_can_be_saved() -> None:
    certificate = Certificate.objects.get(pk=issue().pk)
    certificate.is_public = True
    certificate.save()
    assert Certificate.objects.get().is_public


def test_certificates_are_not_changed_in_bulk() -> None:
    certificate = issue()
    with pytest.raises(ImmutableCertificateError):
        Certificate.objects.update(recipient_name="Otra Persona")
    with pytest.raises(ImmutableCertificateError):
        Certificate.objects.bulk_update([certificate], ["recipient_name"])


def test_certificates_are_not_deleted() -> None:
    certificate = issue()
    with pytest.raises(ImmutableCertificateError):
        certificate.delete()
    with pytest.raises(ImmutableCertificateError):
        Certificate.objects.all().delete()


def test_history_is_only_added_to(at: datetime) -> None:
    event = issue().events.first()
    event.at = at
    with pytest.raises(ImmutableCertificateError):
        event.save()
    with pytest.raises(ImmutableCertificateError):
        event.delete()


def test_file_is_not_replaced() -> None:
    file = issue().files.get()
    file.sha256 = "0" * 64
    with pytest.raises(ImmutableCertificateError):
        file.save()
    with pytest.raises(ImmutableCertificateError):
        file.delete()
