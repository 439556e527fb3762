"""A frozen report beside what the records say today of the same day."""

import json
from dataclasses import dataclass

from lms.people.models import Unit
from lms.reports.frozen.selectors_frozen import FrozenGroup, naming_for, read_lines, to_figures
from lms.reports.models import PeriodReport
from lms.reports.rules import frozen
from lms.reports.rules.frozen import Comparison, compare_lines


@dataclass(frozen=True)
class Pair:
    """A group then and now; ``None`` where it has nobody."""

    label: str
    then: FrozenGroup | None
    now: FrozenGroup | None

    @property
    def is_hidden(self) -> bool:
        return any(group is not None and group.is_hidden for group in (self.then, self.now))

    @property
    def differs(self) -> bool:
        return self.then is None or self.now is None or _numbers(self.then) != _numbers(self.now)


@dataclass(frozen=True)
class ThenNow:
    """The whole and the units of which the numbers differ; people by what became of their line.

    ``hidden``: units that differ and are not told, for being small.
    """

    total: Pair
    units: list[Pair]
    hidden: int
    people: Comparison

    @property
    def is_equal(self) -> bool:
        return self.people.is_equal


def compare_with_today(*, report: PeriodReport, key: str) -> ThenNow:
    """Read that day anew and compare. Three queries.

    Raises:
        DetailError: the stored detail cannot be read.
    """
    then_lines = frozen.read_detail(frozen.unpack(bytes(report.detail)))
    now_lines = read_lines(
        institution=report.institution,
        requirement=report.requirement,
        day=report.day,
        naming=naming_for(report_id=report.public_id, key=key),
    )
    frozen_names = json.loads(report.definition)["units"]
    today_names = dict(Unit.objects.filter(institution=report.institution).values_list("code", "name"))
    labels = {**today_names, **frozen_names}
    label = report.institution.name
    then = frozen.count_figures(then_lines)
    now = frozen.count_figures(now_lines)
    before = to_figures(stored=then, units=labels, total_label=label)
    after = to_figures(stored=now, units=labels, total_label=label)
    old = {group.label: group for group in before.by_unit}
    new = {group.label: group for group in after.by_unit}
    pairs = [Pair(name, old.get(name), new.get(name)) for name in sorted(old.keys() | new.keys())]
    different = [pair for pair in pairs if pair.differs]
    return ThenNow(
        total=Pair(label, before.total, after.total),
        units=[pair for pair in different if not pair.is_hidden],
        hidden=sum(pair.is_hidden for pair in different),
        people=compare_lines(then=then_lines, now=now_lines),
    )


def _numbers(group: FrozenGroup) -> tuple[int, dict[object, int]]:
    return group.headcount, {key: number for key, number in group.tally.counts.items() if number}
