"""Who may write, correct and take back, and when. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LONGEST_POST = 5000
LONGEST_TITLE = 120
LONGEST_NAME = 60
LONGEST_REASON = 300

EDIT_FOR = timedelta(minutes=15)
"""How long the words of a message can be corrected."""

MOST_POSTS, MOST_REPORTS = 10, 10
PERIOD = timedelta(minutes=10)
"""No more than so many messages, and so many reports, of one person in this time."""

LONGEST_MUTE = timedelta(days=366)


class PostState(StrEnum):
    """What others see of a message. ``hidden``: by moderation; ``erased``: with its author's data."""

    PUBLISHED = "published"
    WAITING = "waiting"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"
    ERASED = "erased"


HAS_WORDS = frozenset({PostState.PUBLISHED, PostState.WAITING, PostState.HIDDEN})
"""States in which the words are still kept."""


class Refusal(StrEnum):
    """Why somebody may not write now."""

    SWITCHED_OFF = "switched_off"
    NOT_JOINED = "not_joined"
    MUTED = "muted"
    CLOSED = "closed"
    TOO_MANY = "too_many"


@dataclass(frozen=True)
class WriterFacts:
    """What decides whether a person may write at ``at``. ``posts_lately``: within ``PERIOD``."""

    is_open: bool
    has_joined: bool
    muted_until: datetime | None
    is_closed: bool
    posts_lately: int
    is_trainer: bool


def refuse_post(*, facts: WriterFacts, at: datetime) -> Refusal | None:
    """Why not, the most lasting reason first; ``None`` where nothing stands against it."""
    if not facts.is_open:
        return Refusal.SWITCHED_OFF
    if not facts.has_joined:
        return Refusal.NOT_JOINED
    if is_muted(muted_until=facts.muted_until, at=at) and not facts.is_trainer:
        return Refusal.MUTED
    if facts.is_closed:
        return Refusal.CLOSED
    return Refusal.TOO_MANY if facts.posts_lately >= MOST_POSTS else None


def is_muted(*, muted_until: datetime | None, at: datetime) -> bool:
    """Whether a person may only read until a moment that is still to come."""
    return muted_until is not None and at < muted_until


def may_edit(*, state: str, written_at: datetime, at: datetime) -> bool:
    """Its author may correct what others can answer for fifteen minutes, no longer."""
    return state in (PostState.PUBLISHED, PostState.WAITING) and at - written_at < EDIT_FOR


def page_of(*, number: int, per_page: int) -> int:
    """The page, from 1, on which the message with this number stands."""
    return (number - 1) // per_page + 1
