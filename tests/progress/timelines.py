"""Short ways to write a person's facts and a requirement's version in tests of timelines."""

from datetime import date
from typing import Any

from lms.progress.rules.dates import FOREVER, Span
from lms.progress.rules.requirements import AudienceSpec, DueSpec, Job, RequirementSpec, Version
from lms.progress.rules.timeline import Absence, PersonFacts, Segment, Standing, Started, draw_timeline
from lms.progress.rules.validity import Done

PLACE, OTHER_PLACE = 1, 2
COURSE, SECOND_COURSE, OLD_COURSE = 10, 11, 12
START, DUE = date(2026, 3, 1), date(2026, 6, 30)


def job(first: date = date(2020, 1, 1), last: date = FOREVER, **more: Any) -> Job:
    values: dict[str, Any] = {
        "posting_id": 1,
        "institution_id": PLACE,
        "unit_id": 100,
        "estamento": "profesionales",
        "legal_quality": "contrata",
    }
    return Job(first=first, last=last, **(values | more))


def version(effective_from: date = date.min, audience: dict[str, Any] | None = None, **more: Any) -> Version:
    """Everybody in ``PLACE``, the course by 30 June 2026, asked since 1 March."""
    due = more.pop("due", DueSpec(day=DUE))
    places = more.pop("places", frozenset({PLACE}))
    units = more.pop("units", None)
    spec = RequirementSpec(
        **({"courses": (COURSE,), "starts_on": START} | more),
        due=due,
        audience=AudienceSpec(**(audience or {})),
    )
    return Version(
        spec=spec,
        effective_from=effective_from,
        institution_ids=places,
        unit_ids=units,
        people=frozenset(spec.audience.people),
        excluded=frozenset(spec.audience.excluded),
    )


def facts(*jobs: Job, **more: Any) -> PersonFacts:
    """Person 1 with these jobs (one since 2020 where none is given)."""
    values: dict[str, Any] = {"person_id": 1, "jobs": jobs or (job(),)}
    return PersonFacts(**(values | {name: tuple(value) for name, value in more.items()}))


def done(day: date, until: date = FOREVER, course: int = COURSE) -> Done:
    return Done(course, day, until)


def started(day: date, course: int = COURSE) -> Started:
    return Started(course, day)


def leave(first: date, last: date = FOREVER, place: int = PLACE) -> Absence:
    return Absence(place, Span(first, last))


def drawn(person: PersonFacts, *versions: Version) -> list[Segment]:
    return draw_timeline(versions=versions or (version(),), facts=person)


def told(person: PersonFacts, *versions: Version) -> list[tuple[Standing, date, date]]:
    """The timeline as (standing, first day, last day)."""
    return [(s.standing, s.first, s.last) for s in drawn(person, *versions)]
