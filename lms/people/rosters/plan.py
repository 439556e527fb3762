"""What a roster changes: one decision per row, and who no longer appears. Pure.

A roster says who works in the institution on its date; what it does not say is left alone.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lms.people.days import ONE_DAY, eve_of
from lms.people.rosters.leaves import NOTHING, LeaveDecision, LeaveState, decide_leave
from lms.people.rosters.rows import RosterRow


class Verdict(StrEnum):
    """One per correct row; a move counts as a move even if the name changes too."""

    NEW = "new"
    JOINED = "joined"
    MOVED = "moved"
    CHANGED = "changed"
    UNCHANGED = "unchanged"

    @property
    def letter(self) -> str:
        """How a chunk keeps it."""
        return self.value[0]


BY_LETTER = {verdict.letter: verdict for verdict in Verdict}


@dataclass(frozen=True, slots=True)
class PostingState:
    """A recorded posting in this institution."""

    id: int
    unit_id: int
    estamento: str
    legal_quality: str
    valid_from: date
    valid_until: date | None
    grade: str = ""
    position: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class PersonState:
    """A recorded person: postings and leaves here, and whether another institution has her in force."""

    id: int
    given_names: str
    family_names: str
    email: str
    postings: tuple[PostingState, ...]
    is_elsewhere: bool
    leaves: tuple[LeaveState, ...] = ()


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a job is beside its unit, estamento and quality."""

    grade: str = ""
    position: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A posting to begin; the unit, estamento and quality are the row's."""

    valid_from: date
    valid_until: date | None
    particulars: Particulars = Particulars()


@dataclass(frozen=True, slots=True)
class PostingEnd:
    """A posting and its last day (``None``: open)."""

    posting_id: int
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A posting that takes the row's unit, estamento and quality, these particulars and this last day."""

    posting_id: int
    valid_until: date | None
    particulars: Particulars = Particulars()


@dataclass(frozen=True, slots=True)
class Decision:
    """What one row does."""

    verdict: Verdict
    renames: bool = False
    opens: Opening | None = None
    closes: PostingEnd | None = None
    corrects: Correction | None = None
    leave: LeaveDecision = NOTHING


def decide_row(
    *, row: RosterRow, person: PersonState | None, unit_id: int | None, roster_date: date, has_until: bool
) -> Decision:
    """Compare one row with what is recorded.

    ``unit_id`` is ``None`` for a unit not known yet. ``has_until``: the file has a column for the
    last day; then an empty cell means "no end", otherwise the recorded end stays.
    """
    leave = decide_leave(away=row.away, recorded=person.leaves if person else (), roster_date=roster_date)
    if person is None:
        opening = Opening(row.valid_from or roster_date, row.valid_until, _particulars(row, None))
        return Decision(Verdict.NEW, opens=opening, leave=leave)
    renames = _renames(row=row, person=person)
    current = posting_on(postings=person.postings, day=roster_date)
    particulars = _particulars(row, current)
    last_day = _cap(row.valid_until, person.postings, roster_date)
    if current is None:
        start = _free_start(row.valid_from or roster_date, person.postings, roster_date)
        opening = Opening(start, last_day, particulars)
        return Decision(Verdict.JOINED, renames=renames, opens=opening, leave=leave)
    if not has_until:
        last_day = current.valid_until
    correction = Correction(current.id, last_day, particulars)
    if _is_same_job(current, row, unit_id):
        is_right = current.valid_until == last_day and _particulars_of(current) == particulars
        verdict = Verdict.UNCHANGED if is_right and not renames and not leave else Verdict.CHANGED
        return Decision(verdict, renames=renames, corrects=None if is_right else correction, leave=leave)
    start = row.valid_from if row.valid_from and row.valid_from > current.valid_from else roster_date
    if start <= current.valid_from:
        # Begun on this very date, by an earlier file of the same day: corrected, not followed.
        return Decision(Verdict.MOVED, renames=renames, corrects=correction, leave=leave)
    return Decision(
        Verdict.MOVED,
        renames=renames,
        opens=Opening(start, last_day, particulars),
        closes=PostingEnd(current.id, eve_of(start)),
        leave=leave,
    )


def _is_same_job(posting: PostingState, row: RosterRow, unit_id: int | None) -> bool:
    job = (posting.unit_id, posting.estamento, posting.legal_quality)
    return job == (unit_id, row.estamento, row.legal_quality)


def _particulars(row: RosterRow, current: PostingState | None) -> Particulars:
    """The row's; what the file has no column for stays as it is."""
    known = _particulars_of(current) if current else Particulars()
    return Particulars(
        known.grade if row.grade is None else row.grade,
        known.position if row.position is None else row.position,
        known.region if row.region is None else row.region,
    )


def _particulars_of(posting: PostingState) -> Particulars:
    return Particulars(posting.grade, posting.position, posting.region)


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
    days = [wanted, *(eve_of(p.valid_from) for p in postings if p.valid_from > roster_date)]
    return min((day for day in days if day is not None), default=None)
