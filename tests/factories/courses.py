"""Small courses: a catalogue, pages, a bank; and the raw blocks of a lesson."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

import factory
from wagtail.models import Locale, Page, Site

from courses.models import (
    CatalogueIndexPage,
    Competence,
    Course,
    CourseCompetence,
    CourseDraw,
    CoursePage,
    CourseRelease,
    Law,
    LessonPage,
    ModulePage,
)
from courses.outline import (
    AssessmentRule,
    CompetenceSpec,
    CompletionRule,
    CourseOutline,
    DrawSpec,
    ModuleSpec,
    UnitKind,
    UnitSpec,
    outline_to_json,
)
from courses.quizzes.models import Question, QuestionBank
from courses.quizzes.rules import Option, QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.services import hold_releases
from tests.factories.indexes import unindexed

BEGINNING = datetime(2026, 3, 2, 12, 0, tzinfo=ZoneInfo("America/Santiago"))
Raw = dict[str, Any]


class CompetenceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Competence
        django_get_or_create = ("code", "locale")

    code = "INT-1"
    locale = factory.LazyFunction(Locale.get_default)
    name = "Actuar con probidad"


class LawFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Law
        django_get_or_create = ("key",)

    key = "ley-18575"
    name = "Ley N° 18.575, de Bases Generales de la Administración del Estado"
    short = "Ley N° 18.575"
    id_norma = 191865
    version = date(2024, 1, 15)


class QuestionBankFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = QuestionBank
        django_get_or_create = ("code",)

    code = "banco"
    title = "Banco de prueba"


def create_question(
    bank: QuestionBank, *, key: str, correct: Iterable[int] = (0,), **values: Any
) -> Question:
    """A question of three options with the right ones at ``correct``."""
    values = {
        "competence": CompetenceFactory(),
        "stem": f"¿Qué haces en {key}?",
        "source_note": "Prueba",
    } | values
    right = set(correct)
    body = Choice(
        tuple(Option(f"Opción {index}", index in right, f"Explicación {index}") for index in range(3))
    )
    question = Question(bank=bank, key=key, **values)
    question.set_body(QuestionKind.MULTIPLE if len(right) > 1 else QuestionKind.SINGLE, body)
    question.save()
    return question


def create_catalogue() -> CatalogueIndexPage:
    """The catalogue of the default site, made once."""
    found = CatalogueIndexPage.objects.first()
    if found is not None:
        return found
    root = Site.objects.get(is_default_site=True).root_page
    return Page.objects.get(pk=root.pk).add_child(instance=CatalogueIndexPage(title="Cursos", slug="cursos"))


def item(value: Raw) -> Raw:
    """One entry of a list block. Without its id Wagtail would take the whole for the value."""
    return {"type": "item", "value": value, "id": str(uuid5(NAMESPACE_URL, repr(value)))}


def text(words: str = "Pones el interés general primero.") -> Raw:
    return {"type": "text", "value": {"text": f"<p>{words}</p>"}}


def check(key: str, *, correct: Sequence[int] = (1,)) -> Raw:
    options = [
        item({"text": f"Respuesta {i}", "correct": i in correct, "feedback": f"Porque {i}"}) for i in range(3)
    ]
    return {"type": "check", "value": {"key": key, "stem": "¿Qué haces?", "options": options}}


def code_of_ethics(topic: str = "regalos", *, acknowledge: bool = False) -> Raw:
    value = {"topic": topic, "fallback": "<p>Texto general sobre el tema.</p>", "acknowledge": acknowledge}
    return {"type": "code_of_ethics", "value": value}


def local_example(topic: str = "regalos") -> Raw:
    return {"type": "local_example", "value": {"topic": topic, "fallback": "<p>Ejemplo general.</p>"}}


def channels() -> Raw:
    return {"type": "channels", "value": {"intro": "<p>Pregunta a tiempo.</p>"}}


def scene(key: str, *following: str) -> Raw:
    """A scene with one choice for each following scene; an empty one ends the story."""
    choices = [
        {
            "key": chr(ord("a") + index), "text": "Hago algo.", "recap": "Hiciste algo.", "outcome": "Algo pasa.",
            "effects": [item({"who": "Tú", "tone": "good", "label": "Bien", "text": "Sigues."})],
            "next": after,
        }
        for index, after in enumerate(following)
    ]  # fmt: skip
    value = {"key": key, "heading": f"Escena {key}", "text": "<p>Es lunes.</p>", "dialogue": [],
             "question": "¿Qué haces?", "choices": [item(choice) for choice in choices]}  # fmt: skip
    return item(value)


def dilemma(code: str = "la-caja", *, scenes: Sequence[Raw] = (), start: str = "uno") -> Raw:
    scenes = scenes or [scene("uno", "dos", ""), scene("dos", "", "")]
    return {
        "type": "dilemma",
        "value": {
            "code": code, "title": "La caja", "summary": "Llega una caja.", "topic": "regalos",
            "activity_minutes": 6, "reminder_law": None, "reminder_article": "", "reminder_text": "",
            "stakeholders": [item({"name": "Rubén", "stake": "Su permiso."})],
            "start": start, "scenes": list(scenes), "reflection": "¿Cuándo era más fácil?",
            "closing": "<p>Avisa a tiempo.</p>", "law": None, "law_article": "", "law_version": None,
            "law_summary": "",
        },
    }  # fmt: skip


def lesson_body(key: str) -> list[Raw]:
    """The least that a lesson has: words and a practice question."""
    return [text(), check(f"{key}-p1")]


def create_lesson(
    module: ModulePage, *, key: str, body: list[Raw] | None = None, **values: Any
) -> LessonPage:
    """A published lesson at the end of its module."""
    module = ModulePage.objects.get(pk=module.pk)
    values = {"title": f"Lección {key}", "summary": "Aprendes algo.", "slug": key} | values
    page = LessonPage(key=key, **values)
    page.body = page.body.stream_block.to_python(lesson_body(key) if body is None else body)
    return module.add_child(instance=page)


@unindexed()
def create_course(
    *,
    code: str = "curso",
    lessons: Sequence[Sequence[str]] = (("l1", "l2"),),
    questions: int = 3,
    **values: Any,
) -> CoursePage:
    """A published course: a module for each group of lesson keys; without a release yet.

    With ``questions`` it has a final assessment of two questions, drawn from so many.
    """
    title = values.pop("title", "Integridad en la función pública")
    bank = QuestionBankFactory(code=f"banco-{code}") if questions else None
    rules = {"bank": bank, "require_assessment": bool(questions), "require_dilemmas": 0}
    texts = {"short_title": "Integridad", "summary": "Aprende a decir que no.", "topic": "integridad",
             "audience": "Todas las personas", "outcomes": "Reconocer un conflicto\nAvisar a tiempo"}  # fmt: skip
    with hold_releases():
        catalogue = CatalogueIndexPage.objects.get(pk=create_catalogue().pk)
        page = CoursePage(code=code, title=title, slug=code, **(rules | texts | values))
        catalogue.add_child(instance=page)
        CourseCompetence.objects.create(page=page, competence=CompetenceFactory(), level=2)
        for number in range(questions):
            create_question(bank, key=f"p{number}")
        if questions:
            CourseDraw.objects.create(page=page, competence=CompetenceFactory(), count=2)
        for number, keys in enumerate(lessons, start=1):
            module = ModulePage(title=f"Módulo {number}", key=f"m{number}", slug=f"m{number}")
            CoursePage.objects.get(pk=page.pk).add_child(instance=module)
            for key in keys:
                create_lesson(module, key=key)
    return CoursePage.objects.get(pk=page.pk)


def make_outline(**changes: Any) -> CourseOutline:
    """An outline with two modules, a dilemma and an assessment."""
    lesson = UnitSpec("l1", UnitKind.LESSON, "Probidad", 10, "Qué es.", ("INT-1",), ("l1-p1",))
    case = UnitSpec("l2", UnitKind.DILEMMA, "La caja", 15, dilemma="la-caja", checks=("l2-p1",))
    code = UnitSpec("l3", UnitKind.LESSON, "Mi código", 8, acknowledges_code=True)
    test = UnitSpec("final", UnitKind.ASSESSMENT, "Evaluación final", 20, competences=("INT-1",))
    values: dict[str, Any] = {
        "code": "curso", "title": "Integridad: fundamentos", "short_title": "Integridad",
        "summary": "Aprende a decir que no.", "language": "es",
        "modules": (ModuleSpec("m1", "Uno", (lesson, case)), ModuleSpec("m2", "Dos", (code,)),
                    ModuleSpec("final", "Evaluación final", (test,))),
        "completion": CompletionRule(require_dilemmas=1),
        "assessment": AssessmentRule(70, 3, 24, (DrawSpec("INT-1", 10),)),
        "competences": (CompetenceSpec("INT-1", "Actuar con probidad", 2),),
        "outcomes": ("Reconocer un conflicto",), "commitments": (1,), "certificate_months": 24,
    }  # fmt: skip
    return CourseOutline(**(values | changes))


def create_released_course(*, code: str, **changes: Any) -> CoursePage:
    """A course page with a release and no pages below: for the catalogue."""
    with hold_releases():
        page = create_course(code=code, lessons=(), questions=0, **changes)
    course = Course.objects.create(code=code, title=page.title, created_at=BEGINNING)
    CourseRelease.objects.create(
        course=course, number=1, outline_data=outline_to_json(make_outline(code=code, title=page.title, summary=page.summary)),
        structure_hash="a", content_hash="a", published_at=BEGINNING,
    )  # fmt: skip
    return page


def make_question(
    key: str = "p1",
    *,
    correct: Iterable[int] = (0,),
    options: int = 4,
    competence: str = "INT-1",
    difficulty: int = 1,
    tags: tuple[str, ...] = (),
) -> QuestionSpec:
    """A question as plain data; with several right options it is of the multiple kind."""
    right = set(correct)
    return QuestionSpec(
        key=key,
        competence=competence,
        difficulty=difficulty,
        tags=tags,
        kind=QuestionKind.SINGLE if len(right) == 1 else QuestionKind.MULTIPLE,
        stem=f"Situación de {key}",
        body=Choice(
            tuple(
                Option(f"Opción {i} de {key}", i in right, f"Explicación {i} de {key}")
                for i in range(options)
            )
        ),
        source="Ley N° 18.575",
        review="l1",
    )
