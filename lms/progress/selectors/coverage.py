"""Training coverage: the one definition. HR's screens, the plan and its open data all count here.

``coverage = distinct people of a cell with a valid completion ÷ headcount of the cell``, both on
one cut-off date, where a cell is made of any of institution, unit, estamento, legal quality.
A person with two postings on that date counts once, in the one that began last.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lms.people.models import Posting
from lms.progress.models import AssessmentAttempt, Completion, Enrolment, LearningContext, UnitResult

DIMENSIONS = ("institution_id", "unit_id", "estamento", "legal_quality")


@dataclass(frozen=True)
class Cell:
    """Counts of distinct people. Dimensions that were not asked for are ``None``.

    ``reached`` enrolled at their work; ``started`` finished a unit, or completed; ``assessed`` handed
    in an assessment; ``completed`` hold a completion that counts on the cut-off date.
    """

    institution_id: int | None
    unit_id: int | None
    estamento: str | None
    legal_quality: str | None
    headcount: int
    reached: int
    started: int
    assessed: int
    completed: int


def principal_postings(
    *, cutoff: date, institution_id: int | None = None, honorarios: bool = True
) -> QuerySet[Posting]:
    """One posting per person on ``cutoff``: the one that began last, within the institution if given."""
    rows = Posting.objects.valid_on(cutoff)
    later = Posting.objects.valid_on(cutoff).filter(person=OuterRef("person"))
    if institution_id is not None:
        rows = rows.filter(institution_id=institution_id)
        later = later.filter(institution_id=institution_id)
    if not honorarios:
        rows = rows.exclude(legal_quality="honorarios")
        later = later.exclude(legal_quality="honorarios")
    later = later.filter(
        Q(valid_from__gt=OuterRef("valid_from")) | Q(valid_from=OuterRef("valid_from"), pk__gt=OuterRef("pk"))
    )
    return rows.filter(~Exists(later), person__erased_at__isnull=True)


def of_person(queryset: QuerySet[Any], person: str = "person_id") -> Exists:
    """Whether the posting's person has such a row."""
    return Exists(queryset.filter(person_id=OuterRef(person)))


def facts_of(*, course_codes: Sequence[str], cutoff: date) -> dict[str, Exists | Q]:
    """The four figures as conditions on a posting."""
    enrolments = Enrolment.objects.filter(
        course__code__in=course_codes, context=LearningContext.EMPLOYEE, started_at__date__lte=cutoff
    )
    mine = enrolments.filter(person_id=OuterRef("person_id"))
    completed = of_person(
        Completion.objects.valid_on(cutoff).filter(
            course__code__in=course_codes, context=LearningContext.EMPLOYEE
        )
    )
    return {
        "reached": Exists(mine),
        "started": Q(
            Exists(
                UnitResult.objects.filter(
                    enrolment__person_id=OuterRef("person_id"),
                    enrolment__course__code__in=course_codes,
                    enrolment__context=LearningContext.EMPLOYEE,
                    finished_at__date__lte=cutoff,
                )
            )
        )
        | Q(completed),
        "assessed": Exists(
            AssessmentAttempt.objects.filter(
                enrolment__person_id=OuterRef("person_id"),
                enrolment__course__code__in=course_codes,
                enrolment__context=LearningContext.EMPLOYEE,
                submitted_at__date__lte=cutoff,
            )
        ),
        "completed": completed,
    }


def count_cells(
    *,
    course_codes: Sequence[str],
    cutoff: date,
    dimensions: Sequence[str],
    institution_id: int | None = None,
    honorarios: bool = True,
    postings: QuerySet[Posting] | None = None,
) -> list[Cell]:
    """Cells with at least one person, ordered by their dimensions. One query.

    Any of the courses counts. ``honorarios`` says whether people paid by fees are in the
    headcount. ``postings`` narrows further (filters of a screen) and comes from
    :func:`principal_postings`.

    Raises:
        ValueError: an unknown dimension.
    """
    unknown = set(dimensions) - set(DIMENSIONS)
    if unknown:
        raise ValueError(f"Dimensiones desconocidas: {sorted(unknown)}")
    rows = postings if postings is not None else principal_postings(
        cutoff=cutoff, institution_id=institution_id, honorarios=honorarios
    )  # fmt: skip
    facts = facts_of(course_codes=course_codes, cutoff=cutoff)
    counted = (
        rows.values(*dimensions)
        .annotate(headcount=Count("pk"), **{name: Count("pk", filter=fact) for name, fact in facts.items()})
        .order_by(*[F(dimension) for dimension in dimensions])
    )
    return [
        Cell(
            institution_id=row.get("institution_id"),
            unit_id=row.get("unit_id"),
            estamento=row.get("estamento"),
            legal_quality=row.get("legal_quality"),
            headcount=row["headcount"],
            reached=row["reached"],
            started=row["started"],
            assessed=row["assessed"],
            completed=row["completed"],
        )
        for row in counted
    ]
