"""Writing codes of ethics, contacts and acknowledgements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from lms.integrity.models import Acknowledgement, CodeArticle, EthicsCode, IntegrityContact
from lms.people.models import Institution, Person, Pseudonym


@dataclass(frozen=True)
class ArticleText:
    text: str
    reference: str = ""


@dataclass(frozen=True)
class ContactText:
    name: str
    email: str = ""
    phone: str = ""
    url: str = ""
    note: str = ""


@transaction.atomic
def save_code(
    *,
    institution: Institution,
    title: str,
    url: str,
    approved_on: date | None,
    articles: Mapping[str, ArticleText],
    as_new_version: bool,
    at: datetime,
) -> EthicsCode:
    """Save the code; as a new version, people are asked again to declare that they know it.

    A code that somebody acknowledged already keeps its words: a correction without a new version
    is for typing errors only, and the author says so by leaving ``as_new_version`` off.
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
    kept = {topic: article for topic, article in articles.items() if article.text.strip()}
    current.articles.exclude(topic__in=kept).delete()
    for topic, article in kept.items():
        CodeArticle.objects.update_or_create(
            code=current, topic=topic, defaults={"text": article.text, "reference": article.reference}
        )
    return current


@transaction.atomic
def save_contacts(*, institution: Institution, contacts: Mapping[str, ContactText]) -> None:
    """Replace the institution's contacts; a kind without a name is removed."""
    kept = {kind: contact for kind, contact in contacts.items() if contact.name.strip()}
    institution.integrity_contacts.exclude(kind__in=kept).delete()
    for kind, contact in kept.items():
        IntegrityContact.objects.update_or_create(
            institution=institution,
            kind=kind,
            defaults={
                "name": contact.name,
                "email": contact.email,
                "phone": contact.phone,
                "url": contact.url,
                "note": contact.note,
            },
        )


@transaction.atomic
def record_acknowledgement(*, person: Person, code: EthicsCode, at: datetime) -> tuple[Acknowledgement, bool]:
    """``(acknowledgement, is_new)``; declaring twice keeps the first date."""
    return Acknowledgement.objects.get_or_create(person=person, code=code, defaults={"acknowledged_at": at})


@transaction.atomic
def restore_acknowledgements(*, rows: Sequence[tuple[UUID, int, int, datetime]]) -> None:
    """Make the rows of people who can be named what the record says.

    ``(public id, person id, code id, at)`` each.
    """
    Acknowledgement.objects.filter(person_id__in=Pseudonym.objects.values("person_id")).delete()
    Acknowledgement.objects.bulk_create(
        (
            Acknowledgement(public_id=public_id, person_id=person_id, code_id=code_id, acknowledged_at=at)
            for public_id, person_id, code_id, at in rows
        ),
        batch_size=1000,
    )
