"""Writing that a dilemma was worked through and, apart from that, which way somebody went.

Ballots are sealed one by one and opened a whole group at a time.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum

from lms.lib.sealing import UnsealError, seal_undated, unseal
from lms.progress.models import DilemmaBallot, DilemmaRun, DilemmaTally, Enrolment

PURPOSE = "dilemma ballot"
LENGTH = 2048
"""Every ballot is padded to so many characters: the longest path of a story fits."""

Path = Sequence[tuple[str, str]]
"""``(scene, choice)`` in order."""


@transaction.atomic(savepoint=False)
def record_dilemma_run(*, enrolment: Enrolment, unit_key: str, at: datetime) -> tuple[DilemmaRun, bool]:
    """``(run, is_new)``; going another way later keeps the first date."""
    return DilemmaRun.objects.get_or_create(
        enrolment=enrolment, unit_key=unit_key, defaults={"finished_at": at}
    )


@transaction.atomic(savepoint=False)
def cast_ballot(*, course_id: int, dilemma: str, path: Path, group: int, keys: Sequence[str]) -> None:
    """Keep one way sealed; when ``group`` of them wait, open and count them together.

    ``keys``: the first seals, all open. A ballot whose key is gone is not counted.
    """
    text = json.dumps([list(step) for step in path], separators=(",", ":")).ljust(LENGTH)
    sealed = seal_undated(text, purpose=PURPOSE, key=keys[0])
    DilemmaBallot.objects.create(course_id=course_id, dilemma=dilemma, sealed=sealed)
    ballots = list(DilemmaBallot.objects.select_for_update().filter(course_id=course_id, dilemma=dilemma))
    if len(ballots) < group:
        return
    for ballot in ballots:
        for scene, choice in _open(ballot, keys):
            _count(course_id, dilemma, scene, choice)
    DilemmaBallot.objects.filter(pk__in=[ballot.pk for ballot in ballots]).delete()
    _show_whole_groups(course_id, dilemma, group)


def _open(ballot: DilemmaBallot, keys: Sequence[str]) -> list[tuple[str, str]]:
    try:
        return [
            (scene, choice) for scene, choice in json.loads(unseal(ballot.sealed, purpose=PURPOSE, keys=keys))
        ]
    except UnsealError:
        return []


def _count(course_id: int, dilemma: str, scene: str, choice: str) -> None:
    row, _is_new = DilemmaTally.objects.get_or_create(
        course_id=course_id, dilemma=dilemma, scene=scene, choice=choice
    )
    DilemmaTally.objects.filter(pk=row.pk).update(waiting=F("waiting") + 1)


def _show_whole_groups(course_id: int, dilemma: str, group: int) -> None:
    """Scenes that a whole group has decided since they were last shown."""
    rows = DilemmaTally.objects.filter(course_id=course_id, dilemma=dilemma)
    ready = rows.values("scene").annotate(people=Sum("waiting")).filter(people__gte=group)
    scenes = list(ready.values_list("scene", flat=True))
    rows.filter(scene__in=scenes).update(shown=F("shown") + F("waiting"), waiting=0)
