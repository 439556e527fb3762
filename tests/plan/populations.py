"""Made-up populations for the rules, without a database."""

import random
from collections.abc import Collection, Iterable

from lms.people.models import Estamento, LegalQuality
from lms.plan.rules import Key, PublishedCube, Tally, TrueCell
from lms.plan.rules.cube import count_up
from lms.plan.rules.drawing import publish_counted


def true_cell(
    institution: str, estamento: str, people: int, completed: int, quality: str = "contrata"
) -> TrueCell:
    return TrueCell(
        institution, estamento, quality, Tally(people, completed, completed, completed, completed)
    )


def random_population(*, seed: int, share: float | None = None) -> list[TrueCell]:
    """Three to five institutions with groups from 1 to about 60 people, many of them small."""
    dice = random.Random(seed)
    cells = []
    for institution in range(dice.randint(3, 5)):
        for estamento in list(Estamento.values)[:4]:
            for quality in list(LegalQuality.values)[:2]:
                people = int(dice.random() ** 2 * 60)
                likely = dice.random() if share is None else share
                completed = sum(dice.random() < likely for _person in range(people))
                if people:
                    cells.append(true_cell(f"i{institution}", estamento, people, completed, quality))
    return cells


def publish_cube(*, cells: Iterable[TrueCell], k: int, known: Collection[Key] = ()) -> PublishedCube:
    """What is published of one table, no other ones beside it."""
    counted = count_up(cells=cells, k=k)
    return publish_counted(counted=counted, k=k, details=counted.details, known=known)
