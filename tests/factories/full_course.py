"""A course with everything in it: a lesson with each kind of block, an assessment with each kind of question."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from courses.models import CourseDraw, CoursePage
from courses.quizzes.models import Question
from courses.quizzes.rules import KINDS, QuestionKind
from courses.quizzes.rules.kinds.hotspot import Hotspot
from courses.services import hold_releases, publish_release
from lms.journeys.take_assessment import start_attempt
from lms.journeys.work_through_dilemma import work_through_dilemma
from lms.progress.models import AssessmentAttempt
from tests.courses.kinds.examples import EXAMPLES
from tests.factories.courses import (
    CompetenceFactory,
    LawFactory,
    QuestionBankFactory,
    Raw,
    channels,
    check,
    code_of_ethics,
    create_course,
    create_lesson,
    dilemma,
    text,
)
from tests.factories.learning import Learner
from tests.factories.pictures import make_picture

CODE, LESSON, ASSESSMENT = "completo", "todo", "evaluacion-final"
SENTENCE = "Antes de decidir, pregunta a quién sirve lo que haces y quién puede verse perjudicado. "
PARAGRAPHS, CHECKS = 8, 3
"""With the other blocks a lesson of some 1.100 words: longer than any of ours."""


GRADED_KINDS = tuple(kind for kind in QuestionKind if not KINDS[kind].is_marked_by_person)


def make_full_course(*, at: datetime, kinds: Sequence[QuestionKind] = GRADED_KINDS) -> CoursePage:
    """Published: one lesson, and an assessment that asks one question of each of ``kinds``."""
    bank = QuestionBankFactory(code=CODE)
    with hold_releases():
        page = create_course(code=CODE, lessons=((),), questions=0, bank=bank, require_assessment=True)
        create_lesson(page.get_children().get().specific, key=LESSON, body=every_block())
        CourseDraw.objects.create(page=page, competence=CompetenceFactory(), count=len(kinds))
        picture = make_picture("width-1000")
        for kind in kinds:
            body = EXAMPLES[kind].body
            body = replace(body, image_id=picture) if isinstance(body, Hotspot) else body
            question = Question(bank=bank, key=f"q-{kind}", competence=CompetenceFactory(), stem=SENTENCE * 4)
            question.set_body(kind, body)
            question.save()
    page = CoursePage.objects.get(pk=page.pk)
    publish_release(page=page, at=at)
    return page


def begin_assessment(*, learner: Learner, at: datetime) -> AssessmentAttempt:
    """The learner reads the lesson with all that it asks, and opens the assessment."""
    for number in range(CHECKS):
        learner.answer(LESSON, f"practica-{number}", at)
    work_through_dilemma(
        enrolment_id=learner.enrolment.pk, unit_key=LESSON, dilemma="la-caja", path=(("uno", "b"),), group=10, keys=["llave"],
        platform=learner.platform, at=at,
    )  # fmt: skip
    learner.finish(LESSON, at)
    return start_attempt(
        enrolment_id=learner.enrolment.pk, unit_key=ASSESSMENT, platform=learner.platform, at=at
    )


def every_block() -> list[Raw]:
    """Each kind of block with as much text as a long lesson has."""
    law = LawFactory()
    prose = f"<p>{SENTENCE * 2}</p>"
    paragraphs = [text(SENTENCE * 6) for _ in range(PARAGRAPHS)]
    return [
        *paragraphs,
        {"type": "plain", "value": {"text": prose}},
        *({"type": "law", "value": law_card(law.pk, prose)} for _ in range(2)),
        code_of_ethics("regalos", acknowledge=True),
        channels(),
        {"type": "glossary", "value": {"term": "Probidad", "definition": prose}},
        *({"type": "image", "value": picture()} for _ in range(3)),
        {"type": "video", "value": video(prose * 6)},
        {"type": "document", "value": {"document": document("guia.pdf"), "title": "Guía"}},
        dilemma(),
        *(check(f"practica-{number}") for number in range(CHECKS)),
    ]


def law_card(law: int, summary: str) -> Raw:
    return {
        "law": law,
        "article": "artículo 52",
        "version": "2024-01-15",
        "summary": summary,
        "quote": SENTENCE,
    }


def picture() -> Raw:
    return {
        "image": make_picture("width-800"),
        "alt": "Una mesa con papeles",
        "decorative": False,
        "caption": SENTENCE,
    }


def video(transcript: str) -> Raw:
    return {
        "title": "Un caso", "video": document("caso.mp4"), "captions": document("caso.vtt"),
        "transcript": transcript, "duration": "3 min 40 s",
    }  # fmt: skip


def document(name: str) -> int:
    """The id of a small file of ours."""
    found = get_document_model().objects.create(title=name, file=ContentFile(b"x", name=name))
    number: int = found.pk
    return number
