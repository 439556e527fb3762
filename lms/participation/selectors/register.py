"""The register of reasoned responses: what was written, what was decided, why, and how long it took."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from lms.participation.models import Consultation, Contribution
from lms.participation.rules.contributions import ANSWER_WITHIN, State, Verdict


@dataclass(frozen=True)
class RegisterFilter:
    """What a visitor asks of the register; ``None`` and empty mean all. ``verdict`` "" with unanswered."""

    commitment: int | None = None
    consultation: int | None = None
    verdict: str = ""
    sector: str = ""
    is_unanswered: bool = False


@dataclass(frozen=True)
class RegisterTotals:
    """``received``: all with a place in public. ``to_answer``: shown ones, answered or not.

    ``median_days`` is ``None`` as long as nothing was answered; half of the answers took no longer.
    """

    received: int
    answered: int
    unanswered: int
    late: int
    accepted: int
    partly: int
    rejected: int
    questions: int
    median_days: int | None


def list_register(*, plan_id: int, wanted: RegisterFilter) -> QuerySet[Contribution]:
    """Newest first. One query for a page, one to count."""
    rows = Contribution.objects.filter(plan_id=plan_id).in_public().with_reply()
    if wanted.commitment is not None:
        rows = rows.filter(commitment__number=wanted.commitment)
    if wanted.consultation is not None:
        rows = rows.filter(consultation_id=wanted.consultation)
    if wanted.verdict:
        rows = rows.filter(latest_reply__verdict=wanted.verdict)
    if wanted.sector:
        rows = rows.filter(sector=wanted.sector)
    if wanted.is_unanswered:
        rows = rows.unanswered()
    return rows.order_by("-number")


def read_totals(*, plan_id: int, at: datetime) -> RegisterTotals:
    """Two queries, however many rows there are."""
    rows = Contribution.objects.filter(plan_id=plan_id).in_public()
    unanswered = Q(state=State.SHOWN, latest_reply__isnull=True)
    found = rows.aggregate(
        received=Count("pk"),
        answered=Count("answered_in_days"),
        unanswered=Count("pk", filter=unanswered),
        late=Count("pk", filter=unanswered & Q(shown_at__lt=at - ANSWER_WITHIN)),
        accepted=Count("pk", filter=Q(latest_reply__verdict=Verdict.ACCEPTED)),
        partly=Count("pk", filter=Q(latest_reply__verdict=Verdict.PARTLY)),
        rejected=Count("pk", filter=Q(latest_reply__verdict=Verdict.REJECTED)),
        questions=Count("pk", filter=Q(latest_reply__verdict=Verdict.ANSWERED)),
    )
    return RegisterTotals(**found, median_days=_median(rows, found["answered"]))


def list_asked_consultations(*, plan_id: int) -> list[Consultation]:
    """Published consultations, for the filter. One query."""
    return list(Consultation.objects.public().filter(plan_id=plan_id)[:100])


def _median(rows: QuerySet[Contribution], answered: int) -> int | None:
    """The lower of the two in the middle where their number is even: a whole number of days."""
    if not answered:
        return None
    days = rows.filter(answered_in_days__isnull=False).order_by("answered_in_days")
    return days.values_list("answered_in_days", flat=True)[(answered - 1) // 2]
