from datetime import datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from courses.models import CourseRelease, LessonPage
from tests.content_packs.small import edit, read_files
from tests.content_packs.test_install import install


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out, stderr=out)
    return out.getvalue()


def refuse(*words: str) -> tuple[str, str]:
    """``(what was printed, the error)``; the exit code of a ``CommandError`` is 1."""
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(*words, stdout=out, stderr=out)
    assert caught.value.returncode == 1
    return out.getvalue(), str(caught.value)


def test_check_says_what_a_good_pack_holds(folder: Path) -> None:
    assert (
        run("check_pack", str(folder)) == "paquete 1.0.0: 3 lecciones, 1 dilemas, 3 preguntas. Sin errores.\n"
    )


def test_check_prints_each_problem_and_their_number(folder: Path) -> None:
    line = edit(folder, "laws.yaml", "version: 2024-01-15", "version: ayer")
    edit(folder, "questions/INT-1.yaml", "review: m1-l1", "review: m9")
    printed, error = refuse("check_pack", str(folder))
    assert f"laws.yaml:{line}: " in printed
    assert "questions/INT-1.yaml:" in printed
    assert error == f"{len(printed.splitlines())} errores."


def test_check_prints_warnings_and_succeeds(folder: Path) -> None:
    hard = (
        "Consecuentemente, corresponde institucionalizar procedimientos administrativos interdisciplinarios. "
        * 9
    )
    edit(folder, "lessons/m2-l1.md", "Anota tres pasos.", hard)
    assert run("check_pack", str(folder)).startswith(
        "aviso: lessons/m2-l1.md:1: La lección es muy difícil de leer"
    )


def test_our_plan_pack_is_well_written() -> None:
    assert "Sin errores" in run("check_pack", "plan-chile-4")


@pytest.mark.parametrize("command", ["check_pack", "install_pack"])
def test_an_unknown_pack_is_told(db: None, command: str) -> None:
    assert "No encuentro el paquete «no-existe»" in refuse(command, "no-existe")[1]


def test_install_without_catalogue_says_what_to_run(db: None, folder: Path) -> None:
    assert "set_up_site" in refuse("install_pack", str(folder))[1]


@pytest.mark.usefixtures("catalogue")
class TestInstalled:
    def test_install_says_what_it_did(self, folder: Path) -> None:
        printed = run("install_pack", str(folder))
        assert "  nuevo: curso curso-de-prueba\n" in printed
        assert printed.endswith("cambios, versión 1 del curso.\n")

    def test_install_again_says_that_nothing_changed(self, folder: Path, at: datetime) -> None:
        install(folder, at)
        assert run("install_pack", str(folder)) == "paquete 1.0.0: sin cambios.\n"

    def test_rehearsal_says_that_it_saved_nothing(self, folder: Path) -> None:
        assert "Ensayo, no se guardó nada." in run("install_pack", str(folder), "--dry-run")
        assert not CourseRelease.objects.exists()

    def test_install_of_a_broken_pack_installs_nothing(self, folder: Path) -> None:
        edit(folder, "laws.yaml", "version: 2024-01-15", "version: ayer")
        printed, error = refuse("install_pack", str(folder))
        assert "laws.yaml:5: " in printed
        assert error.endswith("No se instaló nada.")
        assert not LessonPage.objects.exists()

    def test_install_of_a_plan_names_the_other_command(self) -> None:
        assert "install_plan" in refuse("install_pack", "plan-chile-4")[1]

    def test_install_of_a_false_image_names_it(self, folder: Path) -> None:
        (folder / "media").mkdir()
        (folder / "media/foto.png").write_bytes(b"x")
        block = "::: image\nfile: foto.png\nalt: x\n:::\n\n::: plain\n"
        edit(folder, "lessons/m1-l1.md", "::: plain\n", block)
        assert (
            refuse("install_pack", str(folder))[1] == "media/foto.png no es una imagen. No se instaló nada."
        )

    def test_export_says_how_many_files(self, folder: Path, tmp_path: Path, at: datetime) -> None:
        install(folder, at)
        target = tmp_path / "copia"
        assert run("export_pack", "curso-de-prueba", str(target)) == f"8 archivos en {target}.\n"
        assert len(read_files(target)) == 8

    def test_export_of_an_unknown_course_is_told(self, tmp_path: Path) -> None:
        assert "«no-existe»" in refuse("export_pack", "no-existe", str(tmp_path / "x"))[1]

    def test_export_into_a_used_folder_is_refused(self, folder: Path, tmp_path: Path, at: datetime) -> None:
        install(folder, at)
        (tmp_path / "otra").mkdir()
        (tmp_path / "otra/apuntes.txt").write_text("mío")
        assert "otros archivos" in refuse("export_pack", "curso-de-prueba", str(tmp_path / "otra"))[1]

    def test_export_into_a_file_is_told(self, folder: Path, tmp_path: Path, at: datetime) -> None:
        install(folder, at)
        (tmp_path / "archivo").write_text("mío")
        assert (
            "No se puede escribir" in refuse("export_pack", "curso-de-prueba", str(tmp_path / "archivo"))[1]
        )
