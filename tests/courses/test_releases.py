from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from courses.models import Course, CoursePage, CourseRelease, LessonPage, ModulePage, ReleaseUnit
from courses.outline import UnitKind
from courses.selectors import CourseNotFoundError, get_current_release, get_readable_release, get_unit_payload
from courses.services import CourseNotReadyError, freeze_course, hold_releases, publish_release
from tests.factories.courses import check, create_course, create_lesson, dilemma, make_outline, text
from tests.queries import count_queries

pytestmark = pytest.mark.django_db


def release_of(page: CoursePage, at: datetime) -> CourseRelease:
    release, _is_new = publish_release(page=page, at=at)
    return release


def lesson(key: str) -> LessonPage:
    return LessonPage.objects.get(key=key)


def module(key: str = "m1") -> ModulePage:
    return ModulePage.objects.get(key=key)


def change_words(page: LessonPage, words: str) -> None:
    page.body = page.body.stream_block.to_python([text(words), *list(page.body.get_prep_value())[1:]])
    page.save_revision().publish()


def numbers() -> list[int]:
    return list(CourseRelease.objects.order_by("number").values_list("number", flat=True))


def test_first_publication_is_version_one(at: datetime) -> None:
    release, is_new = publish_release(page=create_course(), at=at)
    assert (release.number, release.is_current, release.published_at, is_new) == (1, True, at, True)


def test_same_content_makes_no_new_version(at: datetime) -> None:
    page = create_course()
    first = release_of(page, at)
    assert publish_release(page=page, at=at) == (first, False)


def test_other_words_make_a_version_with_the_same_structure(at: datetime) -> None:
    page = create_course()
    first = release_of(page, at)
    change_words(lesson("l1"), "Otras palabras.")
    second = get_current_release(course_code="curso")
    assert second.number == 2
    assert second.structure_hash == first.structure_hash
    assert second.content_hash != first.content_hash


def test_whoever_is_in_the_middle_reads_the_newest_words(at: datetime) -> None:
    first = release_of(create_course(), at)
    change_words(lesson("l1"), "Otras palabras.")
    assert get_readable_release(release=first).number == 2


def test_whoever_is_in_the_middle_keeps_the_earlier_demands(at: datetime) -> None:
    first = release_of(create_course(), at)
    create_lesson(module(), key="l3").save_revision().publish()
    assert get_current_release(course_code="curso").structure_hash != first.structure_hash
    assert get_readable_release(release=first) == first


def test_editing_a_page_leaves_earlier_versions_as_they_were(at: datetime) -> None:
    first = release_of(create_course(), at)
    before = get_unit_payload(release=first, key="l1")
    change_words(lesson("l1"), "Otras palabras.")
    assert get_unit_payload(release=first, key="l1") == before


def test_deleting_a_page_leaves_earlier_versions_as_they_were(at: datetime) -> None:
    first = release_of(create_course(), at)
    lesson("l1").delete()
    assert get_unit_payload(release=first, key="l1")["body"]


def test_deleting_the_course_page_leaves_the_course(at: datetime) -> None:
    page = create_course()
    release_of(page, at)
    page.delete()
    assert get_current_release(course_code="curso").outline.get_unit("l1")


def test_deleting_a_lesson_makes_a_version_without_it(
    at: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    release_of(create_course(), at)
    with django_capture_on_commit_callbacks(execute=True):
        lesson("l1").delete()
    assert [unit.key for unit in get_current_release(course_code="curso").outline.lessons] == ["l2"]


def test_deleting_a_module_makes_one_version_without_it(
    at: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    release_of(create_course(lessons=(("l1",), ("l2", "l3"))), at)
    with django_capture_on_commit_callbacks(execute=True):
        module("m2").delete()
    assert numbers() == [1, 2]
    assert [unit.key for unit in get_current_release(course_code="curso").outline.lessons] == ["l1"]


def test_moving_a_lesson_leaves_earlier_versions_as_they_were(at: datetime) -> None:
    first = release_of(create_course(lessons=(("l1",), ("l2", "l3"))), at)
    lesson("l3").move(module("m1"), pos="last-child")
    assert [unit.key for unit in get_current_release(course_code="curso").outline.lessons] == [
        "l1",
        "l3",
        "l2",
    ]
    assert [unit.key for unit in first.outline.lessons] == ["l1", "l2", "l3"]


def test_withdrawing_a_lesson_makes_a_version_without_it(at: datetime) -> None:
    release_of(create_course(), at)
    lesson("l2").unpublish()
    assert [unit.key for unit in get_current_release(course_code="curso").outline.lessons] == ["l1"]


def test_a_draft_changes_nothing(at: datetime) -> None:
    release_of(create_course(), at)
    page = lesson("l1")
    page.title = "Otro título"
    page.save_revision()
    assert numbers() == [1]


def test_publishing_a_page_elsewhere_makes_no_version(at: datetime) -> None:
    page = create_course()
    release_of(page, at)
    page.get_parent().specific.save_revision().publish()
    assert numbers() == [1]


def test_held_releases_wait(at: datetime) -> None:
    release_of(create_course(), at)
    with hold_releases():
        change_words(lesson("l1"), "Otras palabras.")
    assert numbers() == [1]


def test_only_one_version_is_current(at: datetime) -> None:
    release_of(create_course(), at)
    change_words(lesson("l1"), "Otras palabras.")
    assert CourseRelease.objects.filter(is_current=True).count() == 1


def test_the_database_refuses_a_second_current_version(at: datetime) -> None:
    first = release_of(create_course(), at)
    with pytest.raises(IntegrityError), transaction.atomic():
        CourseRelease.objects.create(
            course=first.course,
            number=9,
            outline_data={},
            structure_hash="",
            content_hash="",
            published_at=at,
        )


def test_a_frozen_version_refuses_changes(at: datetime) -> None:
    release = release_of(create_course(), at)
    release.label = "otra"
    with pytest.raises(TypeError, match="no se modifica"):
        release.save()


def test_a_frozen_version_refuses_changes_of_one_column(at: datetime) -> None:
    release = release_of(create_course(), at)
    with pytest.raises(TypeError):
        release.save(update_fields=["outline_data"])


def test_a_course_that_stops_being_ready_keeps_its_version(at: datetime) -> None:
    first = release_of(create_course(), at)
    lesson("l1").unpublish()
    lesson("l2").unpublish()
    current = get_current_release(course_code="curso")
    assert [unit.key for unit in current.outline.lessons] == ["l2"]
    assert current.number == first.number + 1


def test_a_course_without_lessons_is_not_ready() -> None:
    with pytest.raises(CourseNotReadyError, match="no tiene lecciones"):
        freeze_course(page=create_course(lessons=()))


def test_a_lesson_key_used_twice_is_told() -> None:
    page = create_course(lessons=(("l1",), ("l2",)))
    LessonPage.objects.filter(key="l2").update(key="l1")
    with pytest.raises(CourseNotReadyError, match="«l1»"):
        freeze_course(page=page)


def test_a_practice_question_key_used_twice_is_told() -> None:
    page = create_course()
    with hold_releases():
        create_lesson(module(), key="l3", body=[text(), check("l1-p1")])
    with pytest.raises(CourseNotReadyError, match="«l1-p1»"):
        freeze_course(page=page)


def test_the_assessment_cannot_use_the_key_of_a_lesson() -> None:
    with pytest.raises(CourseNotReadyError, match="clave de una lección"):
        freeze_course(page=create_course(assessment_code="l1"))


def test_a_bank_that_is_too_small_is_told_by_competence() -> None:
    with pytest.raises(CourseNotReadyError, match="1 preguntas de INT-1 y la evaluación pide 2"):
        freeze_course(page=create_course(questions=1))


def test_a_retired_question_does_not_count() -> None:
    page = create_course(questions=2)
    page.bank.questions.filter(key="p0").update(is_retired=True)
    with pytest.raises(CourseNotReadyError):
        freeze_course(page=page)


def test_a_required_assessment_needs_a_blueprint() -> None:
    page = create_course()
    page.draws.all().delete()
    with pytest.raises(CourseNotReadyError, match="cuántas preguntas"):
        freeze_course(page=CoursePage.objects.get(pk=page.pk))


def test_more_dilemmas_than_there_are_cannot_be_asked() -> None:
    with pytest.raises(CourseNotReadyError, match="pide recorrer 1 dilemas y tiene 0"):
        freeze_course(page=create_course(require_dilemmas=1))


def test_a_lesson_with_a_dilemma_is_a_dilemma() -> None:
    page = create_course(require_dilemmas=1)
    with hold_releases():
        create_lesson(module(), key="l3", body=[text(), dilemma("la-caja"), check("l3-p1")])
    unit = freeze_course(page=page).outline.get_unit("l3")
    assert (unit.kind, unit.dilemma, unit.checks) == (UnitKind.DILEMMA, "la-caja", ("l3-p1",))


def test_the_assessment_is_frozen_with_its_answers_on_the_server() -> None:
    frozen = freeze_course(page=create_course())
    assert [q["key"] for q in frozen.payloads["evaluacion-final"]["questions"]] == ["p0", "p1", "p2"]
    assert frozen.outline.assessment_unit.minutes == 4


def test_minutes_are_reading_plus_activity() -> None:
    page = create_course()
    body = [text("palabra " * 360), check("l1-p1")]
    with hold_releases():
        lesson("l1").delete()
        create_lesson(module(), key="l1", body=body, activity_minutes=5)
    assert freeze_course(page=page).outline.get_unit("l1").minutes == 7


def cost_of_freezing(code: str) -> int:
    page = CoursePage.objects.get(code=code)
    return count_queries(lambda: freeze_course(page=page))


def test_freezing_costs_the_same_for_many_lessons() -> None:
    create_course(code="pocas", lessons=(("a1", "a2"),))
    create_course(code="muchas", lessons=([f"b{number}" for number in range(12)],))
    cost_of_freezing("pocas")  # fills Wagtail's caches
    assert cost_of_freezing("muchas") == cost_of_freezing("pocas")


def test_a_question_that_was_edited_makes_a_version(at: datetime) -> None:
    page = create_course()
    first = release_of(page, at)
    page.bank.questions.filter(key="p0").update(stem="Otra situación")
    second = release_of(page, at)
    assert (second.number, second.structure_hash) == (2, first.structure_hash)


def test_a_new_title_reaches_the_course(at: datetime) -> None:
    page = create_course()
    release_of(page, at)
    page.title = "Integridad para todas las personas"
    page.save_revision().publish()
    assert Course.objects.get(code="curso").title == "Integridad para todas las personas"


def test_an_unknown_course_has_no_version() -> None:
    with pytest.raises(CourseNotFoundError):
        get_current_release(course_code="no-existe")


def test_an_unknown_unit_has_no_content(at: datetime) -> None:
    with pytest.raises(ReleaseUnit.DoesNotExist):
        get_unit_payload(release=release_of(create_course(), at), key="no-existe")


def test_a_release_gives_its_outline_back(at: datetime) -> None:
    release_of(create_course(), at)
    outline = CourseRelease.objects.get().outline
    assert outline.code == "curso"
    assert type(outline) is type(make_outline())
