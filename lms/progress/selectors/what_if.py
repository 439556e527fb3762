"""Where a person would stand in each requirement if one completion were taken back or another added."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lms.people.models import Posting
from lms.progress.models import TrainingRequirement
from lms.progress.rules.timeline import PersonFacts, Segment, Standing, stand_on
from lms.progress.rules.validity import Done
from lms.progress.selectors.person_facts import read_exemptions, read_person_facts
from lms.progress.selectors.requirements import Asked, list_asked_in


@dataclass(frozen=True)
class Change:
    """One requirement, today, before and after. ``None``: nothing is asked."""

    title: str
    before: Standing | None
    after: Standing | None


def standings_if(
    *, person_id: int, without: Done | None, adding: Done | None, day: date, institution_ids: frozenset[int]
) -> list[Change]:
    """The requirements that reach the person in these institutions, as they would stand. Twelve queries.

    Nothing is written: the rules draw the person's facts with and without.
    """
    places = frozenset(
        Posting.objects.filter(person_id=person_id, institution_id__in=institution_ids)
        .values_list("institution_id", flat=True)
        .distinct()
    )
    asked = list_asked_in(institution_ids=places) if places else []
    courses = {course for one in asked for version in one.versions for course in version.spec.counting}
    facts = read_person_facts(person_ids=[person_id], course_ids=courses).get(person_id)
    if facts is None:
        return []
    ids = [one.requirement_id for one in asked]
    exempt = read_exemptions(person_ids=[person_id], requirement_ids=ids)
    titles = dict(TrainingRequirement.objects.filter(pk__in=ids).values_list("pk", "title"))
    changes = []
    for one in asked:
        mine = replace(facts, exemptions=exempt.get((one.requirement_id, person_id), ()))
        after = replace(mine, completions=_exchange(mine.completions, without, adding))
        change = Change(titles[one.requirement_id], _standing(one, mine, day), _standing(one, after, day))
        if change.before or change.after:
            changes.append(change)
    return sorted(changes, key=lambda change: change.title)


def _exchange(completions: Sequence[Done], without: Done | None, adding: Done | None) -> tuple[Done, ...]:
    left = list(completions)
    if without in left:
        left.remove(without)
    return (*left, adding) if adding else tuple(left)


def _standing(asked: Asked, facts: PersonFacts, day: date) -> Standing | None:
    found: Segment | None = stand_on(versions=asked.versions, facts=facts, day=day)
    return found.standing if found else None
