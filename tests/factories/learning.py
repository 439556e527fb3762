"""A small published course and learners in it, through the real services."""

from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from wagtail.models import Page

from courses.models import (
    CatalogueIndexPage,
    Competence,
    CourseCompetence,
    CourseDraw,
    CoursePage,
    CourseRelease,
    Law,
    LessonPage,
    ModulePage,
)
from courses.quizzes.models import Question, QuestionBank
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.selectors import list_questions
from courses.services import hold_releases, publish_release
from lms.journeys.answer_check import answer_check
from lms.journeys.enrol import enrol
from lms.journeys.finish_unit import finish_unit
from lms.journeys.take_assessment import hand_in_attempt, start_attempt
from lms.journeys.work_through_dilemma import work_through_dilemma
from lms.people.models import Person, Posting
from lms.progress.models import AssessmentAttempt, Enrolment
from lms.progress.selectors.attempts import drawn_of
from lms.progress.services.attempts import save_answer
from lms.xapi.platform import Platform, current_platform
from tests.factories.courses import item
from tests.factories.indexes import unindexed

OPTIONS = [
    {"text": "Sí", "correct": True, "feedback": "Bien: es lo que pide la ley."},
    {"text": "No", "correct": False, "feedback": "Mira de nuevo la tarjeta de la ley."},
]


def block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "value": value, "id": f"{kind}-{abs(hash(str(value)))}"}


def check_block(key: str) -> dict[str, Any]:
    return block("check", {"key": key, "stem": "¿Corresponde?", "options": [item(o) for o in OPTIONS]})


def dilemma_block() -> dict[str, Any]:
    """Two scenes: ``a`` at the start leads to the second, ``b`` ends at once."""

    def choice(key: str, following: str) -> dict[str, Any]:
        effect = {"who": "Para ti", "tone": "good", "label": "Tranquila", "text": "Duermes bien."}
        return item(
            {
                "key": key,
                "text": f"Elijo {key}",
                "recap": f"Elegiste {key}.",
                "outcome": f"Pasó lo de {key}.",
                "effects": [item(effect)],
                "next": following,
            }
        )

    def scene(key: str, choices: list[dict[str, Any]]) -> dict[str, Any]:
        return item(
            {
                "key": key,
                "heading": f"Escena {key}",
                "text": "<p>Algo pasa.</p>",
                "dialogue": [],
                "question": "¿Qué haces?",
                "choices": choices,
            }
        )

    return block(
        "dilemma",
        {
            "code": "el-caso",
            "title": "El caso",
            "summary": "Un caso.",
            "topic": "conflictos",
            "activity_minutes": 5,
            "stakeholders": [item({"name": "Tú", "stake": "Tu nombre."})],
            "reminder_law": None,
            "reminder_article": "",
            "reminder_text": "",
            "start": "uno",
            "scenes": [
                scene("uno", [choice("a", "dos"), choice("b", "")]),
                scene("dos", [choice("a", ""), choice("b", "")]),
            ],
            "reflection": "¿Y ahora?",
            "closing": "<p>Para llevar.</p>",
            "law": None,
            "law_article": "",
            "law_version": None,
            "law_summary": "",
        },
    )


@unindexed()
def make_course(*, at: datetime, code: str = "curso", **fields: Any) -> CoursePage:
    """Module m1 with l1 (a law card, a question), l2 (the institution's code), l3 (a dilemma, a question);
    final assessment of three questions out of six."""
    catalogue = CatalogueIndexPage.objects.first() or Page.objects.get(
        sites_rooted_here__is_default_site=True
    ).add_child(instance=CatalogueIndexPage(title="Cursos", slug="cursos"))
    law, _ = Law.objects.get_or_create(
        key="ley-18575", defaults={"name": "Ley 18.575", "short": "Ley 18.575", "id_norma": 191865}
    )
    one, _ = Competence.objects.get_or_create(code="INT-1", defaults={"name": "Actuar con probidad"})
    two, _ = Competence.objects.get_or_create(code="INT-2", defaults={"name": "Gestionar conflictos"})
    bank, is_new = QuestionBank.objects.get_or_create(code="banco", defaults={"title": "Banco"})
    if is_new:
        for number in range(6):
            make_question(bank, f"q{number}", one if number < 4 else two)
    with hold_releases():
        page = CoursePage(
            **{
                "title": "Curso de prueba",
                "slug": code,
                "code": code,
                "short_title": "Curso",
                "summary": "De qué trata.",
                "topic": "integridad",
                "audience": "Todas las personas",
                "outcomes": "Reconocer un conflicto.",
                "commitments": "1",
                "bank": bank,
                **fields,
            }
        )
        page.competences = [
            CourseCompetence(competence=one, level=2),
            CourseCompetence(competence=two, level=1),
        ]
        page.draws = [CourseDraw(competence=one, count=2), CourseDraw(competence=two, count=1)]
        catalogue.refresh_from_db()
        catalogue.add_child(instance=page)
        module = page.add_child(instance=ModulePage(title="Módulo uno", key="m1", slug="m1"))
        text = block("text", {"text": "<p>La función pública sirve a todas las personas.</p>"})
        card = block(
            "law",
            {
                "law": law.pk,
                "article": "artículo 52",
                "version": "2024-01-15",
                "summary": "<p>El interés general va primero.</p>",
                "quote": "conducta funcionaria intachable",
            },
        )
        ethics = block(
            "code_of_ethics", {"topic": "regalos", "fallback": "<p>Texto general.</p>", "acknowledge": True}
        )
        channels = block("channels", {"intro": "<p>Pregunta a tiempo.</p>"})
        bodies = {
            "l1": [text, card, check_block("p1")],
            "l2": [text, ethics, channels],
            "l3": [dilemma_block(), check_block("p3")],
        }
        for key, body in bodies.items():
            lesson = LessonPage(title=f"Lección {key}", key=key, slug=key, summary="Qué se aprende.")
            lesson.body = LessonPage.body.field.stream_block.to_python(body)
            module.add_child(instance=lesson)
    publish_release(page=page, at=at)
    return page


def make_question(bank: QuestionBank, key: str, competence: Competence) -> Question:
    question = Question(bank=bank, key=key, competence=competence, stem=f"¿Qué haces en {key}?")
    question.set_body(QuestionKind.SINGLE, Choice(tuple(Option(**option) for option in OPTIONS)))
    question.save()
    return question


@dataclass
class Learner:
    """A person in a course, who acts through the journeys."""

    person: Person
    enrolment: Enrolment
    platform: Platform

    @property
    def release(self) -> CourseRelease:
        release: CourseRelease = self.enrolment.release
        return release

    def answer(self, unit: str, check: str, at: datetime, option: int = 0) -> None:
        answer_check(
            enrolment_id=self.enrolment.pk, unit_key=unit, check_key=check, options=OPTIONS, option=option,
            platform=self.platform, at=at,
        )  # fmt: skip

    def finish(self, unit: str, at: datetime) -> Any:
        return finish_unit(
            enrolment_id=self.enrolment.pk, unit_key=unit, source="web", platform=self.platform, at=at
        )

    def dilemma(
        self, at: datetime, path: tuple[tuple[str, str], ...] = (("uno", "b"),), group: int = 10
    ) -> bool:
        return work_through_dilemma(
            enrolment_id=self.enrolment.pk, unit_key="l3", dilemma="el-caso", path=path, group=group, keys=["llave"],
            platform=self.platform, at=at,
        )  # fmt: skip

    def read_everything(self, at: datetime) -> None:
        self.answer("l1", "p1", at)
        self.finish("l1", at)
        self.finish("l2", at)
        self.dilemma(at)
        self.answer("l3", "p3", at)
        self.finish("l3", at)

    def take_assessment(self, at: datetime, *, right: bool = True, seed: int = 1) -> AssessmentAttempt:
        attempt = start_attempt(
            enrolment_id=self.enrolment.pk,
            unit_key="evaluacion-final",
            platform=self.platform,
            at=at,
            chance=Random(seed),
        )
        questions = list_questions(release=attempt.release, key=attempt.unit_key)
        for drawn in drawn_of(attempt):
            body = questions[drawn.key].body
            wrong = [index for index in range(len(body.options)) if index not in body.correct][:1]
            save_answer(
                attempt_id=attempt.pk, question=questions[drawn.key],
                answer=sorted(body.correct) if right else wrong, is_flagged=False, at=at,
            )  # fmt: skip
        graded, _grade, _completion = hand_in_attempt(attempt=attempt, platform=self.platform, at=at)
        return graded

    def complete(self, at: datetime) -> None:
        self.read_everything(at)
        self.take_assessment(at)


def make_learner(
    *, person: Person, at: datetime, course: str = "curso", posting: Posting | None = None, context: str = ""
) -> Learner:
    """Enrol the person: as an employee with a posting, else as a citizen."""
    platform = current_platform()
    enrolment, _new = enrol(
        person=person,
        course_code=course,
        context=context or ("employee" if posting else "citizen"),
        posting=posting,
        platform=platform,
        at=at,
    )
    return Learner(person, enrolment, platform)
