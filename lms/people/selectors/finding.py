"""Finding people by what someone writes of them: a RUN, an address or words of a name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from lms.lib.run import InvalidRunError, compact_run, fingerprint_run
from lms.people.models import Person
from lms.people.policy import Reach
from lms.people.selectors.reach import people_within

MOST_LINES = 1000
MOST_LETTERS = 80
MOST_WORDS = 5


@dataclass(frozen=True)
class FoundPeople:
    """Ids of the people found, and the numbers (from 1) of the lines that mean nobody, or several."""

    ids: tuple[int, ...]
    unknown: tuple[int, ...]


def find_people(*, lines: Iterable[str], reach: Reach, run_key: str) -> FoundPeople:
    """People with a posting within the reach, one per line. Empty lines are skipped. Two queries."""
    written = [line.strip() for line in lines][:MOST_LINES]
    wanted = {number: line for number, line in enumerate(written, 1) if line}
    prints = {number: _fingerprint(line, run_key) for number, line in wanted.items() if "@" not in line}
    addresses = {number: line.lower() for number, line in wanted.items() if "@" in line}
    here = people_within(reach=reach)
    by_run = dict(
        here.filter(run_fingerprint__in=[p for p in prints.values() if p]).values_list(
            "run_fingerprint", "pk"
        )
    )
    by_address: dict[str, set[int]] = {}
    for address, pk in here.filter(email__in=list(addresses.values())).values_list("email", "pk"):
        by_address.setdefault(address.lower(), set()).add(pk)
    ids: list[int] = []
    unknown: list[int] = []
    for number in wanted:
        found = (
            {by_run[prints[number]]}
            if prints.get(number) in by_run
            else by_address.get(addresses.get(number, ""))
        )
        if found and len(found) == 1:
            ids += found
        else:
            unknown.append(number)
    return FoundPeople(tuple(dict.fromkeys(ids)), tuple(unknown))


def list_people_within(*, public_ids: Sequence[UUID], reach: Reach) -> list[Person]:
    """Those of these people who have a posting within the reach, by name. One query."""
    rows = people_within(reach=reach).filter(public_id__in=public_ids)
    return list(rows.order_by("family_names", "given_names", "pk"))


def read_search(text: str) -> str:
    """What somebody searches for, without what a database refuses, and not too long."""
    return text.replace("\x00", "").strip()[:MOST_LETTERS]


def named(*, text: str, prefix: str = "") -> Q:
    """The condition on people (``prefix``: the path to them) whose names have each of the words."""
    condition = Q()
    for word in text.split()[:MOST_WORDS]:
        given = Q(**{f"{prefix}given_names__icontains": word})
        condition &= given | Q(**{f"{prefix}family_names__icontains": word})
    return condition


def _fingerprint(text: str, key: str) -> str:
    try:
        return fingerprint_run(compact_run(text), key)
    except InvalidRunError:
        return ""
