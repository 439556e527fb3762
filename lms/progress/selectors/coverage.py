"""Training coverage: the one definition. HR's screens, the plan and its open data all count here.

``coverage = distinct people of a cell with a valid completion ÷ headcount of the cell``, both on
one cut-off date, where a cell is made of any of institution, unit, estamento, legal quality.
A person with two postings on that date counts once, in the one that began last.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from lms.lib.clock import CHILE
from lms.people.models import Person, Posting
from lms.progress.models import AssessmentAttempt, Completion, Enrolment, LearningContext, UnitResult
from lms.progress.rules.dates import end_of_day

DIMENSIONS = ("institution_id", "unit_id", "estamento", "legal_quality")
FIGURES = ("reached", "started", "assessed", "completed")


@dataclass(frozen=True)
class Cell:
    """Counts of distinct people. Dimensions that were not asked for are ``None``, figures 0.

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
    # Not a join: the erased and merged are few and have indexes of their own, the others need no look-up.
    return (
        rows.filter(~Exists(later))
        .exclude(person__in=Person.objects.filter(erased_at__isnull=False))
        .exclude(person__in=Person.objects.filter(merged_into__isnull=False))
    )


def of_person(queryset: QuerySet[Any], person: str = "person_id") -> Exists:
    """Whether the posting's person has such a row."""
    return Exists(queryset.filter(person_id=OuterRef(person)))


def end_of(*, day: date) -> datetime:
    """The first instant after ``day`` in Chile. Compared with ``__date`` it costs no function per row."""
    return end_of_day(day=day, zone=CHILE)


def facts_of(*, course_codes: Sequence[str], cutoff: date) -> dict[str, Exists | Q]:
    """The four figures as conditions on a posting."""
    end = end_of(day=cutoff)
    enrolments = Enrolment.objects.filter(
        course__code__in=course_codes, context=LearningContext.EMPLOYEE, started_at__lt=end
    )
    mine = enrolments.filter(person_id=OuterRef("person_id"))
    completed = of_person(
        Completion.objects.valid_on(cutoff).filter(
            course__code__in=course_codes, context=LearningContext.EMPLOYEE
        )
    )
    return {
        "reached": Exists(mine),
        "started": Q(completed)
        | Q(
            Exists(
                UnitResult.objects.filter(
                    enrolment__person_id=OuterRef("person_id"),
                    enrolment__course__code__in=course_codes,
                    enrolment__context=LearningContext.EMPLOYEE,
                    finished_at__lt=end,
                )
            )
        ),
        "assessed": Exists(
            AssessmentAttempt.objects.filter(
                enrolment__person_id=OuterRef("person_id"),
                enrolment__course__code__in=course_codes,
                enrolment__context=LearningContext.EMPLOYEE,
                submitted_at__lt=end,
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
    figures: Collection[str] = FIGURES,
) -> list[Cell]:
    """Cells with at least one person, ordered by their dimensions. One query.

    Any of the courses counts. ``honorarios`` says whether people paid by fees are in the
    headcount. ``postings`` narrows further (filters of a screen) and comes from
    :func:`principal_postings`. Each of ``figures`` costs a look-up per person: name those needed.

    Raises:
        ValueError: an unknown dimension or figure.
    """
    unknown = (set(dimensions) - set(DIMENSIONS)) | (set(figures) - set(FIGURES))
    if unknown:
        raise ValueError(f"Dimensiones o cifras desconocidas: {sorted(unknown)}")
    rows = postings if postings is not None else principal_postings(
        cutoff=cutoff, institution_id=institution_id, honorarios=honorarios
    )  # fmt: skip
    facts = facts_of(course_codes=course_codes, cutoff=cutoff)
    counted = (
        rows.values(*dimensions)
        .annotate(headcount=Count("pk"), **{name: Count("pk", filter=facts[name]) for name in figures})
        .order_by(*[F(dimension) for dimension in dimensions])
    )
    return [
        Cell(
            institution_id=row.get("institution_id"),
            unit_id=row.get("unit_id"),
            estamento=row.get("estamento"),
            legal_quality=row.get("legal_quality"),
            headcount=row["headcount"],
            reached=row.get("reached", 0),
            started=row.get("started", 0),
            assessed=row.get("assessed", 0),
            completed=row.get("completed", 0),
        )
        for row in counted
    ]
