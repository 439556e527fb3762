"""Writing down each look at other people's records."""

from collections.abc import Sequence
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


def log_access_to_each(
    *,
    viewer: Viewer,
    grant: Grant,
    action: str,
    at: datetime,
    subject_ids: Sequence[int],
    detail: str = "",
) -> None:
    """Append one entry for each person, who reads it among the looks at them. One query, or none.

    The institution is the grant's: none for one that covers all.
    """
    AccessLogEntry.objects.bulk_create(
        [
            AccessLogEntry(
                viewer_id=viewer.user_id,
                role=grant.role,
                institution_id=grant.institution_id,
                subject_id=subject_id,
                action=action,
                people_count=1,
                detail=detail[:200],
                at=at,
            )
            for subject_id in subject_ids
        ]
    )
