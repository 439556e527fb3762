"""Questionnaires for anybody: what they ask, how many institutions answered."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count

from lms.diagnostics.models import Assessment, Questionnaire, QuestionnaireRelease


class QuestionnaireNotFoundError(LookupError):
    """There is none with that code, or it has no version."""


@dataclass(frozen=True)
class QuestionnaireRow:
    """``finished``: institutions that finished it; ``None`` where fewer than the minimum did."""

    questionnaire: Questionnaire
    question_count: int
    dimension_titles: tuple[str, ...]
    finished: int | None
    minimum: int


def list_questionnaires(*, minimum: int) -> list[QuestionnaireRow]:
    """Those that are offered. Two queries."""
    found = list(
        Questionnaire.objects.filter(is_published=True, current__isnull=False).select_related("current")
    )
    counts = count_finished(questionnaire_ids=[one.pk for one in found])
    return [_row(one, counts.get(one.pk, 0), minimum) for one in found]


def count_finished(*, questionnaire_ids: Iterable[int]) -> dict[int, int]:
    """How many institutions finished each. One query."""
    rows = Assessment.objects.finished().filter(questionnaire_id__in=list(questionnaire_ids))
    counted = (
        rows.order_by().values("questionnaire_id").annotate(places=Count("institution_id", distinct=True))
    )
    return {row["questionnaire_id"]: row["places"] for row in counted}


def get_questionnaire(*, code: str) -> tuple[Questionnaire, QuestionnaireRelease]:
    """A questionnaire, offered or not, with its current version. One query.

    Raises:
        QuestionnaireNotFoundError: see there.
    """
    found = Questionnaire.objects.select_related("current").filter(code=code).first()
    if found is None or found.current is None:
        raise QuestionnaireNotFoundError(code)
    return found, found.current


def list_for_commitment(*, plan_code: str, number: int) -> list[Questionnaire]:
    """The offered questionnaires that serve a commitment. One query."""
    rows = Questionnaire.objects.filter(plan_code=plan_code, is_published=True, current__isnull=False)
    return [one for one in rows if number in one.commitments]


def _row(one: Questionnaire, finished: int, minimum: int) -> QuestionnaireRow:
    assert one.current is not None
    return QuestionnaireRow(
        questionnaire=one,
        question_count=one.current.question_count,
        dimension_titles=tuple(dimension.title for dimension in one.current.file.dimensions),
        finished=finished if finished >= minimum else None,
        minimum=minimum,
    )
