"""Assessments as an institution works on them, and who finished, for the plan's team."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, OuterRef, QuerySet, Subquery

from lms.diagnostics.manifests import DimensionEntry, QuestionEntry
from lms.diagnostics.models import AnswerFile, Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue


@dataclass(frozen=True)
class DimensionProgress:
    """A dimension of a draft: how many of its questions have an answer."""

    entry: DimensionEntry
    answered: int
    total: int

    @property
    def is_complete(self) -> bool:
        return self.answered == self.total


@dataclass(frozen=True)
class DraftProgress:
    dimensions: tuple[DimensionProgress, ...]
    answered: int
    total: int
    missing: tuple[tuple[DimensionEntry, QuestionEntry], ...]

    @property
    def is_complete(self) -> bool:
        return not self.missing


def read_answers(*, assessment: Assessment) -> dict[str, AnswerValue]:
    """What is answered so far, by question, with how many files show it. Two queries."""
    values = {answer.question_key: answer.value for answer in assessment.answers.all()}
    counts = Counter(assessment.files.values_list("question_key", flat=True))
    return {
        key: replace(values.get(key, AnswerValue()), file_count=counts[key]) for key in {**values, **counts}
    }


def read_files(*, assessment: Assessment) -> dict[str, list[AnswerFile]]:
    """The files of each question that has some. One query."""
    found: dict[str, list[AnswerFile]] = defaultdict(list)
    for file in assessment.files.all():
        found[file.question_key].append(file)
    return dict(found)


def read_progress(*, assessment: Assessment) -> DraftProgress:
    """How far a draft is. Two queries."""
    values = read_answers(assessment=assessment)
    answered = {key for key, value in values.items() if value.is_answered}
    file = assessment.release.file
    return DraftProgress(
        dimensions=tuple(
            DimensionProgress(one, sum(q.key in answered for q in one.questions), len(one.questions))
            for one in file.dimensions
        ),
        answered=len(answered),
        total=assessment.release.question_count,
        missing=tuple((one, q) for one in file.dimensions for q in one.questions if q.key not in answered),
    )


def list_history(*, questionnaire: Questionnaire, institution_id: int) -> QuerySet[Assessment]:
    """The institution's finished assessments, the latest first. One query."""
    rows = Assessment.objects.finished().filter(questionnaire=questionnaire, institution_id=institution_id)
    return rows.select_related("release").order_by("-finished_at", "-pk")


def find_draft(*, questionnaire: Questionnaire, institution_id: int) -> Assessment | None:
    """One query."""
    rows = Assessment.objects.filter(
        questionnaire=questionnaire, institution_id=institution_id, state=Assessment.State.DRAFT
    )
    return rows.select_related("release").first()


def list_participation(*, questionnaire: Questionnaire) -> Any:
    """Institutions that finished, as dicts: name, how often, when last. One query per page of the list."""
    rows: Any = Assessment.objects.finished().filter(questionnaire=questionnaire).order_by()
    return (
        rows.values("institution__name", "institution__code")
        .annotate(times=Count("pk"), last_at=Max("finished_at"), published=Max("published_at"))
        .order_by("institution__name")
    )


def list_public(*, questionnaire: Questionnaire) -> QuerySet[Assessment]:
    """The profile of each institution that is current, by name. One query per page.

    Current is the published one that was finished last: there are never two. The others that it
    published stay readable as history (:func:`list_published`).
    """
    rows = Assessment.objects.public().filter(questionnaire=questionnaire)
    same_place = rows.filter(institution=OuterRef("institution")).order_by("-finished_at", "-pk")
    current = rows.filter(pk=Subquery(same_place.values("pk")[:1]))
    return current.select_related("institution", "release").order_by("institution__name", "pk")


def list_published(*, code: str, institution_code: str) -> list[Assessment]:
    """All that an institution publishes of a questionnaire, the current one first. One query."""
    rows = Assessment.objects.public().filter(questionnaire__code=code, institution__code=institution_code)
    found = rows.select_related("institution", "release", "questionnaire", "based_on")
    return list(found.order_by("-finished_at", "-pk"))


def find_file(*, assessment: Assessment, public_id: UUID) -> AnswerFile | None:
    """A file of the assessment. One query."""
    return assessment.files.select_related("assessment").filter(public_id=public_id).first()
