"""What an indicator says: written with a line of the plan's history."""

from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from lms.indicators.models import DEFAULT_LICENCE, Indicator
from lms.indicators.services.locks import lock_indicator
from lms.plan.models import Commitment, PlanChange
from lms.plan.services.changes import lock_commitment, lock_plan, record_change, write_row

Subject, Kind = PlanChange.Subject, PlanChange.Kind
RESERVED_CODES = frozenset({"nuevo", "ods"})
"""Words that addresses of a plan's indicators begin with: no indicator is called so."""
LONGEST_CODE = 50


@dataclass(frozen=True, kw_only=True)
class IndicatorValues:
    """What an indicator says; ``None`` and empty text where nobody published it."""

    title: str
    definition: str
    method: str
    origin_text: str
    unit: str
    numerator_label: str
    denominator_label: str = ""
    origin_url: str = ""
    kind: str = Indicator.Kind.RATIO
    factor: int = 100
    decimals: int = 1
    direction: str = Indicator.Direction.HIGHER
    is_part_of_whole: bool = False
    frequency: str = Indicator.Frequency.YEAR
    baseline_value: Decimal | None = None
    baseline_period: str = ""
    baseline_source_text: str = ""
    baseline_source_url: str = ""
    target_value: Decimal | None = None
    target_period: str = ""
    target_source_text: str = ""
    target_source_url: str = ""
    source_text: str = ""
    source_url: str = ""
    licence: str = DEFAULT_LICENCE
    dimensions: list[dict[str, Any]] = field(default_factory=list)
    sdg_target: str = ""


@transaction.atomic
def create_indicator(
    *,
    commitment_id: int,
    values: IndicatorValues,
    changed_by_id: int | None,
    at: datetime,
    code: str = "",
    from_pack: bool = False,
) -> Indicator:
    """A new indicator after the others of its commitment; its code comes from the title and stays.

    Raises:
        Commitment.DoesNotExist: no such commitment.
    """
    # The plan first: codes are taken among all its indicators, and two commitments may want the same.
    lock_plan(plan_id=Commitment.objects.values_list("plan_id", flat=True).get(pk=commitment_id))
    commitment = lock_commitment(commitment_id=commitment_id)
    indicator = Indicator.objects.create(
        plan=commitment.plan,
        commitment=commitment,
        code=code or _free_code(commitment=commitment, title=values.title),
        order=commitment.indicators.count() + 1,
        created_at=at,
        **asdict(values),
    )
    _record(
        indicator=indicator, kind=Kind.CREATED, changed_by_id=changed_by_id, at=at,
        after=asdict(values) | {"code": indicator.code}, from_pack=from_pack,
    )  # fmt: skip
    return indicator


@transaction.atomic
def edit_indicator(
    *,
    indicator_id: int,
    values: dict[str, Any],
    changed_by_id: int | None,
    at: datetime,
    from_pack: bool = False,
) -> dict[str, tuple[Any, Any]]:
    """What changed, ``{field: (before, after)}``. Data that were published stay as they were read.

    Raises:
        Indicator.DoesNotExist: no such indicator.
    """
    indicator = lock_indicator(indicator_id=indicator_id)
    changed = write_row(row=indicator, values=values)
    if changed:
        _record(
            indicator=indicator, kind=Kind.EDITED, changed_by_id=changed_by_id, at=at, from_pack=from_pack,
            before={name: old for name, (old, _new) in changed.items()},
            after={name: new for name, (_old, new) in changed.items()},
        )  # fmt: skip
    return changed


@transaction.atomic
def set_indicator_active(
    *, indicator_id: int, is_active: bool, changed_by_id: int | None, at: datetime
) -> bool:
    """Retires an indicator from the public pages, or puts it back; whether anything changed."""
    indicator = lock_indicator(indicator_id=indicator_id)
    changed = write_row(row=indicator, values={"is_active": is_active})
    if changed:
        _record(
            indicator=indicator, kind=Kind.RESTORED if is_active else Kind.RETIRED,
            changed_by_id=changed_by_id, at=at,
            before={"is_active": not is_active}, after={"is_active": is_active},
        )  # fmt: skip
    return bool(changed)


def _free_code(*, commitment: Commitment, title: str) -> str:
    stem = slugify(title)[:LONGEST_CODE].strip("-") or "indicador"
    taken = (
        set(Indicator.objects.filter(plan=commitment.plan).values_list("code", flat=True)) | RESERVED_CODES
    )
    if stem not in taken:
        return stem
    number = 2
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def _record(*, indicator: Indicator, **change: Any) -> None:
    record_change(
        plan=indicator.plan,
        commitment=indicator.commitment,
        subject=Subject.INDICATOR,
        row=indicator,
        label=indicator.title,
        **change,
    )
