"""Records that HR may attest, correct and show: what happened while the person worked there."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from courses.models import Course
from courses.selectors import list_courses_with_release
from lms.lib.clock import local_date
from lms.people.models import Person, Posting, Role
from lms.people.policy import Action, Grant, NotAllowedError, Viewer, grants_for, reach_of, require
from lms.progress.authorship import Author
from lms.progress.models import Completion, LearningContext, RecordQuestion
from lms.progress.selectors.questions import find_question, list_questions
from lms.progress.selectors.record import READ_WITH, CompletionLine, list_completions, to_completion_lines
from lms.reports.people.selectors_people import Span, is_within, list_postings, spans_of


@dataclass(frozen=True)
class PersonRecord:
    """Completions of a person. ``may_read``: papers and reasons too, which a team lead is not told."""

    lines: list[CompletionLine]
    may_read: bool
    may_correct: bool


@dataclass(frozen=True)
class Handled:
    """A completion in the hands of the viewer, the grant that allows it and the institution it is of."""

    line: CompletionLine
    person: Person
    grant: Grant
    institution_id: int

    @property
    def completion(self) -> Completion:
        return self.line.completion


@dataclass(frozen=True)
class Attestable:
    """A person, and its jobs where the viewer answers for it with the grants that say so."""

    person: Person
    places: list[tuple[Posting, Grant]]

    def place_on(self, day: date) -> tuple[Posting, Grant]:
        """The job of that day; of days without one, the latest."""
        for posting, grant in self.places:
            if is_within(day=day, spans=spans_of(postings=[posting])):
                return posting, grant
        return self.places[0]


@dataclass(frozen=True)
class Asked:
    """A question in the hands of the viewer."""

    question: RecordQuestion
    grant: Grant


def record_of(*, viewer: Viewer, person_id: int, postings: list[Posting]) -> PersonRecord:
    """What the person began and completed at work on days of these postings. Two queries.

    Nor is told what was graded again on another day.
    """
    spans = spans_of(postings=postings)
    lines = [
        _within(line, spans)
        for line in list_completions(person_id=person_id, at_work_only=True)
        if is_within(day=line.completion.completed_on, spans=spans)
        and is_within(day=local_date(line.completion.enrolment.started_at), spans=spans)
    ]
    places = {posting.institution_id for posting in postings}
    may_correct = _covers_any(viewer, Action.CORRECT_RECORD, places) and viewer.person_id != person_id
    return PersonRecord(lines, _covers_any(viewer, Action.READ_QUESTIONS, places), may_correct)


def _within(line: CompletionLine, spans: list[Span]) -> CompletionLine:
    told = [one for one in line.regrades if is_within(day=local_date(one.regrade.made_at), spans=spans)]
    return replace(line, regrades=tuple(told))


def _covers_any(viewer: Viewer, action: Action, institution_ids: set[int]) -> bool:
    return any(
        grant.covers(place) for grant in grants_for(viewer=viewer, action=action) for place in institution_ids
    )


def get_attestable(*, viewer: Viewer, public_id: UUID) -> Attestable:
    """A person whose record the viewer may correct. Two queries.

    Raises:
        NotAllowedError: no such person, nobody of an institution of the viewer, or the viewer.
    """
    person = Person.objects.present().filter(public_id=public_id).first()
    if person is None or person.pk == viewer.person_id:
        raise NotAllowedError(Action.CORRECT_RECORD)
    postings = list_postings(person_id=person.pk, reach=reach_of(viewer=viewer, action=Action.CORRECT_RECORD))
    places = [
        (posting, grant)
        for posting in postings
        for grant in grants_for(viewer=viewer, action=Action.CORRECT_RECORD)
        if grant.covers(posting.institution_id)
    ]
    if not places:
        raise NotAllowedError(Action.CORRECT_RECORD)
    return Attestable(person, places)


def get_handled(*, viewer: Viewer, public_id: UUID, action: Action) -> Handled:
    """A completion that the viewer may correct (or see, by ``action``). Three queries.

    Raises:
        NotAllowedError: there is none, of a citizen, or of days outside the viewer's institutions.
    """
    rows = Completion.objects.filter(public_id=public_id, context=LearningContext.EMPLOYEE)
    row = rows.select_related("person", *READ_WITH).first()
    if row is None or row.person.erased_at is not None or _is_own(viewer, row.person_id, action):
        raise NotAllowedError(action)
    postings = list_postings(person_id=row.person_id, reach=reach_of(viewer=viewer, action=action))
    for posting in postings:
        if not is_within(day=row.completed_on, spans=spans_of(postings=[posting])):
            continue
        for grant in grants_for(viewer=viewer, action=action):
            if grant.covers(posting.institution_id, posting.unit_id):
                line = to_completion_lines([row])[0]
                return Handled(line, row.person, grant, posting.institution_id)
    raise NotAllowedError(action)


def get_asked(*, viewer: Viewer, public_id: UUID, action: Action) -> Asked:
    """A question that the viewer may read (or answer, by ``action``). One query.

    Raises:
        NotAllowedError: there is none, or to another institution.
    """
    question = find_question(public_id=public_id)
    if question is None or _is_own(viewer, question.person_id, action):
        raise NotAllowedError(action)
    grant = require(viewer=viewer, action=action, institution_id=question.institution_id)
    return Asked(question, grant)


def list_asked(*, viewer: Viewer, state: str) -> QuerySet[RecordQuestion]:
    """Questions that the viewer may read, who waits longest first."""
    return list_questions(reach=reach_of(viewer=viewer, action=Action.READ_QUESTIONS), state=state)


def author_of(*, viewer: Viewer, grant: Grant, institution_id: int) -> Author:
    """The viewer as the author of what is written. No query."""
    label = f"{viewer.person_name} ({Role(grant.role).label})"
    return Author(viewer.user_id, grant.role, institution_id, label)


def list_courses() -> list[Course]:
    """Courses that can be attested: any that was ever published. One query."""
    return list(list_courses_with_release())


def _is_own(viewer: Viewer, person_id: int, action: Action) -> bool:
    """Nobody corrects, or answers about, the own record."""
    return action == Action.CORRECT_RECORD and viewer.person_id == person_id
