"""Writing down each look at other people's records."""

from datetime import datetime

from lms.people.models import AccessLogEntry
from lms.people.policy import Grant, Viewer


def log_access(
    *,
    viewer: Viewer,
    grant: Grant,
    action: str,
    at: datetime,
    institution_id: int | None,
    people_count: int = 0,
    subject_id: int | None = None,
    detail: str = "",
) -> None:
    """Append one entry; called in the same request as the look itself."""
    AccessLogEntry.objects.create(
        viewer_id=viewer.user_id,
        role=grant.role,
        institution_id=institution_id,
        subject_id=subject_id,
        action=action,
        people_count=people_count,
        detail=detail[:200],
        at=at,
    )
