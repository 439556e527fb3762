"""Which addresses are written to, and whom no e-mail reaches."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from lms.notices.models import AddressProblem
from lms.notices.rules.addresses import Problem, find_suppression, hash_address
from lms.notices.rules.kinds import Reason
from lms.people.models import Person
from lms.people.policy import Reach
from lms.people.selectors.invitations import list_staff


def address_of(person: Person) -> str:
    """Where the person is written to: the address of the roster, else that of the account."""
    return person.email or (person.user.email if person.user else "") or ""


def read_suppressions(*, addresses: Collection[str], keys: Sequence[str]) -> dict[str, Reason]:
    """Why some of these addresses are written to no more. One query; ``keys``: present and former."""
    hashes = {hash_address(address=address, key=key): address for address in addresses for key in keys}
    problems: dict[str, list[Problem]] = defaultdict(list)
    rows = AddressProblem.objects.filter(address_hash__in=hashes, cleared_at__isnull=True)
    for digest, kind, at in rows.values_list("address_hash", "kind", "at"):
        problems[hashes[digest]].append(Problem(kind, at))
    found = {address: find_suppression(problems=events) for address, events in problems.items()}
    return {address: reason for address, reason in found.items() if reason}


def list_without_address(*, institution_id: int, reach: Reach, at: datetime) -> QuerySet[Person]:
    """People at work who have no e-mail address, by name. One query when read."""
    staff = list_staff(institution_id=institution_id, reach=reach, at=at)
    return staff.filter(email="").order_by("family_names", "given_names", "pk")


def list_with_problems(*, institution_id: int, reach: Reach, at: datetime) -> QuerySet[Person]:
    """People at work with an address about which something came back. One query when read.

    Their address may be another one by now: see :func:`read_suppressions`.
    """
    problems = AddressProblem.objects.filter(person=OuterRef("pk"), cleared_at__isnull=True)
    staff = list_staff(institution_id=institution_id, reach=reach, at=at).exclude(email="")
    return staff.filter(Exists(problems)).order_by("family_names", "given_names", "pk")
