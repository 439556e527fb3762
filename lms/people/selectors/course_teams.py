"""Who teaches which course."""

from datetime import datetime

from lms.people.models import CourseMember


def list_team(*, course_code: str, at: datetime) -> list[CourseMember]:
    """The team with its accounts, by name. One query."""
    rows = CourseMember.objects.valid_at(at).filter(course_code=course_code).select_related("user")
    return list(rows.order_by("user__last_name", "user__first_name", "pk"))
