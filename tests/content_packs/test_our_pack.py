"""The course that comes with the platform keeps its promises. Read once, no database."""

from functools import cache
from itertools import chain

import pytest

from content_packs.conversion import lesson_to_raw
from content_packs.dilemmas import dilemma_to_raw
from content_packs.folders import PACKS
from content_packs.manifest import CheckSection, CodeSection, DilemmaFile, LawSection
from content_packs.pack import Pack
from content_packs.reading import read_pack
from courses.blocks.words import learner_text, lesson_minutes
from courses.models import Law
from courses.readability import measure

ROOT = PACKS / "integridad-publica"
LESSONS = sorted(path.stem for path in (ROOT / "lessons").glob("*.md"))
DILEMMAS = sorted(path.stem for path in (ROOT / "dilemmas").glob("*.yaml"))
BANKS = sorted(path.stem for path in (ROOT / "questions").glob("*.yaml"))
EASY_ENOUGH = 55


@cache
def our_pack() -> Pack:
    return read_pack(ROOT)


@cache
def our_laws() -> dict[str, Law]:
    return {
        entry.key: Law(pk=number, key=entry.key, version=entry.version)
        for number, entry in enumerate(our_pack().laws, start=1)
    }


def raw_of(code: str, *, dilemmas: dict[str, DilemmaFile]) -> list[dict]:
    return lesson_to_raw(
        our_pack().lessons[code], laws=our_laws(), dilemmas=dilemmas, media=lambda kind, name: 0
    )


def our_minutes() -> int:
    """What the course takes by its files alone."""
    pack = our_pack()
    lessons = sum(
        lesson_minutes(raw_of(code, dilemmas=pack.dilemmas), activity_minutes=lesson.head.activity_minutes)
        for code, lesson in pack.lessons.items()
    )
    rule = pack.course.assessment
    return lessons + sum(draw.count for draw in rule.blueprint) * rule.minutes_per_question


def test_nothing_is_wrong_and_nothing_warned() -> None:
    assert our_pack().warnings == []


@pytest.mark.parametrize("code", LESSONS)
def test_a_lesson_is_easy_to_read(code: str) -> None:
    raw = [block for block in raw_of(code, dilemmas=our_pack().dilemmas) if block["type"] != "dilemma"]
    assert measure(learner_text(raw)).score >= EASY_ENOUGH


@pytest.mark.parametrize("code", DILEMMAS)
def test_a_dilemma_is_easy_to_read(code: str) -> None:
    raw = [{"type": "dilemma", "value": dilemma_to_raw(our_pack().dilemmas[code], laws=our_laws())}]
    assert measure(learner_text(raw)).score >= EASY_ENOUGH


@pytest.mark.parametrize("bank", BANKS)
def test_questions_are_easy_to_read(bank: str) -> None:
    questions = [q for q in our_pack().questions if q.competence == bank]
    texts = chain.from_iterable(
        (q.stem, *chain.from_iterable((o.text, o.feedback) for o in q.options)) for q in questions
    )
    assert measure("\n".join(texts)).score >= EASY_ENOUGH


def test_every_lesson_file_belongs_to_a_module() -> None:
    assert sorted(our_pack().lessons) == LESSONS


def test_there_are_five_modules_of_four_lessons_or_more() -> None:
    sizes = [len(module.lessons) for module in our_pack().course.modules]
    assert len(sizes) >= 5
    assert min(sizes) >= 4


def test_three_dilemmas_or_more_are_part_of_a_lesson() -> None:
    used = {
        s.entry.code for lesson in our_pack().lessons.values() for s in lesson.sections if s.kind == "dilemma"
    }
    assert used == set(DILEMMAS)
    assert len(used) >= 3


@pytest.mark.parametrize("code", DILEMMAS)
def test_a_dilemma_really_branches(code: str) -> None:
    choices = [choice for scene in our_pack().dilemmas[code].scenes for choice in scene.choices]
    assert len({choice.next for choice in choices if choice.next}) >= 4
    assert sum(1 for choice in choices if not choice.next) >= 4


@pytest.mark.parametrize("code", LESSONS)
def test_a_lesson_asks_and_answers_every_option(code: str) -> None:
    checks = [s.entry for s in our_pack().lessons[code].sections if isinstance(s.entry, CheckSection)]
    assert checks
    assert all(len(o.feedback.split()) >= 3 for check in checks for o in check.options)


def test_forty_questions_or_more_cover_every_competence() -> None:
    questions = our_pack().questions
    assert len(questions) >= 40
    assert {q.competence for q in questions} == {c.code for c in our_pack().course.competences}


def test_every_question_has_its_source_its_lesson_and_its_feedback() -> None:
    for question in our_pack().questions:
        assert question.source.note or (question.source.law and question.source.article), question.key
        assert question.review, question.key
        assert all(option.feedback.strip() for option in question.options), question.key


def test_the_bank_is_twice_what_an_attempt_draws() -> None:
    have = [q.competence for q in our_pack().questions]
    assert all(have.count(d.competence) >= 2 * d.count for d in our_pack().course.assessment.blueprint)


def test_the_longest_option_does_not_give_the_answer_away() -> None:
    singles = [q for q in our_pack().questions if q.kind == "single"]
    given_away = sum(max(q.options, key=lambda option: len(option.text)).correct for q in singles)
    assert given_away <= len(singles) / 2


def test_the_right_answer_stands_in_every_place() -> None:
    places = [[o.correct for o in q.options].index(True) for q in our_pack().questions if q.kind == "single"]
    assert {0, 1, 2, 3} <= set(places)
    assert max(places.count(place) for place in range(4)) <= len(places) / 2


def law_cards() -> list[tuple[str, LawSection]]:
    return [
        (code, section.entry)
        for code, lesson in our_pack().lessons.items()
        for section in lesson.sections
        if isinstance(section.entry, LawSection)
    ]


def test_every_law_card_says_where_and_what() -> None:
    assert len(law_cards()) >= 15
    assert all(card.article and card.summary.strip() for _code, card in law_cards())


def test_every_law_says_which_text_was_read() -> None:
    assert all((law.version or law.note) and (law.id_norma or law.url) for law in our_pack().laws)


def test_every_law_is_cited() -> None:
    pack = our_pack()
    cited = {card.law for _code, card in law_cards()} | {q.source.law for q in pack.questions}
    cited |= {entry.law for d in pack.dilemmas.values() for entry in (d.reminder, d.law) if entry}
    words = "".join(path.read_text() for path in (ROOT / "lessons").iterdir())
    assert not [law.key for law in pack.laws if law.key not in cited and law.short not in words]


@pytest.mark.parametrize("module", range(5))
def test_every_module_ends_with_whom_to_ask(module: int) -> None:
    last = our_pack().course.modules[module].lessons[-1]
    assert "channels" in {section.kind for section in our_pack().lessons[last].sections}


@pytest.mark.parametrize("module", range(5))
def test_every_module_reads_the_own_code_of_ethics(module: int) -> None:
    lessons = our_pack().course.modules[module].lessons
    kinds = {section.kind for code in lessons for section in our_pack().lessons[code].sections}
    assert "code_of_ethics" in kinds


def test_the_own_code_is_acknowledged_once() -> None:
    asked = [
        code
        for code, lesson in our_pack().lessons.items()
        for section in lesson.sections
        if isinstance(section.entry, CodeSection) and section.entry.acknowledge
    ]
    assert asked == ["m3-l2"]


def test_the_tone_is_calm() -> None:
    texts = [path.read_text() for path in sorted(ROOT.rglob("*.*")) if path.suffix in {".md", ".yaml"}]
    assert not [text for text in texts if "¡" in text or "haz clic" in text.lower()]
