from datetime import datetime
from pathlib import Path

import pytest
from wagtail.models import Page

from content_packs.folders import PACKS
from content_packs.models import InstalledPack
from content_packs.reading import read_pack
from content_packs.services.export import ExportFolderError, export_pack
from content_packs.services.install import install_pack
from courses.models import Competence, CourseCompetence, CoursePage, GlossaryTerm, Law, LessonPage
from courses.quizzes.models import QuestionBank
from courses.selectors import get_current_release
from tests.content_packs.small import FILES, edit, read_files
from tests.content_packs.test_install import install
from tests.content_packs.test_our_pack import our_minutes
from tests.factories.courses import LawFactory, create_course, create_lesson, text

pytestmark = pytest.mark.usefixtures("catalogue")


def export(folder: Path) -> dict[str, bytes]:
    export_pack(page=CoursePage.objects.of_source().get(), folder=folder)
    return read_files(folder)


def start_anew() -> None:
    """Another site: nothing of the course is left, and ids go on from elsewhere."""
    for page in CoursePage.objects.all():
        page.delete()
    QuestionBank.objects.all().delete()
    CourseCompetence.objects.all().delete()
    Law.objects.all().delete()
    GlossaryTerm.objects.all().delete()
    Competence.objects.all().delete()
    InstalledPack.objects.all().delete()
    LawFactory(key="otra-ley")


def test_a_canonical_pack_is_exported_as_it_was_installed(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    exported = export(tmp_path / "copia")
    assert sorted(exported) == sorted(FILES)
    for name, content in exported.items():
        assert content.decode() == FILES[name]


def test_an_export_installed_elsewhere_exports_the_same_bytes(
    folder: Path,
    media: Path,
    tmp_path: Path,
    at: datetime,
) -> None:
    install(folder, at)
    first = export(tmp_path / "uno")
    start_anew()
    install(tmp_path / "uno", at)
    assert export(tmp_path / "dos") == first
    assert {"media/foto.png", "media/video.mp4", "media/video.vtt", "media/guia.pdf"} <= set(first)
    assert first["media/guia.pdf"] == (media / "guia.pdf").read_bytes()


def test_our_course_exports_the_same_bytes_from_another_site(tmp_path: Path, at: datetime) -> None:
    install(PACKS / "integridad-publica", at)
    outline = get_current_release(course_code="integridad-fundamentos").outline
    assert outline.minutes == our_minutes()
    assert outline.pedagogical_hours == our_minutes() * 10 // outline.pedagogical_hour_minutes / 10
    first = export(tmp_path / "uno")
    start_anew()
    install_pack(pack=read_pack(tmp_path / "uno"), at=at)
    assert export(tmp_path / "dos") == first
    assert get_current_release(course_code="integridad-fundamentos").outline == outline
    assert len([name for name in first if not name.startswith("translations/")]) == 4 + 22 + 3 + 7


def test_what_an_author_wrote_in_the_admin_is_exported(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    page = LessonPage.objects.get(key="m2-l1")
    words = "<b>Anota </b>tres pasos: 1) a &lt;b, *c*"
    page.body = page.body.stream_block.to_python([text(words), *list(page.body.get_prep_value())[1:]])
    page.save_revision().publish()
    first = export(tmp_path / "uno")
    assert "**Anota** tres pasos: 1) a &lt;b, \\*c\\*" in first["lessons/m2-l1.md"].decode()
    start_anew()
    install(tmp_path / "uno", at)
    assert export(tmp_path / "dos") == first


def test_a_withdrawn_lesson_is_not_exported(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    LessonPage.objects.get(key="m2-l1").unpublish()
    assert "lessons/m2-l1.md" not in export(tmp_path / "uno")


def test_a_retired_question_is_not_exported(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    bank = CoursePage.objects.of_source().get().bank
    bank.questions.filter(key="p3").update(is_retired=True)
    assert b"p3" not in export(tmp_path / "uno")["questions/INT-1.yaml"]


def test_a_course_made_in_the_admin_becomes_a_pack(tmp_path: Path, at: datetime) -> None:
    page = create_course(lessons=(("l1", "l2"),))
    export_pack(page=page, folder=tmp_path / "uno")
    pack = read_pack(tmp_path / "uno")
    assert (pack.manifest.code, pack.course.code, list(pack.lessons)) == ("curso", "curso", ["l1", "l2"])


def test_an_earlier_export_is_replaced_whole(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    first = export(tmp_path / "uno")
    (tmp_path / "uno/lessons/viejo.md").write_text("viejo")
    assert export(tmp_path / "uno") == first


def test_a_folder_with_other_files_is_not_touched(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    (tmp_path / "uno/lessons").mkdir(parents=True)
    (tmp_path / "uno/lessons/apuntes.md").write_text("mío")
    with pytest.raises(ExportFolderError):
        export(tmp_path / "uno")
    assert read_files(tmp_path / "uno") == {"lessons/apuntes.md": "mío".encode()}


def test_two_text_blocks_in_a_row_stay_apart_in_words(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    course = CoursePage.objects.of_source().get()
    module = Page.objects.child_of(course).first().specific
    lists = [{"type": "text", "value": {"text": f"<ul><li>{word}</li></ul>"}} for word in ("uno", "dos")]
    body = [*lists, *list(LessonPage.objects.get(key="m2-l1").body.get_prep_value())]
    LessonPage.objects.get(key="m2-l1").delete()
    create_lesson(module, key="m2-l1", body=body).save_revision().publish()
    first = export(tmp_path / "uno")
    start_anew()
    install(tmp_path / "uno", at)
    assert export(tmp_path / "dos") == first


def test_the_order_of_a_reordered_pack_is_exported(folder: Path, tmp_path: Path, at: datetime) -> None:
    install(folder, at)
    edit(folder, "course.yaml", "      - m1-l1\n      - m1-l2", "      - m1-l2\n      - m1-l1")
    install(folder, at)
    assert b"- m1-l2\n      - m1-l1" in export(tmp_path / "uno")["course.yaml"]
