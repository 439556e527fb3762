"""Keeping how an institution spells its rosters."""

from collections.abc import Mapping
from datetime import datetime

from lms.lib.words import plain_words
from lms.people.models import Institution, RosterMapping, User
from lms.people.rosters.columns import Column


def save_mapping(
    *,
    institution: Institution,
    name: str,
    columns: Mapping[Column, str],
    words: Mapping[str, Mapping[str, str]],
    by: User | None,
    at: datetime,
) -> RosterMapping:
    """Create the mapping of that name, or replace its columns and add its words."""
    mapping, _ = RosterMapping.objects.get_or_create(
        institution=institution, name=name, defaults={"updated_at": at}
    )
    mapping.columns = {str(column): title for column, title in columns.items()}
    for column, known in words.items():
        own = mapping.words.setdefault(column, {})
        own.update({plain_words(word): code for word, code in known.items()})
    mapping.updated_at, mapping.updated_by = at, by
    mapping.save()
    return mapping
