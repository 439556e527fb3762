"""Writing which code of ethics an institution has; what it says by topic is in its slots."""

from datetime import date, datetime

from django.db import transaction

from lms.integrity.models import EthicsCode
from lms.people.models import Institution


@transaction.atomic
def save_code(
    *,
    institution: Institution,
    title: str,
    url: str,
    approved_on: date | None,
    as_new_version: bool,
    at: datetime,
) -> EthicsCode:
    """Save the document; as a new version, people are asked again to declare that they know it.

    A correction without a new version is for typing errors, and the author says so by leaving
    ``as_new_version`` off.
    """
    current = EthicsCode.objects.select_for_update().filter(institution=institution, is_current=True).first()
    if current is None or as_new_version:
        version = current.version + 1 if current else 1
        if current:
            current.is_current = False
            current.save(update_fields=["is_current"])
        current = EthicsCode(institution=institution, version=version)
    current.title, current.url, current.approved_on, current.updated_at = title, url, approved_on, at
    current.save()
    return current
