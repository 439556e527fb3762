"""A pack in two languages: the same demands, other words, and the way there and back."""

from datetime import datetime
from pathlib import Path

import pytest

from content_packs.problems import PackError
from content_packs.reading import read_pack
from content_packs.services.export import export_pack
from courses.models import CoursePage
from courses.quizzes.models import Question
from courses.selectors import list_questions, outline_in, read_unit
from tests.content_packs.english import translate_pack
from tests.content_packs.small import edit, read_files
from tests.content_packs.test_install import install
from tests.factories.translations import english as english_locale


@pytest.fixture
def english(folder: Path) -> Path:
    return translate_pack(folder)


@pytest.mark.usefixtures("english")
def test_a_translation_is_read_with_its_pack(folder: Path) -> None:
    [translation] = read_pack(folder).translations
    assert (translation.language, translation.course.title) == ("en", "A course to try")
    assert set(translation.lessons) == {"m1-l1", "m1-l2", "m2-l1"}


WRONG = [
    pytest.param("lessons/m1-l1.md", "key: m1-l1-p1", "key: otra", "key: no es como", id="key"),
    pytest.param("lessons/m1-l1.md", "activity_minutes: 4", "activity_minutes: 5", "activity_minutes", id="head"),
    pytest.param("lessons/m1-l1.md", "correct: true", "correct: false", "correct", id="right option"),
    pytest.param("lessons/m1-l1.md", "::: plain\ntext: Si dudas, pregunta.\n:::\n", "", "Los bloques son", id="block"),
    pytest.param("course.yaml", "  m2: Second module\n", "", "falta «m2»", id="module"),
    pytest.param("course.yaml", "  INT-1: Act", "  INT-9: Act", "«INT-9» no está", id="competence"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "said"), WRONG)
def test_what_asks_something_else_is_refused(
    folder: Path, english: Path, name: str, old: str, new: str, said: str
) -> None:
    edit(folder, f"translations/en/{name}", old, new)
    with pytest.raises(PackError) as error:
        read_pack(folder)
    told = [str(problem) for problem in error.value.problems]
    assert any(f"translations/en/{name}" in one and said in one for one in told), told


@pytest.mark.parametrize("language", ["es", "fr", "EN"])
def test_a_language_that_nobody_could_choose_is_refused(folder: Path, english: Path, language: str) -> None:
    english.rename(english.with_name(language))
    with pytest.raises(PackError, match=f"translations/{language}:1: No se traduce a «{language}»"):
        read_pack(folder)


def test_a_file_of_nothing_is_refused(folder: Path, english: Path) -> None:
    (english / "lessons" / "otra.md").write_text((english / "lessons" / "m1-l1.md").read_text())
    with pytest.raises(PackError, match=r"No existe lessons/otra\.md"):
        read_pack(folder)


@pytest.mark.usefixtures("catalogue", "english")
class TestInstalled:
    def test_the_course_is_there_in_both_languages(self, folder: Path, at: datetime) -> None:
        release = install(folder, at).release
        outline = outline_in(release=release, language="en")
        assert (outline.title, outline.untranslated) == ("A course to try", frozenset())
        assert outline.get_unit("m1-l1").title == "What probity is"
        assert read_unit(release=release, key="m1-l1", language="en").language == "en"
        questions = list_questions(release=release, key="evaluacion-final", language="en")
        assert all(question.stem.startswith("In English") for question in questions.values())

    def test_installing_again_changes_nothing(self, folder: Path, at: datetime) -> None:
        install(folder, at)
        again = install(folder, at)
        assert not again.changes and not again.is_new_release

    def test_an_export_has_the_same_translation(self, folder: Path, tmp_path: Path, at: datetime) -> None:
        install(folder, at)
        export_pack(page=CoursePage.objects.of_source().get(), folder=tmp_path / "copia")
        copy, original = read_files(tmp_path / "copia"), read_files(folder)
        assert sorted(copy) == sorted(original)
        assert copy["translations/en/course.yaml"] == original["translations/en/course.yaml"]
        assert copy["translations/en/lessons/m1-l1.md"] == original["translations/en/lessons/m1-l1.md"]
        assert not install(tmp_path / "copia", at).changes

    def test_what_is_translated_no_longer_is_read_in_the_source_language(
        self, folder: Path, english: Path, at: datetime
    ) -> None:
        install(folder, at)
        (english / "lessons" / "m1-l1.md").unlink()
        for path in (english / "questions").iterdir():
            path.unlink()
        release = install(folder, at).release
        assert outline_in(release=release, language="en").untranslated == {"m1-l1", "evaluacion-final"}
        assert Question.objects.of_source().filter(is_retired=False).exists()


@pytest.mark.usefixtures("catalogue")
def test_a_mirrored_page_is_no_translation_to_withdraw(folder: Path, at: datetime) -> None:
    install(folder, at)
    source = CoursePage.objects.get()
    mirror = source.copy_for_translation(english_locale(), copy_parents=True, alias=True)
    report = install(folder, at)
    assert report.changes == [] and CoursePage.objects.get(pk=mirror.pk).live
