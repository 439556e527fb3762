"""Who reads what learners report: the team of the course; without one, trainers of the whole platform."""

from collections.abc import Collection
from datetime import datetime

from lms.people.models import CourseMember, Role, RoleAssignment


def is_trainer(*, person_id: int, at: datetime) -> bool:
    """Whether the person teaches anything. One query."""
    rows = RoleAssignment.objects.valid_at(at).filter(role=Role.TRAINER, user__person=person_id)
    return rows.exists()


def read_readers(*, course_codes: Collection[str], at: datetime) -> dict[str, frozenset[int]]:
    """People by code of the course. Two queries, or none."""
    if not course_codes:
        return {}
    rows = RoleAssignment.objects.valid_at(at).filter(
        role=Role.TRAINER,
        user__is_active=True,
        user__person__isnull=False,
        user__person__erased_at__isnull=True,
        user__person__merged_into__isnull=True,
    )
    trainers = list(rows.values_list("user_id", "user__person", "institution_id"))
    everywhere = frozenset(person_id for _user, person_id, place in trainers if place is None)
    person_of = {user_id: person_id for user_id, person_id, _place in trainers}
    members = CourseMember.objects.valid_at(at).filter(course_code__in=course_codes, user__in=person_of)
    teams: dict[str, set[int]] = {}
    for code, user_id in members.values_list("course_code", "user_id"):
        teams.setdefault(code, set()).add(person_of[user_id])
    return {code: frozenset(teams.get(code, everywhere)) for code in course_codes}
