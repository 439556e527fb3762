"""Whom a reminder would reach, said before it is sent."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from lms.lib.clock import local_date
from lms.notices.models import Notice
from lms.notices.rules.kinds import Group, Kind
from lms.notices.selectors.addresses import address_of, read_suppressions
from lms.notices.selectors.letters import LIVE
from lms.notices.selectors.preferences import read_turned_off
from lms.people.models import Person
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.models.assigned import AssignedTrainingQuerySet
from lms.progress.rules.timeline import NOT_ASKED, Standing

ROWS = 900


@dataclass
class Recipients:
    """Ids of those to remind, and how many fall out for which reason.

    ``person_ids`` include those whom no e-mail reaches: they read it on the platform.
    """

    person_ids: list[int]
    without_address: int = 0
    suppressed: int = 0
    turned_off: int = 0
    not_needed: int = 0
    reminded_today: int = 0

    @property
    def by_mail(self) -> int:
        return len(self.person_ids) - self.without_address - self.suppressed - self.turned_off


def find_recipients(
    *, rows: AssignedTrainingQuerySet, requirement: TrainingRequirement, keys: Sequence[str], at: datetime
) -> Recipients:
    """Who of these segments of today can be reminded. Five queries per 900 people, and one."""
    found = Recipients([])
    if requirement.status not in LIVE:
        return found
    for standings in _in_parts(rows):
        people = [person for person, standing in standings.items() if _needs_it(standing)]
        reminded = _reminded(requirement.pk, people, at)
        found.not_needed += len(standings) - len(people)
        found.reminded_today += len(reminded)
        _add(found, [person for person in people if person not in reminded], keys)
    return found


def _needs_it(standing: int) -> bool:
    return standing != Standing.DONE and standing not in NOT_ASKED


def _in_parts(rows: AssignedTrainingQuerySet) -> Iterator[dict[int, int]]:
    found = sorted(rows.values_list("person_id", "standing"))
    for start in range(0, len(found), ROWS):
        yield dict(found[start : start + ROWS])


def _reminded(requirement_id: int, people: Collection[int], at: datetime) -> set[int]:
    rows = Notice.objects.filter(
        person_id__in=people, kind=Kind.MANUAL.value, requirement_id=requirement_id, key=local_date(at)
    )
    return set(rows.values_list("person_id", flat=True))


def _add(found: Recipients, people: Collection[int], keys: Sequence[str]) -> None:
    present = Person.objects.present().filter(pk__in=people).select_related("user")
    addresses = {person.pk: address_of(person) for person in present}
    turned_off = read_turned_off(person_ids=list(addresses))
    suppressed = read_suppressions(addresses={a for a in addresses.values() if a}, keys=keys)
    for person_id, address in addresses.items():
        found.person_ids.append(person_id)
        if Group.MANUAL in turned_off.get(person_id, ()):
            found.turned_off += 1
        elif not address:
            found.without_address += 1
        elif address in suppressed:
            found.suppressed += 1


def segments_of_today(
    *, requirement_id: int, person_ids: Collection[int], at: datetime
) -> list[AssignedTraining]:
    """The segments of these people; where and as what they are asked. One query per 900."""
    ids = sorted(person_ids)
    return [
        row
        for start in range(0, len(ids), ROWS)
        for row in AssignedTraining.objects.on(local_date(at)).filter(
            requirement_id=requirement_id, person_id__in=ids[start : start + ROWS]
        )
    ]
