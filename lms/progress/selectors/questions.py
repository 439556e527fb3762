"""Reading questions about records."""

from datetime import datetime
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from lms.people.policy import Reach
from lms.progress.models import Exemption, QuestionSubject, RecordQuestion, TrainingRequirement

State = RecordQuestion.State


def list_own_questions(*, person_id: int) -> list[RecordQuestion]:
    """The person's questions, the latest first. One query."""
    return list(RecordQuestion.objects.filter(person_id=person_id))


def list_answered_since(*, person_id: int, since: datetime) -> list[RecordQuestion]:
    """The person's questions that were answered since, and wait for nothing. One query."""
    rows = RecordQuestion.objects.filter(
        person_id=person_id, state__in=(State.ANSWERED, State.CORRECTED), answers__answered_at__gte=since
    )
    return list(rows.distinct())


def find_own_question(*, person_id: int, public_id: UUID) -> RecordQuestion | None:
    """One of them, with its institution. Two queries."""
    rows = RecordQuestion.objects.filter(person_id=person_id, public_id=public_id)
    return rows.select_related("institution").prefetch_related("answers").first()


def list_questions(*, reach: Reach, state: str) -> QuerySet[RecordQuestion]:
    """Questions to these institutions in one state, or in all: who waits longest first."""
    place = (
        Q() if reach.everywhere else Q(institution_id__in=reach.institution_ids)
    )  # whole institutions only: who leads a unit does not read what its people question
    rows = RecordQuestion.objects.filter(place, person__erased_at__isnull=True)
    rows = rows.select_related("person", "institution")
    if state:
        rows = rows.filter(state=state)
    waiting = Coalesce(F("replied_at"), F("asked_at"))
    return rows.annotate(waiting=waiting).order_by("waiting", "pk")


def find_question(*, public_id: UUID) -> RecordQuestion | None:
    """One question with its person. One query."""
    rows = RecordQuestion.objects.select_related("person", "institution")
    return rows.filter(public_id=public_id, person__erased_at__isnull=True).first()


def find_exemption_since(*, question: RecordQuestion) -> Exemption | None:
    """What HR exempted the person from since it asked about a requirement. One query, or none."""
    if question.subject not in (QuestionSubject.DUE_DATE, QuestionSubject.STANDING):
        return None
    asked = Exemption.objects.filter(person_id=question.person_id, requirement__public_id=question.key)
    return asked.filter(granted_at__gte=question.waits_since).order_by("-pk").first()


def find_questioned_requirement(*, question: RecordQuestion) -> TrainingRequirement | None:
    """The requirement that the question is about. One query, or none."""
    if question.subject not in (QuestionSubject.DUE_DATE, QuestionSubject.STANDING):
        return None
    return TrainingRequirement.objects.filter(public_id=question.key).first()
