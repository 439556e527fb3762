"""The rows of people, postings and leaves that the decisions of one chunk ask for."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from lms.people.models import Leave, Person, Posting
from lms.people.services.roster_comparing import DecidedRow

_CORRECTED = ["unit", "estamento", "legal_quality", "grade", "position", "region", "valid_until"]


def write_people(*, decided: list[DecidedRow], at: datetime) -> dict[str, int]:
    """Create the unknown people, correct the names and addresses of the known ones; ids by fingerprint."""
    unknown = [
        Person(
            given_names=item.row.given_names,
            family_names=item.row.family_names,
            email=item.row.email,
            run_fingerprint=item.row.fingerprint,
            run_masked=item.row.run_masked,
            created_at=at,
        )
        for item in decided
        if item.person is None
    ]
    # Another institution may be creating the same person at this moment; then hers is taken. In one
    # order, so that two imports never wait for each other in a circle.
    unknown.sort(key=lambda person: str(person.run_fingerprint))
    Person.objects.bulk_create(unknown, ignore_conflicts=True)
    renamed = [
        Person(
            pk=item.person.id,
            given_names=item.row.given_names,
            family_names=item.row.family_names,
            email=item.row.email or item.person.email,
        )
        for item in decided
        if item.person is not None and item.decision.renames
    ]
    if renamed:
        Person.objects.bulk_update(renamed, ["given_names", "family_names", "email"])
    return _ids_of(decided)


def _ids_of(decided: list[DecidedRow]) -> dict[str, int]:
    ids = {item.row.fingerprint: item.person.id for item in decided if item.person is not None}
    created = [item.row.fingerprint for item in decided if item.person is None]
    if created:
        found = Person.objects.filter(run_fingerprint__in=created).values_list("run_fingerprint", "pk")
        ids.update({str(fingerprint): pk for fingerprint, pk in found})
    return ids


def write_postings(*, decided: list[DecidedRow], person_ids: Mapping[str, int], institution_id: int) -> None:
    """Close, correct and open postings, in this order."""
    end_postings(
        ends=((end.posting_id, end.valid_until) for item in decided if (end := item.decision.closes))
    )
    corrected = [
        Posting(
            pk=change.posting_id,
            unit_id=item.stored_unit_id(),
            estamento=item.row.estamento,
            legal_quality=item.row.legal_quality,
            grade=change.particulars.grade,
            position=change.particulars.position,
            region=change.particulars.region,
            valid_until=change.valid_until,
        )
        for item in decided
        if (change := item.decision.corrects)
    ]
    if corrected:
        Posting.objects.bulk_update(corrected, _CORRECTED)
    Posting.objects.bulk_create(
        Posting(
            person_id=person_ids[item.row.fingerprint],
            institution_id=institution_id,
            unit_id=item.stored_unit_id(),
            estamento=item.row.estamento,
            legal_quality=item.row.legal_quality,
            grade=opens.particulars.grade,
            position=opens.particulars.position,
            region=opens.particulars.region,
            valid_from=opens.valid_from,
            valid_until=opens.valid_until,
        )
        for item in decided
        if (opens := item.decision.opens)
    )


def end_postings(*, ends: Iterable[tuple[int, date | None]]) -> None:
    """Give postings their last day: one query for each day, of which a roster has few."""
    by_day: dict[date | None, list[int]] = defaultdict(list)
    for posting_id, last_day in ends:
        by_day[last_day].append(posting_id)
    for last_day, posting_ids in by_day.items():
        Posting.objects.filter(pk__in=posting_ids).update(valid_until=last_day)


def write_leaves(*, decided: list[DecidedRow], person_ids: Mapping[str, int], institution_id: int) -> None:
    """Remove, end and open leaves, in this order."""
    removed = [pk for item in decided for pk in item.decision.leave.removes]
    if removed:
        Leave.objects.filter(pk__in=removed).delete()
    ended = [
        Leave(pk=end.leave_id, last_day=end.last_day) for item in decided for end in item.decision.leave.ends
    ]
    if ended:
        Leave.objects.bulk_update(ended, ["last_day"])
    Leave.objects.bulk_create(
        Leave(
            person_id=person_ids[item.row.fingerprint],
            institution_id=institution_id,
            first_day=away.first_day,
            last_day=away.last_day,
        )
        for item in decided
        if (away := item.decision.leave.opens) and away.first_day
    )
