"""Hours of training of an institution in one year, person by person.

Hours of an activity count once, in the year in which it was finished; time outside the working day,
in the year in which it happened. Nothing outside the dates of the person's postings there is read.
"""

from collections.abc import Iterable
from datetime import date

from lms.people.models import Estamento, LegalQuality
from lms.progress.rules.hours import WorkingHours
from lms.reports.compliance.standing_scope import StandingScope
from lms.reports.hours.hours_book import Activity, Hours, HoursBook, PersonHours, UnitHours
from lms.reports.hours.hours_reading import read_hours
from lms.reports.hours.hours_seats import HoursSeat, Year, read_seats


def get_hours(*, scope: StandingScope, year: int, working: WorkingHours) -> HoursBook:
    """The book of a year up to today, by the filters of the scope. Seven queries; work by activities."""
    last_day = min(date(year, 12, 31), scope.today)
    frame = Year(scope.institution.pk, scope.unit_ids, date(year, 1, 1), last_day)
    seats = read_seats(frame=frame, filters=scope.filters)
    activities = read_hours(frame=frame, seats=seats, working=working)
    people = tuple(_person(seat, activities[pk]) for pk, seat in seats.items() if activities.get(pk))
    return HoursBook(
        year=year,
        last_day=last_day,
        headcount=len(seats),
        people=people,
        units=_by_unit(seats.values(), people),
    )


def _person(seat: HoursSeat, activities: list[Activity]) -> PersonHours:
    return PersonHours(
        public_id=seat.public_id,
        name=seat.name,
        run_masked=seat.run_masked,
        unit_id=seat.unit_id,
        unit=seat.unit,
        estamento=str(Estamento(seat.estamento).label),
        legal_quality=str(LegalQuality(seat.legal_quality).label),
        grade=seat.grade,
        activities=tuple(sorted(activities, key=lambda one: (one.last_day or date.max, one.title))),
    )


def _by_unit(seats: Iterable[HoursSeat], people: Iterable[PersonHours]) -> tuple[UnitHours, ...]:
    names: dict[int, str] = {}
    heads: dict[int, int] = {}
    for seat in seats:
        names[seat.unit_id] = seat.unit
        heads[seat.unit_id] = heads.get(seat.unit_id, 0) + 1
    sums: dict[int, Hours] = {}
    for person in people:
        sums[person.unit_id] = sums.get(person.unit_id, Hours()) + person.hours
    rows = [UnitHours(names[pk], heads[pk], sums.get(pk, Hours())) for pk in names]
    return tuple(sorted(rows, key=lambda row: row.unit))
