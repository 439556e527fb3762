"""Timelines of people: as they are stored, and as the rules draw them from what is known now."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F

from lms.people.models import Posting
from lms.progress.models import AssignedTraining
from lms.progress.rules.dates import Span
from lms.progress.rules.timeline import PersonFacts, Seat, Segment, Standing, draw_timeline
from lms.progress.selectors.person_facts import read_exemptions, read_person_facts
from lms.progress.selectors.requirements import Asked, list_asked_in

Key = tuple[int, int]
"""Requirement and person."""

Drawn = dict[Key, list[Segment]]
Stored = dict[Key, dict[Segment, int]]
"""Segments with the id of their row."""


def read_segments(*, person_ids: Sequence[int], requirement_id: int | None = None) -> Stored:
    """What is stored of these people, in one requirement or in all. One query.

    Always found by person: while a requirement is published, PostgreSQL's statistics do not know it
    yet, take it for empty, and would read all that was written of it so far, at each step.
    """
    rows = AssignedTraining.objects.filter(person_id__in=person_ids)
    if requirement_id is not None:
        rows = rows.annotate(asked=F("requirement_id") + 0).filter(asked=requirement_id)
    found: Stored = {}
    for row in rows:
        found.setdefault((row.requirement_id, row.person_id), {})[segment_of(row)] = row.pk
    return found


def draw_segments(*, person_ids: Sequence[int], asked: Sequence[Asked] | None = None) -> Drawn:
    """What the rules say of these people, in some requirements or in all that reach them.

    Six queries; at most six more to find the requirements.
    """
    if asked is None:
        places = Posting.objects.filter(person_id__in=person_ids).values_list("institution_id", flat=True)
        asked = list_asked_in(institution_ids=frozenset(places.distinct()))
    if not asked:
        return {}
    courses = {course for one in asked for version in one.versions for course in version.spec.counting}
    people = read_person_facts(person_ids=person_ids, course_ids=courses)
    exempt = read_exemptions(person_ids=person_ids, requirement_ids=[one.requirement_id for one in asked])
    drawn: Drawn = {}
    for one in asked:
        for person_id, facts in people.items():
            key = (one.requirement_id, person_id)
            segments = draw_for(asked=one, facts=facts, exemptions=exempt.get(key, ()))
            if segments:
                drawn[key] = segments
    return drawn


def draw_for(*, asked: Asked, facts: PersonFacts, exemptions: tuple[Span, ...] = ()) -> list[Segment]:
    """One person's timeline in one requirement. No query."""
    if not any(version.covers_place(job) for version in asked.versions for job in facts.jobs):
        return []
    return draw_timeline(versions=asked.versions, facts=replace(facts, exemptions=exemptions))


def segment_of(row: AssignedTraining) -> Segment:
    """A stored row as the rules write it."""
    return Segment(
        first=row.first_day,
        last=row.last_day,
        standing=Standing(row.standing),
        seat=Seat(row.institution_id, row.unit_id, row.estamento, row.legal_quality),
        assigned_on=row.assigned_on,
        due_on=row.due_on,
        done_on=row.done_on,
        valid_until=row.valid_until,
    )
