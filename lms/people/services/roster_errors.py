"""Why a roster cannot be read, applied or undone now."""

from datetime import date


class RosterError(Exception):
    """A roster cannot be read, applied or undone now."""


class RosterDateError(RosterError):
    """The date is before 2000, more than 31 days ahead, or before a roster already applied (``latest``)."""

    def __init__(self, latest: date | None = None) -> None:
        super().__init__(latest)
        self.latest = latest


class RosterDecidedError(RosterError):
    """It was already applied or discarded."""


class RosterHasErrorsError(RosterError):
    """Rows are wrong, and leaving them out was not chosen or is not offered."""


class EndedNotConfirmedError(RosterError):
    """So many people would end that it must be confirmed."""


class RosterBusyError(RosterError):
    """Another roster of the institution is being written; nothing was written, it can be tried again."""


class RosterNotUndoableError(RosterError):
    """It was not applied, another one was applied since, or thirty days are over."""


class RosterTakenError(RosterError):
    """Somebody else is going on with this roster, or it was discarded meanwhile; nothing was written."""
