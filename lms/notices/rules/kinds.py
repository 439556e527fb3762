"""Kinds of notices, and what a person can turn off. Pure; the values are stored."""

from enum import StrEnum


class Kind(StrEnum):
    """Why somebody is written to."""

    ASSIGNED = "assigned"
    DUE_30 = "due_30"
    DUE_7 = "due_7"
    DUE_1 = "due_1"
    LATE = "late"
    EXPIRING = "expiring"
    MANUAL = "manual"
    ANSWER = "answer"
    RECALL = "recall"
    LATER = "later"
    SETTLED = "settled"
    REPORTS = "reports"
    REPLY = "reply"
    CHANGED = "changed"
    DIGEST = "digest"
    SLOT_60 = "slot_60"
    SLOT_30 = "slot_30"
    SLOT_7 = "slot_7"
    SLOT_LATE = "slot_late"
    SLOT_EMPTY = "slot_empty"


class Group(StrEnum):
    """Kinds that a person wants, or does not want, together."""

    ASSIGNED = "assigned"
    DUE = "due"
    LATE = "late"
    EXPIRING = "expiring"
    MANUAL = "manual"
    ANSWER = "answer"
    RECALL = "recall"
    LATER = "later"
    REPORTS = "reports"
    REPLY = "reply"
    CHANGED = "changed"
    DIGEST = "digest"
    SLOTS = "slots"


ASKED_FOR = frozenset({Group.REPLY})
"""Sent only to whoever asked for it, which is kept where it was asked: never among what is turned off."""

LEAD_DAYS = {Kind.DUE_30: 30, Kind.DUE_7: 7, Kind.DUE_1: 1}
"""How many days before the due day."""

DUE = frozenset(LEAD_DAYS)

OF_FEEDBACK = frozenset({Kind.RECALL, Kind.LATER, Kind.SETTLED, Kind.REPORTS})

WITHOUT_PLACE = frozenset({*OF_FEEDBACK, Kind.REPLY, Kind.CHANGED})
"""What no institution asks. It is between the person and those who make the courses: HR sees none of it."""
SLOT_LEAD_DAYS = {Kind.SLOT_60: 60, Kind.SLOT_30: 30, Kind.SLOT_7: 7}
"""How many days before a slot of an institution has to be reviewed."""

OF_ONE_SLOT = frozenset({*SLOT_LEAD_DAYS, Kind.SLOT_LATE})

SUMMARIES = frozenset({Kind.DIGEST, Kind.SLOT_EMPTY, Kind.REPORTS})
"""What only an e-mail tells: it counts things that change, and the platform shows them as they are."""

TRAINING = "training"
"""The topic of all that the platform says to a person about its own training: one e-mail a day."""


def group_of(kind: str) -> Group:
    """What a person turns off to get this kind no more."""
    if kind == Kind.SETTLED:
        return Group.ANSWER
    if kind in OF_ONE_SLOT or kind == Kind.SLOT_EMPTY:
        return Group.SLOTS
    return Group.DUE if kind in DUE else Group(kind)


class State(StrEnum):
    """How far a notice has come.

    ``sent``: the mail server took it. ``unknown``: the connection broke after the text was handed
    over; it is not sent again, since a reminder too few does less harm than two. ``suppressed``: not
    sent by e-mail, shown on the platform all the same. ``cancelled``: its reason was gone.
    """

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    FAILED = "failed"
    SUPPRESSED = "suppressed"
    CANCELLED = "cancelled"


class Reason(StrEnum):
    """Why a notice was not sent, or did not arrive."""

    NONE = ""
    COMPLETED = "completed"
    STARTED = "started"
    NOT_ASKED = "not_asked"
    CHANGED = "changed"
    PAST = "past"
    WITHDRAWN = "withdrawn"
    TAKEN_BACK = "taken_back"
    REOPENED = "reopened"
    GONE = "gone"
    ROLE_ENDED = "role_ended"
    NOTHING = "nothing"
    OPTED_OUT = "opted_out"
    NO_ADDRESS = "no_address"
    BOUNCED = "bounced"
    COMPLAINED = "complained"
    REFUSED = "refused"
    GAVE_UP = "gave_up"
    UNCERTAIN = "uncertain"
