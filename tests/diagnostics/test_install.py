"""Questionnaires from files: the five of the pack, and everything a file can have wrong."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from content_packs.folders import find_folder
from content_packs.yaml_lines import dump
from lms.diagnostics.management.commands.install_diagnostics import read_files
from lms.diagnostics.manifests import DiagnosticFile
from lms.diagnostics.models import Questionnaire, QuestionnaireRelease
from tests.factories.diagnostics import CODE, make_content, question

OURS = read_files(find_folder("plan-chile-4"))


def write(root: Path, content: dict[str, Any], name: str = CODE) -> Path:
    folder = root / "diagnostics"
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.yaml").write_text(dump(content), encoding="utf-8")
    return root


def install(root: Path) -> str:
    out = StringIO()
    call_command("install_diagnostics", str(root), stdout=out)
    return out.getvalue()


# --- The pack ------------------------------------------------------------------------------------
def test_the_pack_serves_the_commitments_that_it_should() -> None:
    assert {one.code: one.commitments for one in OURS} == {
        "gobierno-abierto-municipal": [4],
        "sistema-de-integridad": [1, 6],
        "participacion-ley-20500": [9],
        "atencion-accesible": [5],
        "datos-abiertos-con-privacidad": [10],
    }


@pytest.mark.parametrize("file", OURS, ids=lambda one: one.code)
def test_a_questionnaire_of_the_pack_is_short_sourced_and_says_whose_it_is(file: DiagnosticFile) -> None:
    questions = [one for dimension in file.dimensions for one in dimension.questions]

    assert 15 <= len(questions) <= 25
    assert file.source.text.startswith("Propuesta de Aula Abierta a partir de")
    assert file.licence == "CC BY 4.0"
    assert all(one.anchor.url.startswith("https://") and one.why and one.improvement for one in questions)
    assert all(one.text.endswith("?") and len(one.levels) == 4 for one in questions)


# --- Installing ----------------------------------------------------------------------------------
def test_installing_twice_changes_nothing(db: None, tmp_path: Path) -> None:
    root = write(tmp_path, make_content())

    assert install(root) == f"Nuevo: {CODE}\n"
    assert install(root) == f"Sin cambios: {CODE}\n"
    assert QuestionnaireRelease.objects.count() == 1


def test_a_changed_file_is_a_new_version(db: None, tmp_path: Path) -> None:
    install(write(tmp_path, make_content()))

    said = install(write(tmp_path, make_content(title="Otro título")))

    assert "ahora versión 2" in said
    questionnaire = Questionnaire.objects.select_related("current").get()
    assert questionnaire.title == "Otro título"
    assert [one.file.title for one in questionnaire.releases.all()] == [
        "Otro título",
        make_content()["title"],
    ]


def with_questions(*questions: dict[str, Any]) -> dict[str, Any]:
    return make_content(dimensions=[{"key": "d", "title": "Una", "questions": list(questions)}])


BAD = {
    "an unknown field": (make_content(peso=1), "«peso» no es un campo conocido"),
    "no title": ({k: v for k, v in make_content().items() if k != "title"}, "falta «title»"),
    "another code": (make_content(code="otro"), "debe ser «consejo», como el archivo"),
    "no source": (make_content(source={"text": "Fuente", "url": "http://a.cl"}), "source.url"),
    "a question twice": (with_questions(question("a"), question("a")), "La clave «a» se repite."),
    "points that fall": (
        with_questions(question("a", levels=[{"points": 0, "text": "a"}, {"points": 0, "text": "b"}])),
        "parten en 0 y suben",
    ),
    "one level": (with_questions(question("a", levels=[{"points": 0, "text": "a"}])), "2 elementos o más"),
    "evidence from the first": (
        with_questions(
            question("a", levels=[{"points": 0, "text": "a", "evidence": True}, {"points": 1, "text": "b"}])
        ),
        "El primer nivel no pide evidencia",
    ),
    "a huge weight": (with_questions(question("a", weight=10**30)), "5 o menos"),
    "no questions": (make_content(dimensions=[]), "dimensions"),
}


@pytest.mark.parametrize(("content", "words"), BAD.values(), ids=list(BAD))
def test_a_wrong_file_is_refused_by_file_and_line(
    db: None, tmp_path: Path, content: dict[str, Any], words: str
) -> None:
    with pytest.raises(CommandError) as error:
        install(write(tmp_path, content))

    assert words in str(error.value) and "diagnostics/consejo.yaml:" in str(error.value)
    assert not Questionnaire.objects.exists()


def test_one_wrong_file_keeps_all_out(db: None, tmp_path: Path) -> None:
    write(tmp_path, make_content())
    write(tmp_path, make_content(code="otro", dimensions=[]), name="otro")

    with pytest.raises(CommandError):
        install(tmp_path)
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    "spoil",
    [
        lambda file: file.write_bytes(b"\xff\xfe no es texto"),
        lambda file: file.write_bytes(b"code: a\x00b"),
        lambda file: file.write_text("code: [sin cerrar"),
        lambda file: file.write_text(""),
        lambda file: file.write_text("- una lista"),
    ],
)
def test_a_file_that_is_none_is_said_so(db: None, tmp_path: Path, spoil: Callable[[Path], object]) -> None:
    write(tmp_path, make_content())
    spoil(tmp_path / "diagnostics" / f"{CODE}.yaml")

    with pytest.raises(CommandError, match=r"diagnostics/consejo.yaml:"):
        install(tmp_path)


@pytest.mark.parametrize("name", ["no-existe", ""])
def test_an_unknown_pack_is_said_so(db: None, name: str) -> None:
    with pytest.raises(CommandError, match="No encuentro el paquete"):
        call_command("install_diagnostics", name)


def test_a_pack_without_questionnaires_is_said_so(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no tiene cuestionarios"):
        install(tmp_path)
