"""What a roster changes: one decision per row, and who no longer appears. Pure.

A roster says who works in the institution on its date; what it does not say is left alone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from lms.people.rosters.checking import RosterRow

ENDED_PERCENT_LIMIT = 20
ENDED_MINIMUM = 10
"""More than 20 % of the present people ending, and at least ten: probably a cut file."""

WRONG_PERCENT_LIMIT = 5
"""From 5 wrong rows per 100 correct ones on, the file has to be corrected first."""

ONE_DAY = timedelta(days=1)


class Verdict(StrEnum):
    """One per correct row; a move counts as a move even if the name changes too."""

    NEW = "new"
    JOINED = "joined"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PostingState:
    """A recorded posting in this institution."""

    id: int
    unit_id: int
    estamento: str
    legal_quality: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PersonState:
    """A recorded person: postings in this institution, and whether another one has her in force."""

    id: int
    given_names: str
    family_names: str
    email: str
    postings: tuple[PostingState, ...]
    is_elsewhere: bool


@dataclass(frozen=True, slots=True)
class Opening:
    """A posting to begin; the unit, estamento and quality are the row's."""

    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class PostingEnd:
    """A posting and its last day (``None``: open)."""

    posting_id: int
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What one row does. ``corrects``: the posting takes the row's values and this last day."""

    verdict: Verdict
    renames: bool = False
    opens: Opening | None = None
    closes: PostingEnd | None = None
    corrects: PostingEnd | None = None


def decide_row(
    *, row: RosterRow, person: PersonState | None, unit_id: int | None, roster_date: date, has_until: bool
) -> Decision:
    """Compare one row with what is recorded.

    ``unit_id`` is ``None`` for a unit not known yet. ``has_until``: the file has a column for the
    last day; then an empty cell means "no end", otherwise the recorded end stays.
    """
    if person is None:
        return Decision(Verdict.NEW, opens=Opening(row.valid_from or roster_date, row.valid_until))
    renames = _renames(row=row, person=person)
    current = posting_on(postings=person.postings, day=roster_date)
    last_day = _cap(row.valid_until, person.postings, roster_date)
    if current is None:
        start = _free_start(row.valid_from or roster_date, person.postings, roster_date)
        return Decision(Verdict.JOINED, renames=renames, opens=Opening(start, last_day))
    if not has_until:
        last_day = current.valid_until
    same_job = (current.unit_id, current.estamento, current.legal_quality) == (
        unit_id,
        row.estamento,
        row.legal_quality,
    )
    if same_job:
        corrects = None if current.valid_until == last_day else PostingEnd(current.id, last_day)
        verdict = Verdict.CHANGED if renames or corrects else Verdict.UNCHANGED
        return Decision(verdict, renames=renames, corrects=corrects)
    start = row.valid_from if row.valid_from and row.valid_from > current.valid_from else roster_date
    if start <= current.valid_from:
        # Begun on this very date, by an earlier file of the same day: corrected, not followed.
        return Decision(Verdict.MOVED, renames=renames, corrects=PostingEnd(current.id, last_day))
    return Decision(
        Verdict.MOVED,
        renames=renames,
        opens=Opening(start, last_day),
        closes=PostingEnd(current.id, start - ONE_DAY),
    )


def posting_on(*, postings: tuple[PostingState, ...], day: date) -> PostingState | None:
    """The posting in force on ``day``; the latest to begin where there are two."""
    in_force = [
        p for p in postings if p.valid_from <= day and (p.valid_until is None or p.valid_until >= day)
    ]
    return max(in_force, key=lambda p: (p.valid_from, p.id), default=None)


def _renames(*, row: RosterRow, person: PersonState) -> bool:
    """Name or address differ. One institution never rewrites the people whom another has in force."""
    if person.is_elsewhere:
        return False
    names_differ = (person.given_names, person.family_names) != (row.given_names, row.family_names)
    return names_differ or bool(row.email and row.email != person.email.lower())


def _free_start(wanted: date, postings: tuple[PostingState, ...], roster_date: date) -> date:
    """Not before the day after the last posting that ended: two never overlap."""
    ends = [p.valid_until for p in postings if p.valid_until and p.valid_until < roster_date]
    return max([wanted, *(end + ONE_DAY for end in ends)])


def _cap(wanted: date | None, postings: tuple[PostingState, ...], roster_date: date) -> date | None:
    """Not beyond the eve of a posting that is already recorded to begin later."""
    days = [wanted, *(p.valid_from - ONE_DAY for p in postings if p.valid_from > roster_date)]
    return min((day for day in days if day is not None), default=None)


def last_day_of_absent(*, valid_from: date, valid_until: date | None, roster_date: date) -> date | None:
    """The new last day of a posting whose person is not in the roster; ``None`` when nothing changes.

    The eve of the roster's date, but never before the posting's own first day.
    """
    last_day = max(valid_from, roster_date - ONE_DAY)
    return None if valid_until is not None and valid_until <= last_day else last_day


def needs_confirmation(*, ended: int, current: int) -> bool:
    """True when so many people would end that someone must say that it is meant."""
    if not ended:
        return False
    return ended >= current or (ended >= ENDED_MINIMUM and ended * 100 > ENDED_PERCENT_LIMIT * current)


def may_leave_errors_out(*, wrong: int, correct: int) -> bool:
    """True when the wrong rows are so few that the correct ones may be applied without them."""
    return wrong * 100 < WRONG_PERCENT_LIMIT * correct
