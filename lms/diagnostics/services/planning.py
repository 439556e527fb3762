"""From gaps to a local action plan: one commitment per dimension, one milestone per improvement."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction

from lms.diagnostics.models import Assessment, PlannedImprovement
from lms.lib.clock import local_date
from lms.people.models import Institution
from lms.plan.models import ActionPlan, Commitment
from lms.plan.rules.titles import plain_title
from lms.plan.services import (
    CommitmentLinks,
    CommitmentValues,
    MilestoneValues,
    PlanValues,
    add_milestone,
    create_commitment,
    create_plan,
)
from lms.plan.services.plans import RESERVED_CODES

DEFAULT_COUNTRY = "Chile"


class NotFinishedError(ValueError):
    """Only a finished assessment becomes a plan."""


class PlanNotOpenError(ValueError):
    """The plan is not a draft of that institution."""


@dataclass(frozen=True)
class ChosenImprovement:
    """One improvement as the institution words it."""

    key: str
    label: str
    unit: str
    due_on: date


@dataclass(frozen=True)
class Destination:
    """An existing draft plan, or the title of a new one."""

    plan_id: int | None = None
    title: str = ""


@dataclass
class LocalPlan:
    """The plan, and how many milestones were made now; the others had been made before."""

    plan: ActionPlan
    is_new: bool
    made: list[str] = field(default_factory=list)


@transaction.atomic
def make_local_plan(
    *,
    assessment_id: int,
    chosen: Sequence[ChosenImprovement],
    destination: Destination,
    words: str,
    changed_by_id: int | None,
    at: datetime,
) -> LocalPlan | None:
    """Makes what was not made before; ``None`` where nothing is left to make.

    ``words`` say where the commitments come from, for their descriptions.

    Raises:
        NotFinishedError, PlanNotOpenError: see there.
        KeyError: an improvement of a question that the version does not have.
    """
    assessment = _lock(assessment_id)
    done = set(assessment.planned.values_list("question_key", flat=True))
    left = {one.key: one for one in chosen if one.key not in done}
    if not left:
        return None
    for key in left:
        assessment.release.questions[key]
    plan, is_new = _plan(assessment, list(left.values()), destination, words, changed_by_id, at)
    result = LocalPlan(plan, is_new)
    for dimension in assessment.release.file.dimensions:
        wanted = [left[one.key] for one in dimension.questions if one.key in left]
        if wanted:
            commitment = _commitment(assessment, plan, dimension.title, words, changed_by_id, at)
            _add_milestones(assessment, commitment, wanted, changed_by_id, at)
            result.made += [one.key for one in wanted]
    return result


def list_open_plans(*, institution_id: int) -> list[ActionPlan]:
    """Draft plans of the institution. One query."""
    rows = ActionPlan.objects.filter(institution_id=institution_id, status=ActionPlan.Status.DRAFT)
    return list(rows.order_by("title", "pk"))


def _lock(assessment_id: int) -> Assessment:
    rows = Assessment.objects.select_for_update(of=("self",))
    assessment = rows.select_related("release", "institution", "questionnaire").get(pk=assessment_id)
    if assessment.is_draft:
        raise NotFinishedError(assessment_id)
    return assessment


def _plan(
    assessment: Assessment,
    chosen: Sequence[ChosenImprovement],
    destination: Destination,
    words: str,
    changed_by_id: int | None,
    at: datetime,
) -> tuple[ActionPlan, bool]:
    if destination.plan_id is not None:
        open_plans = list_open_plans(institution_id=assessment.institution_id)
        found = next((plan for plan in open_plans if plan.pk == destination.plan_id), None)
        if found is None:
            raise PlanNotOpenError(destination.plan_id)
        return found, False
    above = ActionPlan.objects.filter(code=assessment.questionnaire.plan_code).first()
    begins, ends = local_date(at), max(one.due_on for one in chosen)
    place = assessment.institution
    values = PlanValues(
        title=destination.title,
        level=_level(place),
        country=above.country if above else DEFAULT_COUNTRY,
        period=str(begins.year) if begins.year == ends.year else f"{begins.year}-{ends.year}",
        total_commitments=1,
        institution_id=place.pk,
        adheres_to_id=above.pk if above else None,
        starts_on=begins,
        ends_on=max(begins, ends),
        design_text=words,
    )
    code = _free_code(f"{place.code}-{assessment.questionnaire.code}-{begins.year}".lower()[:55].rstrip("-"))
    return create_plan(code=code, values=values, changed_by_id=changed_by_id, at=at), True


def _level(place: Institution) -> str:
    is_town = place.kind == Institution.Kind.MUNICIPALITY
    return ActionPlan.Level.MUNICIPAL if is_town else ActionPlan.Level.INSTITUTION


def _free_code(wanted: str) -> str:
    taken = RESERVED_CODES | set(
        ActionPlan.objects.filter(code__startswith=wanted).values_list("code", flat=True)
    )
    candidates = (wanted if number == 1 else f"{wanted}-{number}" for number in range(1, len(taken) + 2))
    return next(code for code in candidates if code not in taken)


def _commitment(
    assessment: Assessment, plan: ActionPlan, title: str, words: str, changed_by_id: int | None, at: datetime
) -> Commitment:
    """The plan's commitment of that title, or a new one after the others."""
    same = plain_title(title)
    found = next((one for one in plan.commitments.all() if plain_title(one.title) == same), None)
    if found is not None:
        return found
    last = plan.commitments.order_by("-number").values_list("number", flat=True).first()
    return create_commitment(
        plan_id=plan.pk,
        number=(last or 0) + 1,
        values=CommitmentValues(title=title, description=words, lead=assessment.institution.name[:200]),
        links=CommitmentLinks(reporting_institutions=[assessment.institution_id]),
        changed_by_id=changed_by_id,
        at=at,
    )


def _add_milestones(
    assessment: Assessment,
    commitment: Commitment,
    chosen: Sequence[ChosenImprovement],
    changed_by_id: int | None,
    at: datetime,
) -> None:
    questions = assessment.release.questions
    for one in chosen:
        anchor = questions[one.key].anchor
        milestone = add_milestone(
            commitment_id=commitment.pk,
            values=MilestoneValues(
                label=one.label,
                description=questions[one.key].text,
                unit=one.unit,
                due_on=one.due_on,
                source_text=anchor.text,
                source_url=anchor.url,
            ),
            changed_by_id=changed_by_id,
            at=at,
        )
        PlannedImprovement.objects.create(
            assessment=assessment, question_key=one.key, milestone=milestone, planned_at=at
        )
