"""Each rule finds its fault, and nothing in a lesson that is right. No database."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from courses.glossary import Term
from courses.quality.rules import (
    BLOCKING,
    Block,
    CompetenceText,
    CourseText,
    FileText,
    Finding,
    LawText,
    LessonText,
    LinkState,
    Rule,
    check_course,
)
from courses.quality.rules.contrast import contrast_of
from courses.quality.rules.weight import FRAME, weigh
from courses.quality.words import WORDS, advise, tell
from courses.quizzes.rules import OpenAnswer, Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.open_answer import Criterion, Level
from tests.factories.courses import make_question

URL = "https://www.bcn.cl/leychile"
SENTENCE = "Avisa a tu jefatura antes de abrir la carpeta. "

Value = dict[str, Any]


def item(**values: Any) -> Value:
    return {"type": "item", "value": values}


def video(**changes: Any) -> Value:
    return {"title": "Un caso", "video": 1, "captions": 2, "transcript": "<p>Hola.</p>"} | changes


def law(**changes: Any) -> Value:
    return {"law": 1, "summary": "<p>No aceptes regalos.</p>", "version": "2024-01-15"} | changes


def options(*feedback: str) -> Value:
    rows = [item(text=f"Opción {n}", correct=not n, feedback=words) for n, words in enumerate(feedback)]
    return {"key": "p1", "stem": "¿Qué haces?", "options": rows}


WORLD = CourseText(
    title="Integridad",
    is_assessed=True,
    competences=(CompetenceText("INT-1", "Actuar con probidad"),),
    questions=(make_question(),),
    laws={1: LawText("Ley N° 18.575", date(2024, 1, 15), URL)},
    images={1: FileText("puerta.jpg", 2000)},
    documents={1: FileText("caso.mp4", 9_000_000), 2: FileText("caso.vtt", 500), 3: FileText("x.txt", 9)},
    terms=(
        Term("UTM", (), "Suma de dinero."),
        Term("usar", avoid=("utilizar", "hacer uso de")),
        Term("antes de", avoid=("previo a",)),
    ),
)


def find(*blocks: tuple[str, Value], world: CourseText = WORLD) -> list[Finding]:
    """What is found in a lesson of these blocks."""
    made = tuple(Block(f"b{number}", kind, value) for number, (kind, value) in enumerate(blocks))
    return check_course(replace(world, lessons=(LessonText("l1", "Lección", "Aprendes.", made),)))


def rules(found: Iterable[Finding]) -> list[Rule]:
    return [finding.rule for finding in found]


def rich(html: str) -> tuple[str, Value]:
    return "text", {"text": html}


RIGHT = [
    rich("<h2>Título</h2><p>Avisa <b>a tiempo</b>.</p><h3>Otro</h3><h2>Vuelta</h2>"),
    rich("<p><b>Nunca te quedes con la caja.</b></p><ul><li><b>Primero</b></li></ul>"),
    rich(f'<p><a href="{URL}">Lee la ley</a> <a linktype="page" id="3">aquí mismo</a></p>'),
    rich("<table><caption>Plazos</caption><tr><th>Día</th></tr><tr><td>1</td></tr></table>"),
    rich('<p style="color:#000; background-color: #fff">Negro</p><p style="margin: 0">Nada</p>'),
    rich("<p>El Consejo para la Transparencia (CPLT) decide. El CPLT responde.</p>"),
    rich("<p>SENCE (Servicio Nacional de Capacitación). Son 3 UTM. Tu RUN. Siglo XXI.</p>"),
    ("plain", {"text": "<h3>Bajo el título del bloque</h3><p>Si dudas, pregunta.</p>"}),
    ("image", {"image": 1, "alt": "Una puerta abierta", "decorative": False}),
    ("image", {"image": 1, "alt": "", "decorative": True}),
    ("video", video()),
    ("law", law()),
    ("law", law(version="2025-01-01")),
    ("check", options("Sí.", "No.")),
    ("document", {"document": 3, "title": "Guía"}),
]  # fmt: skip


@pytest.mark.parametrize("block", RIGHT, ids=lambda block: block[0])
def test_nothing_is_found_in_what_is_right(block: tuple[str, Value]) -> None:
    assert find(block) == []


def test_a_lesson_must_say_what_is_learned() -> None:
    found = check_course(replace(WORLD, lessons=(LessonText("l1", "Uno", " "),)))
    assert [(one.rule, one.lesson, one.is_blocking) for one in found] == [(Rule.SUMMARY_MISSING, "l1", True)]


WRONG: list[tuple[Rule, tuple[str, Value]]] = [
    (Rule.HEADING_EMPTY, rich("<h2> </h2><p>Uno.</p>")),
    (Rule.HEADING_SKIPPED, rich("<h3>Sin padre</h3><p>Uno.</p>")),
    (Rule.HEADING_MISSING, rich(f"<p>{SENTENCE * 40}</p>")),
    (Rule.HEADING_FAKE, rich("<p><b>Cómo avisar</b></p><p>Escribe.</p>")),
    (Rule.IMAGE_WITHOUT_ALT, ("image", {"image": 1, "alt": " ", "decorative": False})),
    (Rule.ALT_SAYS_NOTHING, ("image", {"image": 1, "alt": "IMG_2034"})),
    (Rule.ALT_SAYS_NOTHING, ("image", {"image": 1, "alt": "Foto."})),
    (Rule.ALT_LONG, ("image", {"image": 1, "alt": "Una puerta abierta y " * 9})),
    (Rule.VIDEO_WITHOUT_CAPTIONS, ("video", video(captions=None))),
    (Rule.VIDEO_WITHOUT_CAPTIONS, ("video", video(captions=3))),
    (Rule.VIDEO_WITHOUT_TRANSCRIPT, ("video", video(transcript="<p> </p>"))),
    (Rule.CONTRAST_LOW, rich('<p style="COLOR: #999">Gris</p>')),
    (Rule.CONTRAST_LOW, rich('<p><span style="color:#fff;background:rgb(255, 255, 0)">Blanco</span></p>')),
    (Rule.TABLE_WITHOUT_HEADERS, rich("<table><caption>Plazos</caption><tr><td>1</td></tr></table>")),
    (Rule.TABLE_WITHOUT_CAPTION, rich("<table><tr><th>Día</th></tr></table>")),
    (Rule.LINK_SAYS_NOTHING, rich(f'<p>Míralo <a href="{URL}">aquí</a>.</p>')),
    (Rule.LINK_SAYS_NOTHING, rich(f'<p><a href="{URL}">{URL}</a></p>')),
    (Rule.READING_HARD, rich(f"<p>{'Institucionalización consuetudinaria interinstitucional. ' * 20}</p>")),
    (Rule.SENTENCE_LONG, rich("<p>" + "La ley de hoy te da un mes y dos más " * 4 + ".</p>")),
    (Rule.ACRONYM_UNEXPLAINED, rich("<p>Lo ve el CPLT.</p>")),
    (Rule.JARGON, rich("<p>Hay que hacer uso de la sala.</p>")),
    (Rule.LAW_OUTDATED, ("law", law(version="2023-12-31"))),
    (Rule.LAW_WITHOUT_VERSION, ("law", law(version=None))),
    (Rule.CHECK_WITHOUT_FEEDBACK, ("check", options("Sí.", " "))),
    (Rule.PAGE_HEAVY, ("check", options(*["Sí."] * 400))),
]


@pytest.mark.parametrize(("rule", "block"), WRONG, ids=[rule for rule, _block in WRONG])
def test_a_fault_is_found_alone_where_it_is_and_told(rule: Rule, block: tuple[str, Value]) -> None:
    (finding,) = find(block)
    assert finding.rule is rule
    assert finding.lesson == "l1"
    assert finding.is_blocking is (rule in BLOCKING)
    assert "%" not in tell(finding).replace("100 %", "")
    assert advise(finding)


def test_every_rule_has_its_words_and_its_source() -> None:
    assert set(WORDS) == set(Rule)
    assert all(str(words.source) for words in WORDS.values())


@pytest.mark.parametrize(
    ("state", "rule"),
    [(LinkState.GONE, [Rule.LINK_GONE]), (LinkState.FAILS, [Rule.LINK_FAILS]),
     (LinkState.WORKS, []), (LinkState.UNKNOWN, [])],
)  # fmt: skip
def test_a_link_is_judged_by_what_it_answered(state: LinkState, rule: list[Rule]) -> None:
    world = replace(WORLD, links={URL: state})
    assert rules(find(rich(f'<p><a href="{URL}">Lee la ley</a></p>'), world=world)) == rule
    assert rules(find(("law", law()), world=world)) == rule


def test_a_competence_that_nobody_asks_for_blocks_the_course() -> None:
    both = (*WORLD.competences, CompetenceText("INT-2", "Gestionar conflictos"))
    (finding,) = find(world=replace(WORLD, competences=both))
    assert (finding.rule, finding.lesson, finding.subject) == (Rule.COMPETENCE_WITHOUT_QUESTIONS, "", "INT-2")
    assert find(world=replace(WORLD, competences=both, is_assessed=False)) == []


def test_a_competence_is_asked_for_by_a_question_that_a_person_marks() -> None:
    rubric = OpenAnswer((Criterion("Se abstiene", (Level(0, "No"), Level(1, "Sí"))),))
    question = replace(make_question(), kind=QuestionKind.OPEN, body=rubric)
    assert find(world=replace(WORLD, questions=(question,))) == []


def test_a_question_of_the_bank_that_explains_nothing_is_told() -> None:
    silent = Choice((Option("Sí", True), Option("No", False)))
    world = replace(WORLD, questions=(replace(make_question(), body=silent),))
    assert [(f.rule, f.subject) for f in find(world=world)] == [(Rule.QUESTION_WITHOUT_FEEDBACK, "p1")]


def test_an_acronym_is_told_once_in_a_course_and_explained_for_the_lessons_after() -> None:
    first = LessonText(
        "l1", "Uno", "Aprendes.", blocks=(Block("a", *rich("<p>Lo ve el CPLT. También la CGR.</p>")),)
    )
    second = LessonText(
        "l2",
        "Dos",
        "Aprendes.",
        blocks=(Block("b", *rich("<p>El CPLT y el IRM (Mecanismo de Revisión).</p>")),),
    )
    third = LessonText("l3", "Tres", "Aprendes.", blocks=(Block("c", *rich("<p>El IRM.</p>")),))
    found = check_course(replace(WORLD, lessons=(first, second, third)))
    assert [(finding.lesson, finding.subject) for finding in found] == [("l1", "CPLT"), ("l1", "CGR")]


def test_quoted_law_is_not_judged_by_how_it_is_written() -> None:
    quote = "La institucionalización interinstitucional, previo a " + "lo que se indica y " * 30
    assert find(("law", law(quote=quote))) == []


@pytest.mark.parametrize(
    ("style", "ratio"),
    [("color: #767676", 4.5), ("color:white;background:black", 21.0), ("color: var(--x)", None), ("", None)],
)
def test_contrast_is_that_of_wcag(style: str, ratio: float | None) -> None:
    found = contrast_of(style)
    assert found == ratio or (found is not None and round(found, 1) == ratio)


def test_a_lesson_weighs_its_words_its_pictures_and_what_is_opened() -> None:
    lesson = LessonText("l1", "Uno", "Aprendes.", blocks=(
        Block("a", "image", {"image": 1, "alt": "Una puerta"}), Block("b", "video", video())))  # fmt: skip
    weight = weigh(lesson, WORLD)
    assert weight.images == 2000
    assert weight.on_demand == 9_000_500
    assert weight.html > FRAME


@pytest.mark.parametrize(
    "html", ["<p><b>", "</p></b>", "<td>uno", "<h2><p>x</h2>", "<a href=", "<table><tr>", "&#0;<p>"]
)
def test_badly_written_rich_text_breaks_nothing(html: str) -> None:
    assert isinstance(find(rich(html)), list)


def test_a_long_place_is_kept_short() -> None:
    finding = Finding(Rule.LINK_GONE, "l1", "b1", "https://x.cl/" + "a" * 1900)
    assert len(finding.place) <= 200
