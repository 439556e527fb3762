"""Two records of one person become one, and two again.

What goes over is any row of any app that points at the person: see ``merging_rows``.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from lms.people.models import Person, PersonMerge, Pseudonym, User
from lms.people.models.merges import UNDO_FOR
from lms.people.services.merging_rows import Keys, move_everything, put_everything_back

FORGOTTEN_NAME = "Ficha fusionada"


class MergeError(Exception):
    """The two records cannot be made one, or not two again."""


class SamePersonError(MergeError):
    """It is one record."""


class PersonGoneError(MergeError):
    """One of them was merged or erased meanwhile."""


class TwoRunsError(MergeError):
    """They have different RUNs: they are two people."""


class AccountChoiceMissingError(MergeError):
    """Both have an account, and nobody said which one stays."""


class AccountWithRolesError(MergeError):
    """The account that would be closed holds roles or administers the platform."""


class TooLateError(MergeError):
    """Thirty days have passed, or it was undone."""


class MergedSinceError(MergeError):
    """The kept person was merged into another or erased since; the later merge is undone first."""


@dataclass(frozen=True)
class Moved:
    """What went over, enough to put it back.

    ``rows``: keys (public id, else primary key) by ``app.model.field``; ``swapped``: those that went the
    other way; ``in_use``: pseudonyms that were in use; ``with_run``, ``with_email``: the kept person
    had none. ``accounts``: before, of the kept and of the merged person; ``closed``: that of both.
    """

    rows: Keys = field(default_factory=dict)
    swapped: Keys = field(default_factory=dict)
    in_use: list[str] = field(default_factory=list)
    with_run: bool = False
    with_email: bool = False
    accounts: tuple[int | None, int | None] = (None, None)
    closed: int | None = None


@dataclass(frozen=True)
class Left:
    """Rows that could not be put back: gone, or changed since. ``name`` of the table, for people."""

    name: str
    rows: int


@transaction.atomic
def merge_people(
    *,
    kept_id: int,
    merged_id: int,
    account_of: int | None,
    institution_id: int | None,
    author: User | None,
    at: datetime,
) -> PersonMerge:
    """Everything of ``merged`` goes over to ``kept``. ``account_of``: whose account stays, if both have one.

    Raises:
        MergeError: one of those above. Nothing was written.
    """
    if kept_id == merged_id:
        raise SamePersonError
    kept, merged = _lock(kept_id, merged_id)
    if kept.run_fingerprint and merged.run_fingerprint:
        raise TwoRunsError
    account, closed = _choose_account(kept, merged, account_of, at)
    in_use = _retire_pseudonyms(merged)
    rows, swapped = move_everything(merged=merged, kept=kept)
    moved = Moved(
        rows=rows,
        swapped=swapped,
        in_use=in_use,
        with_run=bool(merged.run_fingerprint),
        with_email=bool(merged.email and not kept.email),
        accounts=(kept.user_id, merged.user_id),
        closed=closed,
    )
    _give_accounts(kept, merged, account, closed)
    _hand_over(kept, merged, moved)
    return PersonMerge.objects.create(
        kept=kept,
        merged=merged,
        institution_id=institution_id,
        merged_by=author,
        merged_at=at,
        moved=asdict(moved),
    )


@transaction.atomic
def undo_merge(*, merge_id: int, at: datetime) -> tuple[PersonMerge, list[Left]]:
    """Put back what went over; rows that are gone or changed since are told and left as they are.

    Raises:
        TooLateError, MergedSinceError: see there.
    """
    merge = PersonMerge.objects.select_for_update(of=("self",)).get(pk=merge_id)
    if not merge.can_be_undone(at):
        raise TooLateError
    people = Person.objects.select_for_update().in_bulk([merge.kept_id, merge.merged_id])
    kept, merged = people[merge.kept_id], people[merge.merged_id]
    if kept.merged_into_id is not None or kept.erased_at or merged.merged_into_id != kept.pk:
        raise MergedSinceError
    moved = Moved(**merge.moved)
    left = _take_back(kept, merged, moved)
    Person.objects.filter(pk=merged.pk).update(merged_into=None)
    left += put_everything_back(kept=kept, merged=merged, rows=moved.rows, swapped=moved.swapped)
    Pseudonym.objects.filter(person=merged, name__in=moved.in_use).update(is_in_use=True)
    merge.undone_at = at
    merge.save(update_fields=["undone_at"])
    return merge, [Left(name, rows) for name, rows in sorted(left.items())]


@transaction.atomic
def forget_merges(*, at: datetime) -> int:
    """Empty the lists of merges that can no longer be undone, and the names of the signposts; how many."""
    old = PersonMerge.objects.filter(merged_at__lte=at - UNDO_FOR).exclude(moved={})
    ids = list(old.values_list("pk", flat=True))
    signposts = PersonMerge.objects.filter(pk__in=ids, undone_at__isnull=True).values("merged_id")
    Person.objects.filter(pk__in=signposts, merged_into__isnull=False).update(
        given_names=FORGOTTEN_NAME, family_names="", email="", run_masked=""
    )
    return PersonMerge.objects.filter(pk__in=ids).update(moved={})


# --- Both records --------------------------------------------------------------------------------
def _lock(kept_id: int, merged_id: int) -> tuple[Person, Person]:
    people = {
        person.pk: person
        for person in Person.objects.present()
        .select_for_update()
        .filter(pk__in=[kept_id, merged_id])
        .order_by("pk")
    }
    if len(people) != 2:
        raise PersonGoneError
    return people[kept_id], people[merged_id]


def _choose_account(
    kept: Person, merged: Person, account_of: int | None, at: datetime
) -> tuple[int | None, int | None]:
    """``(account that stays, account to close)``."""
    if kept.user_id is None or merged.user_id is None:
        return kept.user_id or merged.user_id, None
    if account_of not in (kept.pk, merged.pk):
        raise AccountChoiceMissingError
    stays, closes = (
        (kept.user_id, merged.user_id) if account_of == kept.pk else (merged.user_id, kept.user_id)
    )
    closing = User.objects.get(pk=closes)
    roles = closing.roles.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at))
    if closing.is_staff or closing.is_superuser or roles.exists():
        raise AccountWithRolesError
    return stays, closes if closing.is_active else None


def _give_accounts(kept: Person, merged: Person, account: int | None, closed: int | None) -> None:
    other = {kept.user_id, merged.user_id} - {account, None}
    Person.objects.filter(pk__in=[kept.pk, merged.pk]).update(user=None)  # each account has one person
    Person.objects.filter(pk=merged.pk).update(user=other.pop() if other else None)
    Person.objects.filter(pk=kept.pk).update(user=account)
    User.objects.filter(pk=closed or 0).update(is_active=False)


def _hand_over(kept: Person, merged: Person, moved: Moved) -> None:
    """The RUN is unique and leaves the signpost; its spelling and the address stay there too."""
    mark = (merged.run_fingerprint, merged.run_masked)
    Person.objects.filter(pk=merged.pk).update(merged_into=kept, run_fingerprint=None)
    if moved.with_run:
        Person.objects.filter(pk=kept.pk).update(run_fingerprint=mark[0], run_masked=mark[1])
    if moved.with_email:
        Person.objects.filter(pk=kept.pk).update(email=merged.email)


def _take_back(kept: Person, merged: Person, moved: Moved) -> Counter[str]:
    """The RUN, the address and the accounts go back where they are still those of the merge."""
    left: Counter[str] = Counter()
    if moved.with_run:
        fingerprint = kept.run_fingerprint
        Person.objects.filter(pk=kept.pk).update(run_fingerprint=None, run_masked="")
        Person.objects.filter(pk=merged.pk).update(run_fingerprint=fingerprint)
    if moved.with_email and kept.email == merged.email:
        Person.objects.filter(pk=kept.pk).update(email="")
    elif moved.with_email:
        left[str(Person._meta.get_field("email").verbose_name)] += 1
    before, now = moved.accounts, (kept.user_id, merged.user_id)
    if {*before} == {*now}:
        Person.objects.filter(pk__in=[kept.pk, merged.pk]).update(user=None)
        Person.objects.filter(pk=kept.pk).update(user=before[0])
        Person.objects.filter(pk=merged.pk).update(user=before[1])
        User.objects.filter(pk=moved.closed or 0).update(is_active=True)
    else:
        left[str(User._meta.verbose_name)] += 1
    return left


def _retire_pseudonyms(merged: Person) -> list[str]:
    """They recognise what was said before; nothing new is said under them."""
    rows = merged.pseudonyms.filter(is_in_use=True)
    names = list(rows.values_list("name", flat=True))
    rows.update(is_in_use=False)
    return names
