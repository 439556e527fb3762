"""Closing periods and opening them again. Both are history."""

from datetime import datetime

from django.db import transaction

from lms.indicators.models import Indicator, PeriodLock
from lms.indicators.rules.periods import Frequency, read_period
from lms.indicators.selectors.revisions import list_locked_periods
from lms.plan.services.changes import lock_commitment


class AlreadyLockedError(ValueError):
    """The period is closed already."""


class NotLockedError(ValueError):
    """The period is not closed."""


class LockReasonMissingError(ValueError):
    """A closed period is opened with a reason that remains."""


@transaction.atomic
def lock_period(
    *, indicator_id: int, period: str, reason: str, by_id: int | None, at: datetime
) -> PeriodLock:
    """From now on no upload changes the period, spelled in any usual way.

    Raises:
        PeriodError: it is no period of the indicator's frequency.
        AlreadyLockedError: see there.
    """
    indicator = lock_indicator(indicator_id=indicator_id)
    name = read_period(text=period, frequency=Frequency(indicator.frequency))
    if name in list_locked_periods(list(indicator.locks.all())):
        raise AlreadyLockedError(name)
    return PeriodLock.objects.create(
        indicator=indicator, period=name, kind=PeriodLock.Kind.LOCK, reason=reason, at=at, by_id=by_id
    )


@transaction.atomic
def unlock_period(
    *, indicator_id: int, period: str, reason: str, by_id: int | None, at: datetime
) -> PeriodLock:
    """The period may be changed again.

    Raises:
        LockReasonMissingError: see there.
        NotLockedError: see there.
    """
    indicator = lock_indicator(indicator_id=indicator_id)
    if not reason.strip():
        raise LockReasonMissingError(period)
    if period not in list_locked_periods(list(indicator.locks.all())):
        raise NotLockedError(period)
    return PeriodLock.objects.create(
        indicator=indicator,
        period=period,
        kind=PeriodLock.Kind.UNLOCK,
        reason=reason.strip(),
        at=at,
        by_id=by_id,
    )


def lock_indicator(*, indicator_id: int) -> Indicator:
    """The indicator with its commitment, both for this transaction alone. Three queries.

    The commitment first, here and wherever both are locked: its history is written with each change, and
    two orders would wait for each other.

    Raises:
        Indicator.DoesNotExist: no such indicator.
    """
    commitment_id = Indicator.objects.values_list("commitment_id", flat=True).get(pk=indicator_id)
    commitment = lock_commitment(commitment_id=commitment_id)
    indicator = Indicator.objects.select_for_update(of=("self",), no_key=True).get(pk=indicator_id)
    indicator.commitment, indicator.plan = commitment, commitment.plan
    return indicator
