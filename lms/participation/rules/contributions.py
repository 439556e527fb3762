"""Who may write of a plan, correct it and be answered, and when. Pure."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from lms.lib.words import plain_words

LONGEST_TEXT = 3000
LONGEST_NOTE = 300
LONGEST_ORGANISATION = 120
SHORTEST_REASON, LONGEST_REASON = 20, 3000

EDIT_FOR = timedelta(minutes=30)
"""How long what somebody wrote can be corrected, unless it was answered before."""

MOST_WRITTEN, MOST_REPORTS = 6, 10
PERIOD = timedelta(hours=1)
"""No more than so many contributions, and so many reports, of one account in this time."""

ANSWER_WITHIN = timedelta(days=30)
"""What waits longer for an answer is said to be late."""


class Kind(StrEnum):
    """A comment on a commitment, or a contribution to a consultation."""

    COMMENT = "comment"
    CONTRIBUTION = "contribution"


class Sector(StrEnum):
    """For which part of society somebody speaks."""

    CITIZEN = "citizen"
    CIVIL_SOCIETY = "civil_society"
    ACADEMIA = "academia"
    PRIVATE = "private"
    PUBLIC_BODY = "public_body"


class State(StrEnum):
    """What others see. ``hidden``: by moderation, its place stays; ``withdrawn``: by its author."""

    WAITING = "waiting"
    SHOWN = "shown"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Verdict(StrEnum):
    """What the body that answers decides. ``answered``: it was a question."""

    ACCEPTED = "accepted"
    PARTLY = "partly"
    REJECTED = "rejected"
    ANSWERED = "answered"


class Refusal(StrEnum):
    """Why something cannot be written now."""

    COMMENTS_CLOSED = "comments_closed"
    NOT_OPEN_YET = "not_open_yet"
    OVER = "over"
    TOO_MANY = "too_many"
    WRITTEN_BEFORE = "written_before"
    NOT_ANSWERED = "not_answered"
    NOT_PUBLISHED = "not_published"
    DRAFT_CHANGED = "draft_changed"


@dataclass(frozen=True)
class WriterFacts:
    """What decides whether an account may write. Dates are ``None`` outside consultations.

    ``comments_open``: the plan takes comments; of no matter to consultations.
    """

    kind: Kind
    comments_open: bool
    opens_on: date | None
    closes_on: date | None
    written_lately: int
    has_twin: bool


def refuse(*, facts: WriterFacts, on: date) -> Refusal | None:
    """Why not, the most lasting reason first; ``None`` where nothing stands against it."""
    if facts.kind == Kind.COMMENT and not facts.comments_open:
        return Refusal.COMMENTS_CLOSED
    if facts.closes_on and on > facts.closes_on:
        return Refusal.OVER
    if facts.opens_on and on < facts.opens_on:
        return Refusal.NOT_OPEN_YET
    if facts.has_twin:
        return Refusal.WRITTEN_BEFORE
    return Refusal.TOO_MANY if facts.written_lately >= MOST_WRITTEN else None


def may_edit(*, state: str, is_answered: bool, written_at: datetime, at: datetime) -> bool:
    """For thirty minutes, as long as nobody answered."""
    return state in (State.WAITING, State.SHOWN) and not is_answered and at - written_at < EDIT_FOR


def may_withdraw(*, state: str) -> bool:
    """Whenever there are words left to take away."""
    return state != State.WITHDRAWN


def is_late(*, shown_on: date, on: date) -> bool:
    """Whether what was not answered has waited for more than thirty days."""
    return on - shown_on > ANSWER_WITHIN


def days_between(*, shown_on: date, replied_on: date) -> int:
    """Calendar days from publication to the first answer; the same day is 0."""
    return max((replied_on - shown_on).days, 0)


def fingerprint(text: str) -> str:
    """64 hexadecimal characters, alike for texts that differ in case, accents, spaces or signs alone."""
    return hashlib.sha256(plain_words(text).encode()).hexdigest()
