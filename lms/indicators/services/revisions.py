"""Releases of data: written whole, published, withdrawn."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from lms.indicators.models import Indicator, IndicatorRevision, Observation
from lms.indicators.rules.comparing import compare, find_locked
from lms.indicators.rules.definitions import find_redefined
from lms.indicators.rules.problems import RowProblem
from lms.indicators.rules.shapes import Row, level_of, spell_cell
from lms.indicators.selectors.revisions import choose_current, list_locked_periods, read_rows
from lms.indicators.services.locks import lock_indicator
from lms.plan.models import PlanChange
from lms.plan.services.changes import record_change

Subject, Kind = PlanChange.Subject, PlanChange.Kind
BATCH = 500


class WithdrawalReasonMissingError(ValueError):
    """Published data are withdrawn with a reason that everybody can read."""


class RevisionStateError(ValueError):
    """It is published already, or not published, or withdrawn."""


class LockedPeriodError(ValueError):
    """A closed period would change; ``problems`` say where."""

    def __init__(self, problems: Sequence[RowProblem]) -> None:
        super().__init__(f"{len(problems)} changes of closed periods")
        self.problems = problems


def write_revision(
    *,
    indicator: Indicator,
    rows: Sequence[Row],
    file_name: str,
    sha256: str,
    note: str,
    uploaded_by_id: int | None,
    at: datetime,
    is_example: bool = False,
    is_published: bool = True,
) -> IndicatorRevision:
    """A release with all its observations. The caller holds the lock of the indicator."""
    last = indicator.revisions.order_by("-number").values_list("number", flat=True).first() or 0
    revision = IndicatorRevision.objects.create(
        indicator=indicator,
        number=last + 1,
        uploaded_at=at,
        uploaded_by_id=uploaded_by_id,
        file_name=file_name,
        sha256=sha256,
        note=note,
        row_count=len(rows),
        structure=indicator.shape.to_json(),
        definition=indicator.words,
        is_example=is_example,
        published_at=at if is_published else None,
    )
    observations = [_observation(revision, number, row) for number, row in enumerate(rows, start=1)]
    Observation.objects.bulk_create(observations, batch_size=BATCH)
    if is_published:
        _record(revision=revision, indicator=indicator, kind=Kind.REPORTED, by_id=uploaded_by_id, at=at)
    return revision


@transaction.atomic
def publish_revision(*, indicator_id: int, number: int, by_id: int | None, at: datetime) -> IndicatorRevision:
    """A release that was kept back becomes public; it counts if no later one does.

    Raises:
        IndicatorRevision.DoesNotExist: no such release.
        RevisionStateError: it is published, or withdrawn.
        LockedPeriodError: see there.
    """
    indicator = lock_indicator(indicator_id=indicator_id)
    revision = indicator.revisions.get(number=number)
    if revision.published_at or revision.withdrawn_at:
        raise RevisionStateError(number)
    revisions = list(indicator.revisions.all())
    before = choose_current(revisions)
    for one in revisions:
        if one.pk == revision.pk:
            one.published_at = at
    _check_locks(indicator, before, choose_current(revisions))
    revision.published_at = at
    revision.save(update_fields=["published_at"])
    _record(revision=revision, indicator=indicator, kind=Kind.REPORTED, by_id=by_id, at=at)
    return revision


@transaction.atomic
def withdraw_revision(
    *, indicator_id: int, number: int, reason: str, by_id: int | None, at: datetime
) -> IndicatorRevision:
    """A release with a fault is not read any more; its address says when and why.

    Raises:
        IndicatorRevision.DoesNotExist: no such release.
        WithdrawalReasonMissingError: see there.
        RevisionStateError: it is withdrawn already.
        LockedPeriodError: see there.
    """
    indicator = lock_indicator(indicator_id=indicator_id)
    revision = indicator.revisions.get(number=number)
    if not reason.strip():
        raise WithdrawalReasonMissingError(number)
    if revision.withdrawn_at:
        raise RevisionStateError(number)
    revisions = list(indicator.revisions.all())
    before = choose_current(revisions)
    after = choose_current(one for one in revisions if one.pk != revision.pk)
    _check_locks(indicator, before, after)
    revision.withdrawn_at, revision.withdrawal_reason = at, reason.strip()
    revision.save(update_fields=["withdrawn_at", "withdrawal_reason"])
    if revision.published_at:
        _record(revision=revision, indicator=indicator, kind=Kind.RETIRED, by_id=by_id, at=at, reason=reason)
    return revision


def _check_locks(
    indicator: Indicator, before: IndicatorRevision | None, after: IndicatorRevision | None
) -> None:
    """Examples are no data: what replaces them changes no period."""
    if before is None or before.is_example or before == after:
        return
    locked = list_locked_periods(list(indicator.locks.all()))
    if not locked:
        return
    real = after if after and not after.is_example else None
    redefined = find_redefined(before=before.said, after=real.said) if real else ()
    diff = compare(before=read_rows(revision=before), after=read_rows(revision=real), redefined=redefined)
    if problems := find_locked(diff=diff, locked=locked):
        raise LockedPeriodError(problems)


def _observation(revision: IndicatorRevision, line: int, row: Row) -> Observation:
    return Observation(
        revision=revision,
        line=line,
        period=row.period,
        disaggregation=dict(row.cell),
        cell=spell_cell(row.cell),
        level=level_of(row.cell),
        numerator=row.figure.numerator,
        denominator=row.figure.denominator,
        status=row.figure.status,
        note=row.figure.note,
    )


def _record(
    *,
    revision: IndicatorRevision,
    indicator: Indicator,
    kind: PlanChange.Kind,
    by_id: int | None,
    at: datetime,
    reason: str = "",
) -> None:
    record_change(
        plan=indicator.plan,
        commitment=indicator.commitment,
        subject=Subject.INDICATOR,
        row=indicator,
        label=indicator.title,
        kind=kind,
        changed_by_id=by_id,
        at=at,
        after={
            "revision": revision.number,
            "row_count": revision.row_count,
            "is_example": revision.is_example,
        },
        reason=reason or revision.note,
        from_pack=revision.is_example,
    )
