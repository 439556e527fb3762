"""What publishing a draft would do: drawn in memory for everybody concerned, written nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet

from lms.people.models import Estamento, Posting
from lms.progress.models import AssignedTraining, TrainingRequirement
from lms.progress.rules.requirements import RequirementSpec, spec_from_stored
from lms.progress.rules.timeline import MET, Segment, Standing
from lms.progress.selectors.drawing import draw_for, read_segments
from lms.progress.selectors.person_facts import read_exemptions, read_person_facts
from lms.progress.selectors.requirements import Asked, list_asked, read_trees, resolve_version
from lms.progress.selectors.standings import Tally

PEOPLE = 900


@dataclass
class Preview:
    """People by standing today, before and after; and whose standing would change how.

    ``later``: people whom it would reach on a later day only (a posting that begins, a start to come).
    """

    before: dict[Standing, int] = field(default_factory=dict)
    after: dict[Standing, int] = field(default_factory=dict)
    by_estamento: dict[str, int] = field(default_factory=dict)
    entering: int = 0
    leaving: int = 0
    newly_late: int = 0
    no_longer_late: int = 0
    no_longer_met: int = 0
    later: int = 0

    @property
    def after_tally(self) -> Tally:
        return Tally(self.after)

    @property
    def estamentos(self) -> list[tuple[str, int]]:
        """Labels and people, in the usual order."""
        return [
            (str(label), self.by_estamento[v]) for v, label in Estamento.choices if v in self.by_estamento
        ]

    def add(self, before: Segment | None, after: Segment | None, *, comes_later: bool) -> None:
        """Count one person."""
        if before:
            self.before[before.standing] = self.before.get(before.standing, 0) + 1
        if after:
            self.after[after.standing] = self.after.get(after.standing, 0) + 1
            self.by_estamento[after.seat.estamento] = self.by_estamento.get(after.seat.estamento, 0) + 1
        self.entering += bool(after and not before)
        self.leaving += bool(before and not after)
        self.newly_late += _is(after, Standing.LATE) and not _is(before, Standing.LATE)
        self.no_longer_late += _is(before, Standing.LATE) and not _is(after, Standing.LATE)
        self.no_longer_met += _is(before, *MET) and not _is(after, *MET)
        self.later += not after and comes_later


def _is(segment: Segment | None, *standings: Standing) -> bool:
    return segment is not None and segment.standing in standings


def count_concerned(*, requirement: TrainingRequirement) -> int:
    """How many people a preview of the draft has to go through, at most. Four queries."""
    return _concerned(requirement, _draft(requirement)).count()


def preview_draft(*, requirement: TrainingRequirement, day: date) -> Preview:
    """The draft against what is in force. About ten queries per 900 people."""
    spec = _draft(requirement)
    before, after = _asked(requirement, spec, day)
    preview = Preview()
    for ids in _chunks(requirement, spec):
        people = read_person_facts(person_ids=ids, course_ids=spec.counting | _courses(before))
        exempt = read_exemptions(person_ids=ids, requirement_ids=[requirement.pk])
        stored = read_segments(person_ids=ids, requirement_id=requirement.pk)
        for person_id, facts in people.items():
            key = (requirement.pk, person_id)
            drawn = draw_for(asked=after, facts=facts, exemptions=exempt.get(key, ()))
            preview.add(
                _on(list(stored.get(key, {})), day),
                _on(drawn, day),
                comes_later=any(segment.first > day for segment in drawn),
            )
    return preview


def _draft(requirement: TrainingRequirement) -> RequirementSpec:
    return spec_from_stored(requirement.draft)


def _asked(requirement: TrainingRequirement, spec: RequirementSpec, day: date) -> tuple[Asked | None, Asked]:
    """What is in force, and what would be."""
    found = list_asked(requirements=TrainingRequirement.objects.filter(pk=requirement.pk))
    before = found[0] if found else None
    new = resolve_version(
        spec=spec, owner_id=requirement.owner_id, effective_from=day, trees=read_trees(specs=[spec])
    )
    return before, Asked(requirement.pk, (*(before.versions if before else ()), new))


def _courses(asked: Asked | None) -> frozenset[int]:
    versions = asked.versions if asked else ()
    return frozenset(course for version in versions for course in version.spec.counting)


def _concerned(requirement: TrainingRequirement, spec: RequirementSpec) -> QuerySet[Posting, int]:
    _before, after = _asked(requirement, spec, date.min)
    places = after.versions[-1].institution_ids
    rows = Posting.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=spec.starts_on))
    if places is not None:
        asked = AssignedTraining.objects.filter(requirement=requirement).values("person_id")
        rows = rows.filter(Q(institution_id__in=places) | Q(person_id__in=asked))
    return rows.order_by("person_id").values_list("person_id", flat=True).distinct()


def _chunks(requirement: TrainingRequirement, spec: RequirementSpec) -> Iterator[list[int]]:
    rows, after = _concerned(requirement, spec), 0
    while ids := list(rows.filter(person_id__gt=after)[:PEOPLE]):
        yield ids
        after = ids[-1]


def _on(segments: list[Segment], day: date) -> Segment | None:
    return next((segment for segment in segments if segment.first <= day <= segment.last), None)
