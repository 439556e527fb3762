"""Who speaks with whom. Pure.

A conversation belongs to a cohort, and keeps it: a course that later speaks to everybody does not
show to everybody what was written for one institution.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

EMPLOYEE, CITIZEN = "employee", "citizen"
"""The values of ``lms.progress.models.LearningContext``."""


class Audience(StrEnum):
    """For whom something is written: one institution's people, those who learn on their own, or all."""

    INSTITUTION = "institution"
    CITIZENS = "citizens"
    EVERYBODY = "everybody"


class Scope(StrEnum):
    """What a course chooses: a conversation per institution (and one of citizens), or one for all."""

    COHORT = "cohort"
    EVERYBODY = "everybody"


@dataclass(frozen=True)
class Cohort:
    """People who speak with each other; ``institution_id`` for the people of an institution only."""

    audience: Audience
    institution_id: int | None = None


EVERYBODY = Cohort(Audience.EVERYBODY)


def cohort_of(*, contexts: Collection[str], institution_id: int | None) -> Cohort | None:
    """The cohort of a person who is enrolled in these contexts and works at the institution today.

    Whoever learns at work belongs where it works now: with the job ends the look into what others
    of that place write. ``None``: it learns at work and works nowhere that we know of.
    """
    if EMPLOYEE in contexts and institution_id is not None:
        return Cohort(Audience.INSTITUTION, institution_id)
    return Cohort(Audience.CITIZENS) if CITIZEN in contexts else None


def audience_of_new(*, scope: Scope, cohort: Cohort | None, is_moderator: bool) -> Cohort | None:
    """For whom a new subject is written; ``None`` where the person has nobody to speak with.

    Whoever teaches the course speaks to all who take it.
    """
    return EVERYBODY if is_moderator or scope == Scope.EVERYBODY else cohort
