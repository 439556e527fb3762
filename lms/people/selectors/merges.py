"""Records of one person: those made one, and those that might be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db.models import Exists, OuterRef, Q, QuerySet

from lms.lib.run import InvalidRunError, fingerprint_run
from lms.lib.words import plain_words
from lms.people.models import Person, PersonMerge, Posting
from lms.people.policy import Reach
from lms.people.selectors.finding import named
from lms.people.selectors.reach import people_within

MOST_FOUND = 20
LETTERS_COMPARED = 6


@dataclass(frozen=True)
class MergeLine:
    """A merge of the last weeks, in the file of the person who was kept."""

    merge: PersonMerge
    merged_name: str


def list_holder_keys(*, person_id: int) -> list[str]:
    """The public ids under which the person was known: the own, and those of merged records. One query."""
    rows = Person.objects.filter(Q(pk=person_id) | Q(merged_into_id=person_id))
    return [str(public_id) for public_id in rows.order_by("pk").values_list("public_id", flat=True)]


def find_kept(*, public_id: UUID) -> UUID | None:
    """The public id of the person into whom this one was merged. One query."""
    return (
        Person.objects.filter(public_id=public_id, merged_into__isnull=False)
        .values_list("merged_into__public_id", flat=True)
        .first()
    )


def find_kept_of(*, person_ids: Collection[int]) -> dict[int, int]:
    """Into whom those of these people who were merged were merged, by id. One query."""
    rows = Person.objects.filter(pk__in=person_ids, merged_into__isnull=False)
    return {pk: kept for pk, kept in rows.values_list("pk", "merged_into_id") if kept is not None}


def list_undoable(*, person_id: int, at: datetime) -> list[MergeLine]:
    """Merges into this person that can still be undone, latest first. One query."""
    rows = PersonMerge.objects.filter(kept_id=person_id, undone_at__isnull=True).select_related("merged")
    return [MergeLine(row, row.merged.full_name) for row in rows if row.can_be_undone(at)]


def suggest_duplicates(*, person: Person, reach: Reach) -> list[Person]:
    """People within the reach with the same address, or the same words in their name. Two queries.

    Whoever has another RUN is somebody else. The database picks those with a word like the longest of
    the name, so that few of a large institution are compared here.
    """
    others = people_within(reach=reach).exclude(pk=person.pk)
    if person.run_fingerprint:
        others = others.filter(run_fingerprint__isnull=True)
    words = _words(person.full_name)
    names = others.filter(_may_be_like(person, words)).values_list(
        "pk", "given_names", "family_names", "email"
    )
    alike = [
        pk
        for pk, given, family, email in names.iterator(chunk_size=2000)
        if _words(f"{given} {family}") == words or email.lower() == person.email.lower() != ""
    ]
    return list(
        Person.objects.filter(pk__in=alike[:MOST_FOUND]).order_by("family_names", "given_names", "pk")
    )


def search_duplicates(*, person: Person, text: str, reach: Reach, run_key: str) -> list[Person]:
    """People within the reach by RUN, address or words of the name. One or two queries.

    Besides, by its exact address, the account of somebody who works nowhere yet: that is the record of
    who signed up alone, which nobody else could ever join to the one that HR loaded.
    """
    others = people_within(reach=reach).exclude(pk=person.pk)
    if "@" in text:
        found = list(others.filter(email__iexact=text)[:MOST_FOUND])
        return found or _list_unplaced(person, text)
    try:
        return list(others.filter(run_fingerprint=fingerprint_run(text, run_key)))
    except InvalidRunError:
        pass
    others = others.filter(named(text=text)).order_by("family_names", "given_names", "pk")
    return list(others[:MOST_FOUND])


def find_other(*, person: Person, public_id: UUID, reach: Reach) -> Person | None:
    """The other record, where it is within the reach or of somebody with an account who works nowhere."""
    reachable = people_within(reach=reach) | _unplaced()
    return reachable.exclude(pk=person.pk).filter(public_id=public_id).first()


def _list_unplaced(person: Person, address: str) -> list[Person]:
    proved = EmailAddress.objects.filter(email__iexact=address, verified=True)
    return list(_unplaced().exclude(pk=person.pk).filter(user_id__in=proved.values("user_id")))


def _unplaced() -> QuerySet[Person]:
    return Person.objects.present().filter(
        ~Exists(Posting.objects.filter(person_id=OuterRef("pk"))), user__isnull=False
    )


def _words(name: str) -> list[str]:
    return sorted(plain_words(name).split())


def _may_be_like(person: Person, words: list[str]) -> Q:
    """Whoever is alike, and some others: databases do not know which letters differ by their accents only."""
    condition = Q(email__iexact=person.email) if person.email else Q(pk__in=[])
    if words:
        pattern = _pattern(max(words, key=len))
        condition |= Q(given_names__iregex=pattern) | Q(family_names__iregex=pattern)
    return condition


def _pattern(word: str) -> str:
    """Finds the word in any spelling: what is not ASCII may be any letter, or the accent of one."""
    return "".join(f"({letter}|[^ -~]){{1,3}}" for letter, _same in groupby(word[:LETTERS_COMPARED]))
