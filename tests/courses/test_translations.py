"""One release holds all languages of a course: one structure, many wordings."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from courses.models import CoursePage, CourseRelease, LessonPage, ReleaseTranslation
from courses.quizzes.models import Question
from courses.selectors import (
    LessonPlace,
    current_outlines,
    find_live_page,
    get_current_release,
    list_catalogue,
    list_lessons_with,
    list_live_pages,
    list_questions,
    list_wordings,
    outline_in,
    read_unit,
)
from courses.services import freeze_course, publish_release
from tests.factories.courses import check, code_of_ethics, create_course, dilemma, scene, text
from tests.factories.translations import english, translate_course, translate_lesson, translate_page
from tests.queries import count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> CoursePage:
    return create_course()


def publish(page: CoursePage, at: datetime) -> CourseRelease:
    return publish_release(page=page, at=at)[0]


def change_title(page: LessonPage, title: str) -> None:
    page.title = title
    page.save_revision().publish()


def test_a_translation_makes_a_release_with_the_same_structure(page: CoursePage, at: datetime) -> None:
    first = publish(page, at)
    translate_course(page, lessons=["l1", "l2"])
    second = publish(page, at)
    assert (second.number, second.structure_hash) == (2, first.structure_hash)


def test_whoever_began_before_the_translation_reads_it(page: CoursePage, at: datetime) -> None:
    first = publish(page, at)
    translate_course(page, lessons=["l1", "l2"])
    publish(page, at)
    assert read_unit(release=first, key="l1", language="en").payload["summary"] == "You learn something."
    assert outline_in(release=first, language="en").title == "Integrity in public office"


def test_an_outline_in_another_language_demands_the_same(page: CoursePage, at: datetime) -> None:
    translate_course(page, lessons=["l1", "l2"])
    release = publish(page, at)
    outline = outline_in(release=release, language="en")
    assert outline.structure_hash == release.structure_hash
    assert outline.language == "en" and not outline.untranslated
    assert [unit.title for unit in outline.units] == ["Lesson l1", "Lesson l2", "Final assessment"]
    assert [one.name for one in outline.competences] == ["Act with probity"]
    assert outline.outcomes == ("Notice a conflict", "Say so in time")


def test_a_lesson_that_is_not_translated_is_read_in_the_source_language(
    page: CoursePage, at: datetime
) -> None:
    translate_course(page, lessons=["l1"])
    release = publish(page, at)
    assert read_unit(release=release, key="l1", language="en").language == "en"
    assert read_unit(release=release, key="l2", language="en").language == "es"
    outline = outline_in(release=release, language="en")
    assert outline.untranslated == {"l2"}
    assert outline.get_unit("l2").title == "Lección l2"


def test_a_language_nobody_translated_into_is_the_source_language(page: CoursePage, at: datetime) -> None:
    release = publish(page, at)
    assert read_unit(release=release, key="l1", language="en").language == "es"
    assert outline_in(release=release, language="en") == release.outline


OTHER: dict[str, Callable[[], list[dict[str, Any]]]] = {
    "another right option": lambda: [text(), check("l1-p1", correct=(2,))],
    "another key": lambda: [text(), check("l1-otra")],
    "no question": lambda: [text()],
    "another block before": lambda: [text(), text(), check("l1-p1")],
}


@pytest.mark.parametrize("other", OTHER)
def test_a_lesson_that_asks_something_else_is_no_translation(
    page: CoursePage, at: datetime, other: str
) -> None:
    translate_course(page, lessons=["l2"])
    translate_lesson("l1", body=OTHER[other]())
    frozen = freeze_course(page=page)
    assert frozen.translations[0].differing == ("l1",)
    assert read_unit(release=publish(page, at), key="l1", language="en").language == "es"


def test_a_dilemma_with_another_way_is_no_translation(page: CoursePage) -> None:
    with_case = [text(), check("l1-p1"), dilemma()]
    lesson = LessonPage.objects.get(key="l1")
    lesson.body = lesson.body.stream_block.to_python(with_case)
    lesson.save()
    translate_course(page, lessons=[])
    other = [scene("uno", "dos", "dos"), scene("dos", "", "")]
    translate_lesson("l1", body=[text(), check("l1-p1"), dilemma(scenes=other)])
    assert freeze_course(page=page).translations[0].differing == ("l1",)


def test_a_page_that_only_mirrors_the_source_is_no_translation(page: CoursePage) -> None:
    page.copy_for_translation(english(), copy_parents=True, alias=True)
    assert not freeze_course(page=page).translations


def test_the_assessment_is_never_mixed(page: CoursePage, at: datetime) -> None:
    translate_course(page, lessons=["l1", "l2"], questions=["p0", "p1"])
    release = publish(page, at)
    assert {q.stem for q in list_questions(release=release, key="evaluacion-final", language="en").values()} == {
        "¿Qué haces en p0?", "¿Qué haces en p1?", "¿Qué haces en p2?",
    }  # fmt: skip
    assert outline_in(release=release, language="en").untranslated == {"evaluacion-final"}


def test_a_translated_question_keeps_what_decides_about_it(page: CoursePage, at: datetime) -> None:
    translate_course(page, lessons=[])
    Question.objects.filter(locale=english()).update(difficulty=3, version=9)
    source, translated = list_wordings(release=publish(page, at), key="evaluacion-final")
    assert translated["p0"].stem == "What do you do in p0?"
    assert [(q.key, q.difficulty, q.version) for q in translated.values()] == [
        (q.key, q.difficulty, q.version) for q in source.values()
    ]


def test_a_question_with_another_right_answer_is_no_translation(page: CoursePage, at: datetime) -> None:
    translate_course(page, lessons=[])
    wrong = Question.objects.get(key="p0", locale=english())
    wrong.answer.raw_data[0]["value"]["options"][1]["value"]["correct"] = True
    wrong.save()
    assert len(list_wordings(release=publish(page, at), key="evaluacion-final")) == 1


def test_publishing_a_translated_lesson_publishes_its_course(page: CoursePage, at: datetime) -> None:
    translate_course(page, lessons=["l1", "l2"])
    publish(page, at)
    change_title(LessonPage.objects.get(key="l1", locale=english()), "Another title")
    release = get_current_release(course_code="curso")
    assert release.number == 2
    assert outline_in(release=release, language="en").get_unit("l1").title == "Another title"


def test_what_a_lesson_holds_is_asked_of_the_source(page: CoursePage, at: datetime) -> None:
    lesson = LessonPage.objects.get(key="l1")
    lesson.body = lesson.body.stream_block.to_python([code_of_ethics("regalos")])
    lesson.save()
    translate_course(page, lessons=["l2"])
    translate_lesson("l1", body=[code_of_ethics("viajes")])
    publish(page, at)
    places = [list_lessons_with(blocks={"code_of_ethics"}, topic=topic) for topic in ("regalos", "viajes")]
    assert places == [[LessonPlace(page.title, lesson.title)], []]


def test_withdrawing_a_translation_gives_the_source_back(page: CoursePage, at: datetime) -> None:
    translated = translate_course(page, lessons=["l1", "l2"])
    first = publish(page, at)
    CoursePage.objects.get(pk=translated.pk).unpublish()
    assert not ReleaseTranslation.objects.newest().exists()
    assert read_unit(release=first, key="l1", language="en").language == "es"
    assert outline_in(release=first, language="en").title == first.outline.title


def test_a_course_has_one_page_in_each_language(page: CoursePage) -> None:
    translated = translate_page(page)
    assert list(list_live_pages()) == [page] and find_live_page(course_code="curso") == page
    translated.pk = translated.id = None
    with pytest.raises(ValidationError):
        translated.clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        CoursePage.objects.filter(pk=page.pk).update(language="en")


def test_the_catalogue_has_the_words_of_the_language(page: CoursePage, at: datetime) -> None:
    translate_course(page, lessons=[])
    publish(page, at)
    [row] = list_catalogue(pages=list_live_pages(), language="en")
    assert (row.title, row.language, row.audience) == ("Integrity in public office", "en", "Everybody")


def test_other_languages_cost_one_query_more_however_many_courses(at: datetime) -> None:
    costs = []
    for number in range(2):
        page = create_course(code=f"curso-{number}")
        translate_page(page)
        publish(page, at)
        codes = [f"curso-{n}" for n in range(number + 1)]
        costs.append(count_queries(lambda codes=codes: current_outlines(codes=codes, language="en")))
    assert costs == [2, 2]
