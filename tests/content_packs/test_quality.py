"""The rules of the quality report hold for packs too."""

from datetime import datetime
from pathlib import Path

import pytest

from content_packs.problems import PackError
from content_packs.reading import read_pack
from content_packs.services.install import install_pack
from courses.models import GlossaryTerm, LessonPage, ModulePage
from courses.selectors import get_current_release, get_unit_payload
from courses.services import publish_release
from tests.content_packs.small import edit
from tests.factories.courses import create_catalogue, create_course, create_lesson, text

GLOSSARY = """\
- term: Probidad
  variants: [probidades]
  definition: Lo de todos primero.
  source: Ley N° 18.575
- term: avisar
  avoid_for: [cursar aviso]
"""


@pytest.fixture
def glossary(folder: Path) -> Path:
    edit(folder, "pack.yaml", "  laws: laws.yaml", "  laws: laws.yaml\n  glossary: glossary.yaml")
    (folder / "glossary.yaml").write_text(GLOSSARY)
    return folder


def test_what_blocks_is_an_error_at_its_line(folder: Path) -> None:
    (folder / "media").mkdir()
    (folder / "media/foto.png").write_bytes(b"x")
    image = "::: image\nfile: foto.png\nalt: foto.png"
    edit(folder, "lessons/m1-l1.md", "::: plain\ntext: Si dudas, pregunta.", image)
    lines = (folder / "lessons/m1-l1.md").read_text().splitlines()
    with pytest.raises(PackError) as caught:
        read_pack(folder)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("lessons/m1-l1.md", lines.index("::: image") + 1)
    assert problem.text.startswith("El texto alternativo «foto.png» no dice qué muestra la imagen.")


def test_advice_is_a_warning(glossary: Path) -> None:
    edit(glossary, "lessons/m2-l1.md", "Anota tres pasos.", "Hay que cursar aviso al CPLT.")
    said = [str(warning) for warning in read_pack(glossary).warnings]
    assert any("«cursar aviso» es jerga. Prueba con «avisar»." in text for text in said)
    assert any("La sigla «CPLT» no está explicada." in text for text in said)


@pytest.mark.django_db
def test_the_words_of_a_pack_are_installed_once_and_explained(glossary: Path, at: datetime) -> None:
    create_catalogue()
    edit(glossary, "lessons/m2-l1.md", "Anota tres pasos.", "La probidad pide tres pasos.")
    report = install_pack(pack=read_pack(glossary), at=at)
    assert "nuevo: palabra Probidad" in map(str, report.changes)
    assert install_pack(pack=read_pack(glossary), at=at).changes == []
    assert GlossaryTerm.objects.get(term="Probidad").variants == "probidades"
    assert report.release.unit_rows.get(key="m2-l1").payload["terms"][0]["source"] == "Ley N° 18.575"
    assert "gloss" not in str(LessonPage.objects.get(key="m2-l1").body.get_prep_value())


@pytest.mark.django_db
def test_other_courses_explain_the_words_that_a_pack_brings(glossary: Path, at: datetime) -> None:
    page = create_course(lessons=(("l1",),), questions=0)
    create_lesson(ModulePage.objects.get(), key="l2", body=[text("La probidad va primero.")])
    publish_release(page=page, at=at)
    install_pack(pack=read_pack(glossary), at=at)
    release = get_current_release(course_code=page.code)
    assert get_unit_payload(release=release, key="l2")["terms"][0]["term"] == "Probidad"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("- term: avisar", "- term: probidad", "«probidad» está dos veces."),
        ("  avoid_for: [cursar aviso]\n", "", "«avisar»: di su significado o qué reemplaza."),
        ("definition: Lo", "significado: Lo", "«significado» no es un campo conocido"),
    ],
)
def test_a_glossary_that_says_nothing_is_told(glossary: Path, old: str, new: str, words: str) -> None:
    edit(glossary, "glossary.yaml", old, new)
    with pytest.raises(PackError) as caught:
        read_pack(glossary)
    assert words in str(caught.value)
    assert "glossary.yaml:" in str(caught.value)
