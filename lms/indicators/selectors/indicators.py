"""Indicators with the figure that counts, as lists show them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from lms.indicators.models import Indicator, IndicatorRevision, Observation
from lms.indicators.rules.sdg16 import GOAL, TARGETS
from lms.indicators.rules.shapes import Figure, Shape, derive
from lms.indicators.selectors.definitions import as_measured
from lms.indicators.selectors.revisions import choose_current
from lms.indicators.selectors.words import (
    figure_words,
    is_percent,
    period_words,
    unit_words,
    value_words,
)
from lms.plan.models import ActionPlan, Commitment


class IndicatorNotFoundError(LookupError):
    """The plan has no indicator with that code."""


@dataclass(frozen=True)
class IndicatorLine:
    """One indicator in a list: the release that counts and its last total, if it has them."""

    indicator: Indicator
    revision: IndicatorRevision | None
    latest: Observation | None

    @property
    def url(self) -> str:
        return reverse("indicators:indicator", args=[self.indicator.plan.code, self.indicator.code])

    @property
    def shape(self) -> Shape:
        return self.revision.shape if self.revision else self.indicator.shape

    @cached_property
    def measured(self) -> Indicator:
        """By what its figures are read."""
        return as_measured(indicator=self.indicator, revision=self.revision)

    @property
    def figure(self) -> Figure | None:
        return self.latest.figure if self.latest else None

    @property
    def is_example(self) -> bool:
        return self.revision is not None and self.revision.is_example

    @property
    def words(self) -> str:
        """The last figure in words; empty where no data were published."""
        return figure_words(figure=self.latest.figure, shape=self.shape) if self.latest else ""

    @property
    def period(self) -> str:
        return period_words(self.latest.period) if self.latest else ""

    @property
    def unit(self) -> str:
        """As it stands beside the figure."""
        return unit_words(unit=self.measured.unit, shape=self.shape)

    @property
    def target_words(self) -> str:
        return value_words(value=self.measured.target_value, shape=self.shape)

    @property
    def percent(self) -> float | None:
        """Of a hundred, to draw it; ``None`` where it is no percentage or there is none."""
        if self.latest is None or not is_percent(self.shape):
            return None
        value = derive(figure=self.latest.figure, shape=self.shape)
        return None if value is None else float(value)


@dataclass(frozen=True)
class CommitmentIndicators:
    """The indicators of one commitment."""

    commitment: Commitment
    lines: Sequence[IndicatorLine]


@dataclass(frozen=True)
class TargetIndicators:
    """One target of a goal with its indicators; none is said plainly."""

    number: str
    wording: str
    lines: Sequence[IndicatorLine]


def list_published_indicators(plan: ActionPlan) -> list[IndicatorLine]:
    """The active indicators of a plan by commitment, each with the data that count. Three queries."""
    return _lines(Indicator.objects.filter(plan=plan, is_active=True))


def list_of_commitment(*, commitment: Commitment) -> list[IndicatorLine]:
    """The same for one commitment. Three queries, one where it has none."""
    return _lines(Indicator.objects.filter(commitment=commitment, is_active=True))


def list_kept_indicators(*, plan: ActionPlan) -> list[IndicatorLine]:
    """All indicators of a plan, retired ones too. Three queries."""
    return _lines(Indicator.objects.filter(plan=plan))


def list_current_observations(plan: ActionPlan) -> dict[int, list[Observation]]:
    """Every observation that counts by indicator, in the order of its file. Three queries."""
    current = {
        line.revision.pk: line.indicator.pk for line in list_published_indicators(plan) if line.revision
    }
    found: dict[int, list[Observation]] = defaultdict(list)
    for one in Observation.objects.filter(revision__in=current).order_by("revision", "line"):
        found[current[one.revision_id]].append(one)
    return dict(found)


def group_by_commitment(lines: Sequence[IndicatorLine]) -> list[CommitmentIndicators]:
    """In the order of the commitments. No query."""
    groups: dict[int, list[IndicatorLine]] = defaultdict(list)
    for line in lines:
        groups[line.indicator.commitment_id].append(line)
    return [CommitmentIndicators(group[0].indicator.commitment, group) for group in groups.values()]


def group_by_target(lines: Sequence[IndicatorLine]) -> list[TargetIndicators]:
    """The twelve targets of goal 16, all of them. No query."""
    return [
        TargetIndicators(number, wording, [one for one in lines if one.indicator.sdg_target == number])
        for number, wording in TARGETS.items()
    ]


def list_of_whole_goal(lines: Sequence[IndicatorLine]) -> list[IndicatorLine]:
    """Those that name goal 16 and none of its targets. No query."""
    return [one for one in lines if one.indicator.sdg_target == GOAL]


def get_indicator(*, plan: ActionPlan, code: str) -> Indicator:
    """One indicator of a plan, a retired one too, with its commitment. One query.

    Raises:
        IndicatorNotFoundError: see there.
    """
    rows = Indicator.objects.select_related("commitment", "plan").filter(plan=plan, code=code)
    found = rows.first()
    if found is None:
        raise IndicatorNotFoundError(code)
    return found


def _lines(indicators: Any) -> list[IndicatorLine]:
    rows = list(indicators.select_related("commitment", "plan"))
    current = _current_revisions(rows)
    latest = _latest_totals(list(current.values()))
    return [
        IndicatorLine(one, revision, latest.get(revision.pk) if revision else None)
        for one in rows
        for revision in [current.get(one.pk)]
    ]


def _current_revisions(indicators: Sequence[Indicator]) -> dict[int, IndicatorRevision]:
    if not indicators:
        return {}
    groups: dict[int, list[IndicatorRevision]] = defaultdict(list)
    published = IndicatorRevision.objects.filter(indicator__in=indicators, published_at__isnull=False)
    for revision in published:
        groups[revision.indicator_id].append(revision)
    chosen = {pk: choose_current(group) for pk, group in groups.items()}
    return {pk: revision for pk, revision in chosen.items() if revision is not None}


def _latest_totals(revisions: Sequence[IndicatorRevision]) -> dict[int, Observation]:
    """The total of the last period of each release, by release."""
    if not revisions:
        return {}
    totals: Any = Observation.objects.filter(revision__in=revisions, level="")
    last = Observation.objects.filter(revision=OuterRef("revision"), level="").order_by("-period")
    found = totals.filter(period=Subquery(last.values("period")[:1]))
    return {one.revision_id: one for one in found}
