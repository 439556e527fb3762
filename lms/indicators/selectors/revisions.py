"""Which data of an indicator count, and reading a release."""

from collections.abc import Iterable, Sequence

from lms.indicators.models import Indicator, IndicatorRevision, Observation, PeriodLock
from lms.indicators.rules.shapes import Row


class RevisionNotFoundError(LookupError):
    """There is no such release, or only for those who keep the plan."""


def choose_current(revisions: Iterable[IndicatorRevision]) -> IndicatorRevision | None:
    """Of the releases of one indicator the one that counts. No query.

    The last one that is published and not withdrawn; examples only while no real data ever were.
    """
    published = [one for one in revisions if one.published_at is not None]
    real = [one for one in published if not one.is_example]
    readable = [one for one in (real or published) if one.withdrawn_at is None]
    return max(readable, key=lambda one: one.number, default=None)


def find_current(*, indicator: Indicator) -> IndicatorRevision | None:
    """The release that counts. One query."""
    return choose_current(indicator.revisions.all())


def find_base(*, indicator: Indicator) -> IndicatorRevision | None:
    """The release with which a new one is compared: the current one, never an example. One query."""
    current = find_current(indicator=indicator)
    return None if current is None or current.is_example else current


def has_published(*, indicator: Indicator) -> bool:
    """Whether data ever were public, withdrawn ones too. One query."""
    return indicator.revisions.filter(published_at__isnull=False).exists()


def list_revisions(*, indicator: Indicator, with_unpublished: bool = False) -> list[IndicatorRevision]:
    """Latest first. Examples are left out once real data were published. One query."""
    rows = list(indicator.revisions.select_related("uploaded_by"))
    has_real = any(not one.is_example and one.published_at for one in rows)
    return [
        one
        for one in rows
        if with_unpublished or (one.published_at is not None and not (one.is_example and has_real))
    ]


def get_revision(*, indicator: Indicator, number: int, with_unpublished: bool = False) -> IndicatorRevision:
    """One release by its number. One query.

    Raises:
        RevisionNotFoundError: see there.
    """
    for one in list_revisions(indicator=indicator, with_unpublished=with_unpublished):
        if one.number == number:
            return one
    raise RevisionNotFoundError(number)


def read_rows(*, revision: IndicatorRevision | None) -> list[Row]:
    """All rows of a release, in the order of its file; none of no release. One query."""
    if revision is None:
        return []
    shape = revision.shape
    return [one.as_row(shape) for one in Observation.objects.filter(revision=revision).order_by("line")]


def current_observations(indicator: Indicator) -> list[Observation]:
    """The observations that count, in the order of their file. Two queries."""
    revision = find_current(indicator=indicator)
    return list(revision.observations.order_by("line")) if revision else []


def list_locks(*, indicator: Indicator) -> list[PeriodLock]:
    """The history of closed periods, latest first. One query."""
    return list(indicator.locks.select_related("by").order_by("-pk"))


def list_locked_periods(locks: Sequence[PeriodLock]) -> list[str]:
    """The periods that are closed now, in order. No query."""
    latest: dict[str, str] = {}
    for one in sorted(locks, key=lambda lock: lock.pk):
        latest[one.period] = one.kind
    return sorted(period for period, kind in latest.items() if kind == PeriodLock.Kind.LOCK)


def list_periods(*, revision: IndicatorRevision | None) -> list[str]:
    """The periods of a release, latest first. One query."""
    if revision is None:
        return []
    periods = revision.observations.order_by("-period").values_list("period", flat=True)
    return list(periods.distinct())
