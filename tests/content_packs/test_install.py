from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import models
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from content_packs.models import InstalledPack
from content_packs.pack import Pack
from content_packs.reading import read_pack
from content_packs.services.install import (
    NoCatalogueError,
    PackKindError,
    PageRefusedError,
    install_pack,
)
from content_packs.services.media import ImageFileError
from content_packs.services.report import Report
from courses.models import Competence, CoursePage, CourseRelease, Law, LessonPage, ModulePage
from courses.quizzes.models import Question
from courses.selectors import get_current_release, get_unit_payload
from courses.services import CourseNotReadyError
from lms.people.models import Person
from lms.progress.models import Enrolment, LearningContext
from tests.content_packs.small import edit
from tests.content_packs.small import stored_files as files
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.usefixtures("catalogue")
LESSON = "lessons/m1-l1.md"


def install(folder: Path, at: datetime, *, dry_run: bool = False) -> Report:
    return install_pack(pack=read_pack(folder), at=at, dry_run=dry_run)


def changes(report: Report) -> list[str]:
    return [str(change) for change in report.changes]


def rows() -> dict[type[models.Model], int]:
    kinds = (Competence, CoursePage, CourseRelease, InstalledPack, Law, LessonPage, ModulePage, Question,
             get_image_model(), get_document_model())  # fmt: skip
    return {kind: kind.objects.count() for kind in kinds}


def lesson_keys() -> list[str]:
    return [unit.key for unit in get_current_release(course_code="curso-de-prueba").outline.lessons]


def test_a_pack_becomes_pages_and_a_version(folder: Path, at: datetime) -> None:
    report = install(folder, at)
    assert (report.release.number, report.is_new_release) == (1, True)
    assert lesson_keys() == ["m1-l1", "m1-l2", "m2-l1"]
    assert rows()[Question] == 3


def test_minutes_and_rules_come_from_the_pack(folder: Path, at: datetime) -> None:
    outline = install(folder, at).release.outline
    assert (outline.assessment.pass_percent, outline.completion.require_dilemmas) == (70, 1)
    assert outline.commitments == (1,)


def test_lessons_say_what_the_pack_says(folder: Path, at: datetime) -> None:
    body = get_unit_payload(release=install(folder, at).release, key="m1-l1")["body"]
    assert body[0]["value"]["text"].startswith(
        "<p>Pones el interés general <b>primero</b>.</p><h2>Qué hago ahora</h2>"
    )
    assert body[1]["value"]["version"] == "2024-01-15"
    assert body[1]["value"]["quote"] == "Primera línea.\n\nSegunda línea."


def test_installing_again_changes_nothing(folder: Path, at: datetime) -> None:
    first = install(folder, at)
    before = rows()
    again = install(folder, at)
    assert (changes(again), again.is_new_release, again.release) == ([], False, first.release)
    assert rows() == before


def test_rehearsal_writes_nothing_and_lists_what_it_would(folder: Path, media: Path, at: datetime) -> None:
    before = rows(), files()
    report = install(folder, at, dry_run=True)
    assert (rows(), files()) == before
    assert "nuevo: lección m1-l1" in changes(report)
    assert "nuevo: pregunta p1" in changes(report)
    assert "nuevo: norma Ley N° 18.575" in changes(report)


def test_rehearsal_of_an_update_lists_only_the_difference(folder: Path, at: datetime) -> None:
    install(folder, at)
    edit(folder, LESSON, "Pones el interés", "Pon el interés")
    assert changes(install(folder, at, dry_run=True)) == ["cambia: lección m1-l1"]
    assert CourseRelease.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "old", "new", "told"),
    [
        ("laws.yaml", "version: 2024-01-15", "version: 2025-01-15", "cambia: norma Ley N° 18.575"),
        ("course.yaml", "name: Actuar con probidad", "name: Actuar bien", "cambia: competencia INT-1"),
        ("course.yaml", "pass_percent: 70", "pass_percent: 80", "cambia: curso curso-de-prueba"),
        ("course.yaml", "level: 2", "level: 3", "cambia: curso curso-de-prueba"),
        ("course.yaml", "count: 2", "count: 3", "cambia: curso curso-de-prueba"),
        ("course.yaml", "title: Primer módulo", "title: Comienzo", "cambia: módulo m1"),
        ("questions/INT-1.yaml", "feedback: No se puede.", "feedback: No.", "cambia: pregunta p1"),
        ("questions/INT-1.yaml", "difficulty: 2", "difficulty: 3", "cambia: pregunta p2"),
        ("dilemmas/la-caja.yaml", "title: La caja", "title: La bolsa", "cambia: lección m1-l2"),
        (LESSON, "activity_minutes: 4", "activity_minutes: 9", "cambia: lección m1-l1"),
        (LESSON, "competences:\n  - INT-1\n", "", "cambia: lección m1-l1"),
    ],
)
def test_an_update_makes_a_version_and_says_the_difference(
    folder: Path, at: datetime, name: str, old: str, new: str, told: str
) -> None:
    install(folder, at)
    edit(folder, name, old, new)
    report = install(folder, at)
    assert told in changes(report)
    assert (report.release.number, report.is_new_release) == (2, True)
    assert changes(install(folder, at)) == []


def test_records_stay_with_the_version_they_were_made_under(folder: Path, at: datetime) -> None:
    first = install(folder, at).release
    person: Person = PersonFactory()
    enrolment = Enrolment.objects.create(
        person=person, course=first.course, release=first, context=LearningContext.CITIZEN, started_at=at
    )
    edit(folder, LESSON, "Pones el interés", "Pon el interés")
    install(folder, at)
    enrolment.refresh_from_db()
    assert enrolment.release == first
    assert "Pones" in str(get_unit_payload(release=first, key="m1-l1"))


def test_a_lesson_that_the_pack_no_longer_has_is_withdrawn(folder: Path, at: datetime) -> None:
    install(folder, at)
    edit(folder, "course.yaml", "      - m1-l2\n", "")
    edit(folder, "course.yaml", "require_dilemmas: 1", "require_dilemmas: 0")
    edit(folder, "questions/INT-1.yaml", "  review: m1-l2\n", "")
    assert "se retira: lección m1-l2" in changes(install(folder, at))
    assert not LessonPage.objects.get(key="m1-l2").live
    assert lesson_keys() == ["m1-l1", "m2-l1"]


def test_a_module_that_the_pack_no_longer_has_is_withdrawn(folder: Path, at: datetime) -> None:
    install(folder, at)
    edit(folder, "course.yaml", "  - code: m2\n    title: Segundo módulo\n    lessons:\n      - m2-l1\n", "")
    assert {"se retira: módulo m2", "se retira: lección m2-l1"} <= set(changes(install(folder, at)))
    assert lesson_keys() == ["m1-l1", "m1-l2"]


def test_a_lesson_that_comes_back_is_shown_again(folder: Path, at: datetime) -> None:
    install(folder, at)
    LessonPage.objects.get(key="m2-l1").unpublish()
    assert "cambia: lección m2-l1" in changes(install(folder, at))
    assert lesson_keys() == ["m1-l1", "m1-l2", "m2-l1"]


def test_a_question_that_the_pack_no_longer_has_is_retired(folder: Path, at: datetime) -> None:
    install(folder, at)
    path = folder / "questions/INT-1.yaml"
    path.write_text(path.read_text().split("- key: p3")[0])
    assert "se retira: pregunta p3" in changes(install(folder, at))
    assert Question.objects.get(key="p3").is_retired


def test_a_retired_question_that_comes_back_is_drawn_again(folder: Path, at: datetime) -> None:
    install(folder, at)
    Question.objects.filter(key="p3").update(is_retired=True)
    assert "cambia: pregunta p3" in changes(install(folder, at))
    assert not Question.objects.get(key="p3").is_retired


def test_lessons_take_the_order_of_the_pack(folder: Path, at: datetime) -> None:
    install(folder, at)
    edit(folder, "course.yaml", "      - m1-l1\n      - m1-l2", "      - m1-l2\n      - m1-l1")
    install(folder, at)
    assert lesson_keys() == ["m1-l2", "m1-l1", "m2-l1"]


def test_a_lesson_moves_to_another_module(folder: Path, at: datetime) -> None:
    install(folder, at)
    edit(folder, "course.yaml", "      - m1-l1\n", "")
    edit(folder, "course.yaml", "      - m2-l1", "      - m1-l1\n      - m2-l1")
    install(folder, at)
    assert lesson_keys() == ["m1-l2", "m1-l1", "m2-l1"]
    assert LessonPage.objects.count() == 3
    assert changes(install(folder, at)) == []


def test_modules_take_the_order_of_the_pack(folder: Path, at: datetime) -> None:
    install(folder, at)
    first, second = (
        (folder / "course.yaml")
        .read_text()
        .split("modules:\n")[1]
        .split("completion")[0]
        .split("  - code: m2")
    )
    edit(folder, "course.yaml", f"{first}  - code: m2{second}", f"  - code: m2{second}{first}")
    install(folder, at)
    assert lesson_keys() == ["m2-l1", "m1-l1", "m1-l2"]


def test_two_modules_may_have_the_same_title(folder: Path, at: datetime) -> None:
    edit(folder, "course.yaml", "title: Segundo módulo", "title: Primer módulo")
    assert [module.title for module in install(folder, at).release.outline.modules][:2] == [
        "Primer módulo"
    ] * 2


def test_what_an_author_wrote_in_the_admin_is_replaced_by_the_pack(folder: Path, at: datetime) -> None:
    install(folder, at)
    page = LessonPage.objects.get(key="m1-l1")
    page.title = "Otro título"
    page.save_revision().publish()
    assert changes(install(folder, at)) == ["cambia: lección m1-l1"]
    assert LessonPage.objects.get(key="m1-l1").title == "Qué es la probidad"


def test_media_are_stored_once(folder: Path, media: Path, at: datetime) -> None:
    install(folder, at)
    before = rows(), files()
    install(folder, at)
    assert (rows(), files()) == before
    assert (rows()[get_image_model()], rows()[get_document_model()]) == (1, 3)


def test_a_picture_to_download_is_a_document(folder: Path, media: Path, at: datetime) -> None:
    edit(folder, LESSON, "file: guia.pdf", "file: foto.png")
    install(folder, at)
    assert get_document_model().objects.filter(title="foto.png").exists()


def test_a_file_that_is_no_image_is_refused_and_leaves_nothing(
    folder: Path, media: Path, at: datetime
) -> None:
    (media / "foto.png").write_bytes(b"no es una imagen")
    before = rows(), files()
    with pytest.raises(ImageFileError, match=r"foto\.png"):
        install(folder, at)
    assert (rows(), files()) == before


def test_a_failure_leaves_the_site_as_it_was(
    folder: Path, media: Path, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(), files()

    def fail(**values: Any) -> None:
        raise CourseNotReadyError("algo falta")

    monkeypatch.setattr("content_packs.services.install.publish_release", fail)
    with pytest.raises(CourseNotReadyError):
        install(folder, at)
    assert (rows(), files()) == before


def test_an_address_that_is_taken_is_told(folder: Path, at: datetime) -> None:
    install(folder, at)
    CoursePage.objects.update(code="de-otra-persona")
    before = rows()
    with pytest.raises(PageRefusedError, match="curso-de-prueba"):
        install(folder, at)
    assert rows() == before


def test_a_plan_is_not_a_course(pack: Pack, at: datetime) -> None:
    pack.course = None
    with pytest.raises(PackKindError):
        install_pack(pack=pack, at=at)


def test_the_site_needs_its_catalogue(pack: Pack, at: datetime) -> None:
    CoursePage.objects.all().delete()
    from_catalogue = CoursePage._meta.get_field("page_ptr").related_model.objects.filter(slug="cursos")
    from_catalogue.first().specific.delete()
    with pytest.raises(NoCatalogueError):
        install_pack(pack=pack, at=at)
