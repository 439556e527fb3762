"""What a chart or a badge on somebody else's page says of a commitment."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lms.plan.models import ActionPlan, Commitment
from lms.plan.rules.progress import ShownStatus
from lms.plan.selectors.commitments import CommitmentRow, commitment_url
from lms.plan.selectors.progress import STATUS_NOTICES
from lms.plan.selectors.snapshots import GoalCoverage, list_goal_coverage
from lms.publishing.selectors.statuses import milestones_with_counts, status_of
from lms.ui.spelling import spell_date


class CommitmentNotFoundError(LookupError):
    """The plan has no commitment with that number."""


@dataclass(frozen=True)
class EmbedFacts:
    """``counts``: milestones in force by the status that everybody reads, those that there are."""

    commitment: Commitment
    counts: Mapping[ShownStatus, int]
    coverage: GoalCoverage | None

    @property
    def url(self) -> str:
        return settings.SITE_URL + commitment_url(commitment=self.commitment)

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def complete(self) -> int:
        return self.counts.get(ShownStatus.COMPLETE, 0)

    @property
    def short(self) -> str:
        """``"1 de 3 hitos completos"``; what is not published is not zero."""
        if not self.total:
            return _("sin hitos publicados")
        words = ngettext(
            "%(complete)s de %(total)s hito completo", "%(complete)s de %(total)s hitos completos", self.total
        )
        return words % {"complete": self.complete, "total": self.total}

    @property
    def updated(self) -> str:
        """Until when progress was reported."""
        day = self.commitment.last_update_on
        if day is None:
            return _("sin avance informado")
        return _("informado al %(day)s") % {"day": spell_date(value=day)}

    @property
    def parts(self) -> list[tuple[ShownStatus, str, int]]:
        """Statuses with their words and counts, the farthest first."""
        return [
            (status, str(STATUS_NOTICES[status].text), self.counts[status])
            for status in reversed(STATUS_NOTICES)
            if status in self.counts
        ]

    @property
    def shares(self) -> list[tuple[str, int, float]]:
        """Words, count and percentage of the milestones, of each status."""
        return [(words, count, count / self.total * 100) for _status, words, count in self.parts]

    @property
    def counted(self) -> str:
        """``"1 Completo, 2 Sin evidencia disponible"``."""
        told = ", ".join(f"{count} {words}" for _status, words, count in self.parts)
        return told or _("Sin hitos publicados")

    @cached_property
    def training(self) -> CommitmentRow:
        """Training coverage as published, in words whatever is."""
        return CommitmentRow(self.commitment, self.coverage)


def get_embed_facts(*, plan: ActionPlan, number: int) -> EmbedFacts:
    """Four queries.

    Raises:
        CommitmentNotFoundError: see there.
    """
    commitment = plan.commitments.filter(number=number).first() if number < 2**15 else None
    if commitment is None:
        raise CommitmentNotFoundError(number)
    commitment.plan = plan
    counts: dict[ShownStatus, int] = {}
    for milestone in milestones_with_counts().filter(commitment=commitment, is_active=True):
        status = status_of(milestone)
        counts[status] = counts.get(status, 0) + 1
    coverage = [one for one in list_goal_coverage(plan_id=plan.pk) if one.goal.commitment_id == commitment.pk]
    return EmbedFacts(commitment, counts, coverage[0] if coverage else None)
