"""Marks: has anything changed on which coverage rests? Two halves of 32 hexadecimal characters each.

The first half says what is counted (the goal and our rules), the second what there was to count. A
different first half is published at once; a different second half may have to wait.
"""

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Q, Sum

from lms.people.models import Person, Posting
from lms.plan.models import TrainingGoal
from lms.plan.rules import RULES_VERSION
from lms.plan.selectors.headcounts import headcount_mark
from lms.plan.selectors.recounts import GoalDefinition
from lms.progress.models import AssessmentAttempt, Completion, UnitResult
from lms.progress.selectors.coverage import QUERY_VERSION
from lms.progress.selectors.progress import latest_change

HALF = 32


def definition_mark(*, goal: TrainingGoal) -> str:
    """What the goal counts and by which rules. No query."""
    definition = GoalDefinition.of(goal).write()
    return _digest([RULES_VERSION, QUERY_VERSION, settings.COVERAGE_MINIMUM_CELL, definition])


def facts_mark(*, cutoff: date) -> str:
    """What any goal's coverage rests on, on the local date ``cutoff``. Eight queries."""
    facts = [
        cutoff,
        settings.COVERAGE_PUBLISH_EVERY,
        _postings(cutoff=cutoff),
        headcount_mark(),
        latest_change(),
        Completion.objects.aggregate(rows=Count("pk"), counting=Count("pk", filter=Q(counts=True))),
        UnitResult.objects.aggregate(last=Max("pk"), rows=Count("pk")),
        AssessmentAttempt.objects.aggregate(rows=Count("submitted_at")),
        Person.objects.aggregate(erased=Count("erased_at")),
    ]
    return _digest(facts)


def mark_of(*, goal: TrainingGoal, facts: str) -> str:
    """Both halves."""
    return definition_mark(goal=goal) + facts


def counts_the_same(*, goal: TrainingGoal, mark: str) -> bool:
    """Whether a count with this mark was of the goal as it is now, whatever the facts were."""
    return mark[:HALF] == definition_mark(goal=goal)


def _postings(*, cutoff: date) -> list[tuple[Any, ...]]:
    """Postings in force by what coverage is split by: how many, and the sums of their ids and places.

    A corrected estamento or legal quality moves a posting to another group. When two change places
    the counts stay and the sums of ids do not; when by chance these stay too, it is noticed the
    next day. Whoever writes a posting need not know of this. One query over the table, at most 35 rows.
    """
    in_force = Posting.objects.valid_on(cutoff).order_by("estamento", "legal_quality")
    groups = in_force.values("estamento", "legal_quality")
    return list(
        groups.annotate(people=Count("pk"), ids=Sum("pk"), places=Sum("institution_id")).values_list(
            "estamento", "legal_quality", "people", "ids", "places"
        )
    )


def _digest(facts: Any) -> str:
    return hashlib.sha256(json.dumps(facts, default=str).encode()).hexdigest()[:HALF]
