"""Writing the slots of an institution. Each change is a new version; no version is ever rewritten."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from lms.integrity.models import SlotVersion
from lms.integrity.rules.slots import SlotContent
from lms.people.models import Institution, User


class SlotChangedError(Exception):
    """Somebody else saved the slot after the author had read it."""


@transaction.atomic
def save_slot(
    *,
    institution: Institution,
    kind: str,
    content: SlotContent,
    at: datetime,
    review_by: date | None = None,
    owner: User | None = None,
    author: User | None = None,
    seen: int | None = None,
) -> tuple[SlotVersion | None, bool]:
    """``(current version, is_new)``. What changes nothing makes no version; empty words empty the slot.

    ``seen``: the number of the version that the author read, 0 for none; ``None`` does not ask.

    Raises:
        SlotChangedError: it is not the current one any more.
    """
    Institution.objects.select_for_update().get(pk=institution.pk)
    current = SlotVersion.objects.current().filter(institution=institution, kind=kind).first()
    number = current.number if current else 0
    if seen is not None and seen != number:
        raise SlotChangedError(kind)
    new = SlotVersion(
        institution=institution,
        kind=kind,
        number=number + 1,
        **asdict(content),
        review_by=review_by if content.is_filled else None,
        owner=owner,
        written_by=author,
        written_at=at,
    )
    if _says_the_same(current, new):
        return current, False
    if current:
        current.is_current = False
        current.save(update_fields=["is_current"])
    new.save()
    return new, True


@transaction.atomic
def save_slots(
    *,
    institution: Institution,
    contents: Mapping[str, SlotContent],
    at: datetime,
    review_by: date | None = None,
    owner: User | None = None,
) -> None:
    """Write several slots, by kind, to be reviewed by the same day, on behalf of who keeps them."""
    for kind, content in contents.items():
        save_slot(
            institution=institution,
            kind=kind,
            content=content,
            review_by=review_by,
            owner=owner,
            author=owner,
            at=at,
        )


def _says_the_same(current: SlotVersion | None, new: SlotVersion) -> bool:
    if current is None:
        return not new.content.is_filled and new.owner is None
    return (current.content, current.review_by, current.owner_id) == (
        new.content,
        new.review_by,
        new.owner_id,
    )
