"""Changes of a course that people learn, as an author makes them."""

from datetime import datetime, timedelta

from courses.models import (
    CoursePage,
    LessonPage,
    ModulePage,
    ReleaseChange,
)
from courses.services import (
    decide_release,
)
from tests.factories.learning import Learner, block, make_learner
from tests.factories.people import PersonFactory

Mode = ReleaseChange.Mode
LATER = timedelta(days=3)


def learn(at: datetime, *, whole: bool = True) -> Learner:
    learner = make_learner(person=PersonFactory(), at=at)
    if whole:
        learner.complete(at)
    return learner


def reword(text: str = "Cambió la ley: ahora son diez días.", *, key: str = "l1") -> None:
    """Another text at the end of a lesson, published as an author does."""
    lesson = LessonPage.objects.get(key=key)
    raw = [*lesson.body.get_prep_value(), block("text", {"text": f"<p>{text}</p>"})]
    lesson.body = LessonPage.body.field.stream_block.to_python(raw)
    lesson.save_revision().publish()


def add_lesson() -> None:
    module = ModulePage.objects.get()
    lesson = LessonPage(title="Lección nueva", key="l4", slug="l4", summary="Algo más.")
    lesson.body = LessonPage.body.field.stream_block.to_python([block("text", {"text": "<p>Nuevo.</p>"})])
    module.add_child(instance=lesson)
    lesson.save_revision().publish()


def ask_for_more() -> None:
    course = CoursePage.objects.get()
    course.pass_percent = 80
    course.save_revision().publish()


def decide(mode: str, at: datetime) -> ReleaseChange:
    return decide_release(
        page=CoursePage.objects.get(), mode=mode, summary="Son diez días.", user_id=None, at=at
    )
