"""Who is looking: the account's person, present posting and grants."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from lms.lib.clock import local_date
from lms.people.models import CourseMember, Person, Posting, Role, RoleAssignment
from lms.people.policy import ANONYMOUS, WHO_MAY, Action, Grant, Viewer
from lms.people.rules import below
from lms.people.selectors.places import institution_parents, unit_parents


def get_viewer(*, user: Any, at: datetime) -> Viewer:
    """The viewer of an account, remembered on the account object for one request.

    Queries: none for an anonymous visitor; otherwise two the first time, three for who has no present
    posting (and one each for grants that reach dependent institutions, for grants of a unit, and for who
    writes courses).
    """
    if not getattr(user, "is_authenticated", False):
        return ANONYMOUS
    remembered: Viewer | None = getattr(user, "_viewer", None)
    if remembered is None:
        remembered = user._viewer = _read_viewer(user=user, at=at)
    return remembered


def _read_viewer(*, user: Any, at: datetime) -> Viewer:
    posting = (
        _list_postings(at)
        .filter(person__user_id=user.pk, person__erased_at__isnull=True, person__merged_into__isnull=True)
        .select_related("person")
        .first()
    )
    person = posting.person if posting else Person.objects.present().filter(user_id=user.pk).first()
    assignments = list(
        RoleAssignment.objects.valid_at(at)
        .filter(user_id=user.pk)
        .select_related("institution", "unit")
        .order_by("role", "institution__name", "unit__name", "pk")
    )
    grants = _grants(assignments)
    if user.is_superuser:
        grants.append(Grant(Role.ADMINISTRATOR, None))
    return Viewer(
        user_id=user.pk,
        person_id=person.pk if person else None,
        person_public_id=person.public_id if person else None,
        person_name=person.full_name if person else user.get_full_name(),
        institution_id=posting.institution_id if posting else None,
        institution_name=posting.institution.name if posting else "",
        posting_id=posting.pk if posting else None,
        grants=tuple(grants),
        course_codes=_course_codes(user.pk, grants, at),
    )


def _course_codes(user_id: int, grants: list[Grant], at: datetime) -> frozenset[str]:
    """The teams of an author; one query, none for anybody else."""
    if not any(grant.role in WHO_MAY[Action.AUTHOR_COURSES] for grant in grants):
        return frozenset()
    rows = CourseMember.objects.valid_at(at).filter(user_id=user_id)
    return frozenset(rows.values_list("course_code", flat=True))


def _grants(assignments: list[RoleAssignment]) -> list[Grant]:
    """One query more where an assignment reaches dependents, one where it is limited to a unit."""
    tree = institution_parents() if any(a.with_dependents for a in assignments) else {}
    in_units = [a for a in assignments if a.unit_id is not None]
    units = unit_parents(institution_ids={a.institution_id or 0 for a in in_units}) if in_units else {}
    return [_grant(assignment, tree, units) for assignment in assignments]


def _grant(assignment: RoleAssignment, tree: dict[int, int | None], units: dict[int, int | None]) -> Grant:
    place, unit = assignment.institution, assignment.unit
    if place is None:
        return Grant(assignment.role, None, assignment_id=assignment.pk)
    return Grant(
        assignment.role,
        place.pk,
        place.name,
        place.code,
        dependents=below(roots=[place.pk], parent_of=tree) if assignment.with_dependents else frozenset(),
        unit_ids=below(roots=[unit.pk], parent_of=units) if unit else None,
        unit_name=unit.name if unit else "",
        assignment_id=assignment.pk,
    )


def find_posting(*, person_id: int, at: datetime) -> Posting | None:
    """The posting in force at ``at``; the latest to begin where there are two. One query."""
    return _list_postings(at).filter(person_id=person_id).first()


def _list_postings(at: datetime) -> QuerySet[Posting]:
    """Postings in force at ``at`` with their institutions, the latest to begin first."""
    rows = Posting.objects.valid_on(local_date(at)).select_related("institution")
    return rows.order_by("-valid_from", "-pk")
