"""Installs the questionnaires of a pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content_packs.folders import find_folder
from content_packs.problems import PackError, Problem
from content_packs.reader import Reader
from lms.diagnostics.manifests import DiagnosticFile, check_file
from lms.diagnostics.services import InstallReport, install_questionnaires
from lms.lib import clock

DEFAULT_PACK = "plan-chile-4"
FOLDER = "diagnostics"


class Command(BaseCommand):
    help = "Instala los cuestionarios de un paquete. Se puede repetir: un archivo que cambió es otra versión."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "pack", nargs="?", default=DEFAULT_PACK, help="Nombre de un paquete incluido, o su carpeta."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = read_files(find_folder(options["pack"]))
        except (FileNotFoundError, PackError) as error:
            raise CommandError(str(error)) from error
        self._report(install_questionnaires(files=files, at=clock.now()))

    def _report(self, report: InstallReport) -> None:
        for code in report.created:
            self.stdout.write(f"Nuevo: {code}")
        for code, version in report.changed.items():
            self.stdout.write(f"Cambió: {code}, ahora versión {version}. Lo respondido antes no cambia.")
        for code in report.unchanged:
            self.stdout.write(f"Sin cambios: {code}")


def read_files(root: Path) -> list[DiagnosticFile]:
    """The questionnaires of a pack, in order of their names.

    Raises:
        PackError: all that is wrong, by file and line.
    """
    reader = Reader(root)
    names = [f"{FOLDER}/{path.name}" for path in sorted((root / FOLDER).glob("*.yaml"))]
    if not names:
        raise PackError([Problem(FOLDER, 1, "El paquete no tiene cuestionarios.")])
    files: list[DiagnosticFile] = []
    for name in names:
        file, located = reader.shape(name, DiagnosticFile)
        if file is None:
            continue
        if file.code != Path(name).stem:
            reader.problems.append(
                located.problem(f"code: debe ser «{Path(name).stem}», como el archivo.", "code")
            )
        reader.problems.extend(check_file(file, located))
        files.append(file)
    if reader.problems:
        raise PackError(reader.problems)
    return files
