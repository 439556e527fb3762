"""What may be said in public of training coverage. Pure; import from here."""

from lms.plan.rules.cube import (
    RULES_VERSION,
    Aside,
    PeopleOnly,
    PublishedCell,
    PublishedCube,
    TrueCell,
)
from lms.plan.rules.cube_data import cell_from_json, cube_from_json, cube_to_json
from lms.plan.rules.figures import Band, Figure, Motive, Tally, few_below, percent_of, percent_span
from lms.plan.rules.grouping import OTHERS
from lms.plan.rules.releases import Place, PublishEvery, count_changed_people, may_publish
from lms.plan.rules.table import Key, Level

__all__ = [
    "OTHERS",
    "RULES_VERSION",
    "Aside",
    "Band",
    "Figure",
    "Key",
    "Level",
    "Motive",
    "PeopleOnly",
    "Place",
    "PublishEvery",
    "PublishedCell",
    "PublishedCube",
    "Tally",
    "TrueCell",
    "cell_from_json",
    "count_changed_people",
    "cube_from_json",
    "cube_to_json",
    "few_below",
    "may_publish",
    "percent_of",
    "percent_span",
]
