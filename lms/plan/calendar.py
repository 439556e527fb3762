"""The calendar of the two updates a year, for each commitment."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _lazy

from lms.plan.models import ActionPlan, Commitment
from lms.plan.rules.progress import Duty, HalfYear, Span, duty_of
from lms.plan.selectors.progress import approved_days, plan_freshness, plan_periods, span_of
from lms.ui.components import Notice

DUTY_NOTICES: dict[Duty, Notice] = {
    Duty.DONE: Notice("ok", "circle-check", _lazy("Al día")),  # type: ignore[arg-type]
    Duty.LATE: Notice("warn", "clock", _lazy("Tarde")),  # type: ignore[arg-type]
    Duty.MISSED: Notice("bad", "circle-alert", _lazy("Sin informe")),  # type: ignore[arg-type]
    Duty.DUE: Notice("info", "clock", _lazy("Por informar")),  # type: ignore[arg-type]
    Duty.COMING: Notice("mute", "clock", _lazy("Más adelante")),  # type: ignore[arg-type]
    Duty.NONE: Notice("none", "ban", _lazy("No corresponde")),  # type: ignore[arg-type]
}
MOST_PERIODS = 6


@dataclass(frozen=True)
class CalendarCell:
    """How one update of a commitment stands; ``approved_on`` is ``None`` until there is one."""

    period: HalfYear
    duty: Duty
    approved_on: date | None

    @property
    def notice(self) -> Notice:
        return DUTY_NOTICES[self.duty]


@dataclass(frozen=True)
class CalendarRow:
    """A commitment and its cells, one for each period."""

    commitment: Commitment
    cells: list[CalendarCell]


def plan_calendar(*, plan: ActionPlan, today: date) -> dict[str, Any]:
    """``periods`` (the latest six up to the next one), ``rows`` and ``freshness``. Two queries."""
    commitments = list(plan.commitments.all())
    periods = plan_periods(plan=plan, commitments=commitments, today=today)
    upcoming = HalfYear.of(today).next
    shown = [period for period in periods if period <= upcoming][-MOST_PERIODS:] or periods[:1]
    approved = approved_days(plan=plan)
    rows = [
        CalendarRow(
            commitment,
            [
                _cell(
                    period=period,
                    span=span_of(commitment=commitment, plan=plan),
                    approved_on=approved.get((commitment.pk, str(period))),
                    today=today,
                )
                for period in shown
            ],
        )
        for commitment in commitments
    ]
    return {
        "periods": shown,
        "rows": rows,
        "freshness": plan_freshness(plan=plan, commitments=commitments, today=today),
    }


def _cell(*, period: HalfYear, span: Span, approved_on: date | None, today: date) -> CalendarCell:
    duty = duty_of(period=period, span=span, approved_on=approved_on, today=today)
    return CalendarCell(period, duty, approved_on)
