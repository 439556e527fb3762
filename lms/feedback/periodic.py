"""What feedback does again and again. See ``lms.jobs.schedule``."""

from datetime import datetime

from lms.feedback.services.asking import forget_askings as forget
from lms.jobs.schedule import every

A_DAY = 86400


@every(A_DAY)
def forget_askings(*, at: datetime) -> None:
    """Deletes who was asked what, when nobody may answer any more."""
    forget(at=at)
