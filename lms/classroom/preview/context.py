"""What the pages of a preview show beside the learner's own templates."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from courses.authoring.drafts import read_draft
from courses.freezing import freeze_lesson
from courses.models import Course, CoursePage, LessonPage
from courses.outline import UnitSpec
from courses.quizzes.models import Question
from courses.quizzes.rules import draw_order, show_question
from courses.selectors import list_terms, to_stream
from lms.classroom.lessons import build_parts, list_landmarks
from lms.classroom.preview.asked import list_requirements
from lms.classroom.preview.forms import LearnerForm
from lms.classroom.preview.learner import PreviewLearner, read_learner
from lms.classroom.questions import Inputs, own_words, read_pictures, to_inputs
from lms.lib import clock


@dataclass(frozen=True)
class Preview:
    """``addresses``: where the previews of other lessons are, by key."""

    learner: PreviewLearner
    day: date
    form: LearnerForm
    addresses: dict[str, str] = field(default_factory=dict)
    requirements: tuple[str, ...] = ()

    def address(self, unit: UnitSpec) -> str:
        """The preview of a unit; nowhere for the assessment, and for what was not saved yet."""
        return self.addresses.get(unit.key, "#")


@dataclass(frozen=True)
class NoProgress:
    """Somebody who has just begun."""

    lessons_total: int
    lessons_done: int = 0


@dataclass(frozen=True)
class SolvedQuestion:
    """A question as it is asked, and its solution in words; empty where a person gives the points."""

    inputs: Inputs
    solution: str
    source: str


def read_preview(request: HttpRequest, *, course_code: str = "") -> Preview:
    """As whom the author looks. At most ten queries; ``course_code``: asks who has to take it."""
    learner, day = read_learner(request.session), clock.local_date(clock.now())
    form = LearnerForm(day=day, initial={"institution": learner.institution, "estamento": learner.estamento})
    course = Course.objects.filter(code=course_code).first() if course_code else None
    asked = list_requirements(course_id=course.pk, learner=learner, day=day) if course else []
    return Preview(learner, day, form, requirements=tuple(asked))


def lesson_context(request: HttpRequest, page: LessonPage) -> dict[str, Any]:
    """All that the lesson's own page shows, for a lesson that is being written."""
    module = page.get_parent()
    course: CoursePage = module.get_parent().get_latest_revision_as_object()
    draft = read_draft(course=course, lesson=page)
    preview = read_preview(request)
    unit, payload = freeze_lesson(page, list_terms())
    preview.addresses.update(
        {key: reverse("wagtailadmin_pages:view_draft", args=[pk]) for key, pk in draft.pages.items()}
    )
    parts = build_parts(
        stream=to_stream(payload["body"]),
        answers={},
        insert=preview.learner.insert(kinds={block["type"] for block in payload["body"]}, day=preview.day),
    )
    before, after = draft.outline.neighbours(unit.key)
    return {
        "preview": preview,
        "outline": draft.outline,
        "module": draft.outline.module_of(unit.key),
        "unit": unit,
        "payload": payload,
        "language": draft.outline.language,
        "parts": parts,
        "landmarks": list_landmarks(parts),
        "standing": NoProgress(len(draft.outline.lessons)),
        "finished": frozenset(),
        "before": before,
        "after": after,
    }


def solved_question(question: Question) -> SolvedQuestion:
    """The question in a drawn order. One query where it has a picture."""
    spec = question.to_spec()
    drawn = draw_order(question=spec, chance=Random(spec.key))  # noqa: S311 - an order to look at
    shown = show_question(question=spec, drawn=drawn)
    inputs = to_inputs(question=shown, name="q1", pictures=read_pictures([shown]))
    return SolvedQuestion(inputs, spec.tell(spec.solve(), own_words()), spec.source)
