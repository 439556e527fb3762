"""A learner at work in two courses, and the yardstick: the text of her lesson on a bare page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Site

from courses.blocks.words import learner_text
from courses.models import CourseRelease
from courses.outline import UnitKind, UnitSpec
from courses.quizzes.rules import QuestionKind
from courses.selectors import get_current_release, get_unit_payload
from lms.demo.services import COURSE
from lms.people.models import Posting
from tests.benchmarks.bare.models import BarePage
from tests.factories.full_course import ASSESSMENT, CODE, GRADED_KINDS, begin_assessment, make_full_course
from tests.factories.integrity import write_code, write_contacts
from tests.factories.learning import make_learner
from tests.personas import client_for

TEN_KINDS = tuple(kind for kind in GRADED_KINDS if kind != QuestionKind.TRUE_FALSE)


@dataclass(frozen=True)
class Visit:
    """``name`` as the table says it; ``client`` asks for ``address``."""

    name: str
    client: Client
    address: str


def set_stage(*, at: datetime) -> list[Visit]:
    """The yardstick first."""
    release = get_current_release(course_code=COURSE)
    lesson = _lesson_with_code(release)
    posting = Posting.objects.filter(person__enrolments__isnull=True).select_related("institution")[0]
    write_code(posting.institution, at, probidad="El interés general primero.")
    write_contacts(posting.institution, at)
    learner = _begin(posting, at)
    bare = _write_bare_page(release, lesson)
    return [
        Visit("Página mínima de Wagtail con el texto de la lección", Client(), bare),
        Visit("La misma, con la sesión de una alumna", learner, bare),
        *(Visit(name, learner, address) for name, address in _pages(release, lesson)),
    ]


def _pages(release: CourseRelease, lesson: UnitSpec) -> Iterator[tuple[str, str]]:
    dilemma = next(unit for unit in release.outline.lessons if unit.kind == UnitKind.DILEMMA)
    attempt = [CODE, ASSESSMENT, 1]
    yield "Lección con el código de ética", reverse("classroom:unit", args=[COURSE, lesson.key])
    yield "Lección con un dilema", reverse("classroom:unit", args=[COURSE, dilemma.key])
    yield "Dilema", reverse("classroom:dilemma", args=[COURSE, dilemma.key])
    yield "Intento, una pregunta", reverse("classroom:question", args=[*attempt, 1])
    yield "Intento, diez preguntas de diez clases", reverse("classroom:sheet", args=attempt)
    yield "Mi aprendizaje (/aula/)", reverse("classroom:home")
    yield "Página del curso", f"/cursos/{COURSE}/"


def _begin(posting: Posting, at: datetime) -> Client:
    """An account for the person, who has begun both courses and the assessment of the second."""
    person = posting.person
    person.user = get_user_model().objects.create_user(
        f"alumna{person.pk}@medicion.example", first_name="Ana"
    )
    person.save(update_fields=["user"])
    make_full_course(at=at, kinds=TEN_KINDS)
    make_learner(person=person, at=at, course=COURSE, posting=posting)
    begin_assessment(learner=make_learner(person=person, at=at, course=CODE, posting=posting), at=at)
    return client_for(person.user)


def _lesson_with_code(release: CourseRelease) -> UnitSpec:
    return next(
        unit
        for unit in release.outline.lessons
        if any(
            block["type"] == "code_of_ethics"
            for block in get_unit_payload(release=release, key=unit.key)["body"]
        )
    )


def _write_bare_page(release: CourseRelease, lesson: UnitSpec) -> str:
    """One block of rich text for each of the lesson's."""
    blocks = get_unit_payload(release=release, key=lesson.key)["body"]
    texts = [learner_text([block], quotes=True).splitlines() for block in blocks]
    page = BarePage(title=lesson.title, slug="vara")
    page.body = [("text", "".join(f"<p>{line}</p>" for line in lines)) for lines in texts]
    Site.objects.get(is_default_site=True).root_page.add_child(instance=page)
    return str(page.url)
