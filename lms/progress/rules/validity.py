"""From when to when a person holds what a requirement asks. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lms.progress.rules.dates import FOREVER, add_months, following
from lms.progress.rules.requirements import Mode, RequirementSpec


@dataclass(frozen=True)
class Done:
    """A completion that counts. ``valid_until``: of its own certificate."""

    course_id: int
    completed_on: date
    valid_until: date = FOREVER


@dataclass(frozen=True)
class Hold:
    """What is asked is held from the day ``on`` to ``until``, both included; a later hold replaces it."""

    on: date
    until: date


def list_holds(*, spec: RequirementSpec, completions: Sequence[Done]) -> list[Hold]:
    """How far the person is covered after each completion, in order; ends never go back.

    A day is judged by the last hold before it, so that what is learned later never changes what
    was true of an earlier day.
    """
    courses = [
        _course_holds(
            completions=[done for done in completions if done.course_id in spec.counting_for(course_id)],
            months=spec.recertify_months,
            window_days=spec.window_days,
        )
        for course_id in spec.courses
    ]
    choose = max if spec.mode == Mode.ANY else min
    holds: list[Hold] = []
    for day in sorted({hold.on for course in courses for hold in course}):
        ends = [hold_on(holds=course, day=day) for course in courses]
        known = [hold.until for hold in ends if hold]
        if not known or (spec.mode == Mode.ALL and len(known) < len(courses)):
            continue
        until = choose(known)
        if until >= day:
            holds.append(Hold(day, until))
    return holds


def hold_on(*, holds: Sequence[Hold], day: date) -> Hold | None:
    """The last hold begun by ``day``, over or not."""
    return next((hold for hold in reversed(holds) if hold.on <= day), None)


def _course_holds(*, completions: Iterable[Done], months: int, window_days: int) -> list[Hold]:
    """The holds of one course.

    With ``months`` a completion holds that long, or until its own certificate ends if that is
    sooner. One reached in the last ``window_days`` before the end goes on from that end, so that
    nobody loses days by renewing early.
    """
    holds: list[Hold] = []
    end: date | None = None
    for done in sorted(completions, key=lambda one: (one.completed_on, one.valid_until)):
        until = done.valid_until
        if months:
            renews = end is not None and _is_in_window(done.completed_on, end, window_days)
            until = min(until, add_months(end if renews and end else done.completed_on, months))
        if until >= done.completed_on:
            end = max(end, until) if end else until
            holds.append(Hold(done.completed_on, end))
    return holds


def _is_in_window(day: date, end: date, window_days: int) -> bool:
    return end != FOREVER and end - timedelta(days=window_days) < day <= end


def window_opens(*, hold: Hold, window_days: int) -> date:
    """The first of the last ``window_days`` of a hold, never before the hold itself."""
    if hold.until == FOREVER:
        return FOREVER
    return max(hold.on, following(hold.until) - timedelta(days=window_days))
