"""Publishing courses: what a release holds, and what its author decides. Import from here."""

from courses.services.deciding import (
    LONGEST_SUMMARY,
    NothingToDecideError,
    NothingToReadError,
    Proposal,
    decide_release,
    find_proposal,
)
from courses.services.owning import disown_pages
from courses.services.releasing import (
    CourseNotReadyError,
    DecisionNeededError,
    Frozen,
    assessment_module,
    freeze_course,
    freeze_outline,
    hold_releases,
    publish_bank,
    publish_glossary,
    publish_release,
    publish_undisputed,
    read_rule,
    releases_are_held,
)

__all__ = [
    "LONGEST_SUMMARY",
    "CourseNotReadyError",
    "DecisionNeededError",
    "Frozen",
    "NothingToDecideError",
    "NothingToReadError",
    "Proposal",
    "assessment_module",
    "decide_release",
    "disown_pages",
    "find_proposal",
    "freeze_course",
    "freeze_outline",
    "hold_releases",
    "publish_bank",
    "publish_glossary",
    "publish_release",
    "publish_undisputed",
    "read_rule",
    "releases_are_held",
]
