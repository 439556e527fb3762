"""Who worked in an institution in a year, and where it worked last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from lms.lib.clock import start_of_day
from lms.people.models import Person, Posting
from lms.people.regions import zone_of
from lms.progress.selectors.coverage import end_of
from lms.reports.compliance.standing_filters import StandingFilters
from lms.reports.people.selectors_people import Span


@dataclass(frozen=True)
class Year:
    """The days of a year, up to today, in an institution or (``unit_ids``) in some of its units."""

    institution_id: int
    unit_ids: frozenset[int] | None
    first_day: date
    last_day: date

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """First instant, and first instant after, by the capital's clock."""
        return start_of_day(self.first_day), end_of(day=self.last_day)

    def postings(self) -> QuerySet[Posting]:
        """All postings there that the viewer may see and that had begun. No query."""
        rows = Posting.objects.filter(
            institution_id=self.institution_id,
            valid_from__lte=self.last_day,
            person__in=Person.objects.present(),
        )
        return rows if self.unit_ids is None else rows.filter(unit_id__in=self.unit_ids)


@dataclass(frozen=True)
class HoursSeat:
    """One person: the last posting of the year, and the days of all its postings there."""

    person_id: int
    public_id: UUID
    name: str
    run_masked: str
    unit_id: int
    unit: str
    estamento: str
    legal_quality: str
    grade: str
    postings: tuple[tuple[Span, str], ...]

    @property
    def spans(self) -> list[Span]:
        return [span for span, _region in self.postings]

    def zone_on(self, day: date) -> ZoneInfo:
        """By which clock the person worked that day: that of the posting begun last."""
        held = [region for span, region in self.postings if span.last is None or day <= span.last]
        return zone_of(region=held[-1] if held else "")


def read_seats(*, frame: Year, filters: StandingFilters) -> dict[int, HoursSeat]:
    """Those who worked there in the year, by the filters, by name. One query."""
    rows = frame.postings().select_related("person", "unit").order_by("valid_from", "pk")
    by_person: dict[int, list[Posting]] = {}
    for posting in rows:
        by_person.setdefault(posting.person_id, []).append(posting)
    seats = [_seat(postings) for postings in by_person.values() if _worked(postings, frame)]
    wanted = [seat for seat in seats if _matches(seat, filters)]
    return {seat.person_id: seat for seat in sorted(wanted, key=lambda seat: (seat.name, seat.person_id))}


def _worked(postings: list[Posting], frame: Year) -> bool:
    return any(p.valid_until is None or p.valid_until >= frame.first_day for p in postings)


def _seat(postings: list[Posting]) -> HoursSeat:
    last, person = postings[-1], postings[-1].person
    return HoursSeat(
        person_id=person.pk,
        public_id=person.public_id,
        name=person.list_name,
        run_masked=person.run_masked,
        unit_id=last.unit_id,
        unit=last.unit.name,
        estamento=last.estamento,
        legal_quality=last.legal_quality,
        grade=last.grade,
        postings=tuple((Span(p.valid_from, p.valid_until), p.region) for p in postings),
    )


def _matches(seat: HoursSeat, filters: StandingFilters) -> bool:
    words = filters.search.casefold().split()[:5]
    return (
        filters.unit in ("", str(seat.unit_id))
        and filters.estamento in ("", seat.estamento)
        and filters.legal_quality in ("", seat.legal_quality)
        and all(word in seat.name.casefold() for word in words)
    )


Seats = Mapping[int, HoursSeat]
