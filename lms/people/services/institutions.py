"""Writing one institution: name, dates, where it hangs, who succeeds it."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from lms.people.models import Institution
from lms.people.rules import makes_circle
from lms.people.selectors.places import institution_parents


class InstitutionError(Exception):
    """The institution cannot be written like this."""


class InstitutionCodeTakenError(InstitutionError):
    """Another institution has that code."""


class InstitutionCircleError(InstitutionError):
    """It would depend on itself or on one of its own."""


class SuccessorError(InstitutionError):
    """It would succeed itself, directly or through others."""


class InstitutionDatesError(InstitutionError):
    """It would end before it begins."""


@dataclass(frozen=True)
class InstitutionFacts:
    """What is recorded of an institution. The code of one that exists never changes."""

    code: str
    name: str
    kind: str
    parent: Institution | None = None
    successor: Institution | None = None
    valid_from: date | None = None
    valid_until: date | None = None


@transaction.atomic
def save_institution(*, institution_id: int | None, facts: InstitutionFacts) -> Institution:
    """Create (without id) or correct an institution. Four queries.

    Raises:
        InstitutionError: one of those above.
    """
    list(Institution.objects.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    row = Institution.objects.get(pk=institution_id) if institution_id else Institution(code=facts.code)
    if institution_id is None and Institution.objects.filter(code__iexact=facts.code).exists():
        raise InstitutionCodeTakenError
    if facts.valid_from and facts.valid_until and facts.valid_until < facts.valid_from:
        raise InstitutionDatesError
    if institution_id is not None:
        _check_circles(institution_id, facts)
    row.name, row.kind = facts.name, facts.kind
    row.parent, row.successor = facts.parent, facts.successor
    row.valid_from, row.valid_until = facts.valid_from, facts.valid_until
    row.save()
    return row


def _check_circles(institution_id: int, facts: InstitutionFacts) -> None:
    if facts.parent and makes_circle(
        child=institution_id, parent=facts.parent.pk, parent_of=institution_parents()
    ):
        raise InstitutionCircleError
    successors = dict(Institution.objects.values_list("pk", "successor_id"))
    if facts.successor and makes_circle(
        child=institution_id, parent=facts.successor.pk, parent_of=successors
    ):
        raise SuccessorError
