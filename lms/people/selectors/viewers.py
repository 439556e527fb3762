"""Who is looking: the account's person, present posting and grants."""

from datetime import datetime
from typing import Any

from lms.lib.clock import local_date
from lms.people.models import Person, Posting, Role, RoleAssignment
from lms.people.policy import ANONYMOUS, Grant, Viewer


def get_viewer(*, user: Any, at: datetime) -> Viewer:
    """The viewer of an account, remembered on the account object for one request.

    Queries: none for an anonymous visitor, three the first time otherwise.
    """
    if not getattr(user, "is_authenticated", False):
        return ANONYMOUS
    remembered: Viewer | None = getattr(user, "_viewer", None)
    if remembered is None:
        remembered = user._viewer = _read_viewer(user=user, at=at)
    return remembered


def _read_viewer(*, user: Any, at: datetime) -> Viewer:
    person = Person.objects.present().filter(user_id=user.pk).first()
    posting = find_posting(person_id=person.pk, at=at) if person else None
    assignments = RoleAssignment.objects.valid_at(at).filter(user_id=user.pk).select_related("institution")
    grants = [_grant(a) for a in assignments.order_by("role", "institution__name")]
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
    )


def _grant(assignment: RoleAssignment) -> Grant:
    place = assignment.institution
    return Grant(assignment.role, place.pk, place.name, place.code) if place else Grant(assignment.role, None)


def find_posting(*, person_id: int, at: datetime) -> Posting | None:
    """The posting in force at ``at``; the latest to begin where there are two. One query."""
    return (
        Posting.objects.valid_on(local_date(at))
        .filter(person_id=person_id)
        .select_related("institution")
        .order_by("-valid_from", "-pk")
        .first()
    )
