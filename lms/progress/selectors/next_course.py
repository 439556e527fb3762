"""Which of the courses of a requirement a person has to take next."""

from collections.abc import Collection, Sequence
from datetime import date

import msgspec

from lms.progress.rules.requirements import Mode, RequirementSpec
from lms.progress.rules.validity import Done, hold_on, list_holds, window_opens


def next_course(
    *, spec: RequirementSpec, completions: Sequence[Done], begun: Collection[int], day: date
) -> int | None:
    """The course to go on with: one that is begun before one that is not; ``None`` where all are held.

    ``begun``: ids of courses in which the person is in the middle. One that is held but may be
    renewed already counts as to take. No query.
    """
    wanted = [course for course in spec.courses if not _is_held(spec, course, completions, day)]
    if spec.mode == Mode.ANY and len(wanted) < len(spec.courses):
        return None
    return next((course for course in wanted if course in begun), wanted[0] if wanted else None)


def _is_held(spec: RequirementSpec, course_id: int, completions: Sequence[Done], day: date) -> bool:
    """Whether the course alone is held on ``day``, and not yet to be renewed."""
    alone = msgspec.structs.replace(spec, courses=(course_id,))
    hold = hold_on(holds=list_holds(spec=alone, completions=completions), day=day)
    if hold is None or hold.until < day:
        return False
    return day < window_opens(hold=hold, window_days=spec.window_days)
