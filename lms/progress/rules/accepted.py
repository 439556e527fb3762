"""Which other course stands in for one that is asked. Pure."""

from collections.abc import Sequence
from datetime import date

import msgspec

from lms.progress.rules.requirements import RequirementSpec
from lms.progress.rules.validity import Done, hold_on, list_holds


def find_accepted(*, spec: RequirementSpec, completions: Sequence[Done], day: date) -> int | None:
    """The course, none of those asked, that is held on ``day`` in place of one; ``None`` without such."""
    for course_id in spec.courses:
        if _is_held(spec, course_id, completions, day):
            continue
        for other in sorted(spec.counting_for(course_id) - {course_id}):
            if _is_held(spec, other, completions, day):
                return other
    return None


def _is_held(spec: RequirementSpec, course_id: int, completions: Sequence[Done], day: date) -> bool:
    alone = msgspec.structs.replace(spec, courses=(course_id,), equivalents={})
    hold = hold_on(holds=list_holds(spec=alone, completions=completions), day=day)
    return hold is not None and hold.until >= day
