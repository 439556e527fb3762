"""How often an e-mail is tried that the server does not take now. Pure."""

from datetime import timedelta

DELAYS = (
    timedelta(minutes=5),
    timedelta(minutes=20),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(days=1),
)


def delay_after(*, attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; ``None`` when it is given up."""
    return DELAYS[attempts - 1] if attempts <= len(DELAYS) else None
