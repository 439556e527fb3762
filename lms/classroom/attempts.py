"""An attempt in front of its learner: who may enter it, and what all its pages show."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest
from django.urls import reverse

from courses.outline import AssessmentRule, CourseOutline, UnitKind
from courses.quizzes.rules import DrawnQuestion, QuestionSpec, ShownQuestion, show_question
from courses.selectors import UnitText, get_unit_text, questions_of
from lms.classroom.access import Place, enter
from lms.classroom.questions import Inputs, read_pictures, to_inputs
from lms.journeys.take_assessment import close_if_over
from lms.progress.models import AnswerEvent, AssessmentAttempt
from lms.progress.selectors.attempts import current_answers, drawn_of
from lms.xapi.platform import current_platform


@dataclass(frozen=True)
class MapEntry:
    """One question in the map: answered, flagged, current."""

    number: int
    is_answered: bool
    is_flagged: bool
    is_current: bool


@dataclass(frozen=True)
class AskedQuestion:
    """A question on a page. Its fields' names begin with ``q`` and its position."""

    position: int
    inputs: Inputs
    is_flagged: bool

    @property
    def flag_name(self) -> str:
        return flag_name(self.position)


def field_name(position: int) -> str:
    return f"q{position}"


def flag_name(position: int) -> str:
    return f"revisar{position}"


@dataclass
class Sitting:
    """A learner at an attempt of their own."""

    place: Place
    attempt: AssessmentAttempt

    @property
    def is_open(self) -> bool:
        return self.attempt.state == AssessmentAttempt.State.OPEN

    @cached_property
    def drawn(self) -> tuple[DrawnQuestion, ...]:
        return drawn_of(self.attempt)

    @cached_property
    def text(self) -> UnitText:
        """The assessment as the attempt has it, in the learner's language where there is one. One query."""
        return get_unit_text(
            release=self.attempt.release, key=self.attempt.unit_key, language=self.place.language
        )

    @cached_property
    def questions(self) -> dict[str, QuestionSpec]:
        """With their keys: for the server only."""
        return questions_of(self.text)

    @cached_property
    def answers(self) -> dict[str, AnswerEvent]:
        return current_answers(attempt=self.attempt)

    def item(self, position: int) -> DrawnQuestion:
        """The question at a place, from 1.

        Raises:
            Http404: the attempt has no such place.
        """
        if not 1 <= position <= len(self.drawn):
            raise Http404
        return self.drawn[position - 1]

    def asked(self, *positions: int) -> list[AskedQuestion]:
        """What is shown at these places. One query where something has a picture.

        Raises:
            Http404: the attempt has no such place.
        """
        shown = {position: self._shown(position) for position in positions}
        pictures = read_pictures(shown.values())
        return [
            AskedQuestion(
                position,
                to_inputs(question=question, name=field_name(position), pictures=pictures),
                is_flagged=self._is_flagged(position),
            )
            for position, question in shown.items()
        ]

    def _shown(self, position: int) -> ShownQuestion:
        item = self.item(position)
        event = self.answers.get(item.key)
        return show_question(
            question=self.questions[item.key], drawn=item, answer=event.answer if event else None
        )

    def _is_flagged(self, position: int) -> bool:
        event = self.answers.get(self.item(position).key)
        return bool(event and event.is_flagged)

    def entries(self, current: int = 0) -> list[MapEntry]:
        """The map of the attempt. No further query."""
        found = [(number, self.answers.get(item.key)) for number, item in enumerate(self.drawn, 1)]
        return [
            MapEntry(
                number,
                bool(event and event.answer is not None),
                bool(event and event.is_flagged),
                number == current,
            )
            for number, event in found
        ]

    def frame(self, current: int = 0) -> dict[str, object]:
        """What the pages of an attempt share."""
        entries = self.entries(current)
        return {
            "place": self.place,
            "outline": self.place.outline,
            "unit": self.place.unit,
            "rule": get_rule(self.place.outline),
            "attempt": self.attempt,
            "language": self.text.language,
            "now": self.place.at,
            "entries": entries,
            "answered": sum(entry.is_answered for entry in entries),
            "flagged": sum(entry.is_flagged for entry in entries),
        }

    def url(self, name: str, *more: int) -> str:
        """The address of a page of this attempt."""
        where = [self.place.outline.code, self.place.unit.key, self.attempt.number, *more]
        return reverse(f"classroom:{name}", args=where)


def get_rule(outline: CourseOutline) -> AssessmentRule:
    """The rule of the course's assessment.

    Raises:
        Http404: it has none.
    """
    if outline.assessment is None:
        raise Http404
    return outline.assessment


def enter_assessment(*, request: HttpRequest, course_code: str, unit_key: str) -> Place:
    """See :func:`lms.classroom.access.enter`."""
    return enter(request=request, course_code=course_code, unit_key=unit_key, kind=UnitKind.ASSESSMENT)


def enter_attempt(*, request: HttpRequest, course_code: str, unit_key: str, number: int) -> Sitting:
    """The learner's own attempt, handed in if its time has run out; anybody else's does not exist.

    Raises:
        lms.classroom.access.NotEnrolledError: not taken up.
        Http404: no such attempt.
    """
    place = enter_assessment(request=request, course_code=course_code, unit_key=unit_key)
    rows = place.enrolment.attempts.filter(unit_key=place.unit.key, number=number)
    attempt = rows.select_related("release").prefetch_related("events").first()
    if attempt is None:
        raise Http404
    return Sitting(place, close_if_over(attempt=attempt, platform=current_platform(), at=place.at))
