"""Installs the indicators of a plan, with their example data, from its pack."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content_packs.folders import find_folder
from content_packs.problems import PackError
from content_packs.yaml_lines import convert, load
from lms.indicators.manifests import IndicatorsFile
from lms.indicators.services import IndicatorDataError, InstallReport, install_indicators
from lms.lib import clock
from lms.lib.table_files import LARGEST_FILE

DEFAULT_PACK = "plan-chile-4"
FILE, FOLDER = "indicators.yaml", "indicators"


class Command(BaseCommand):
    help = (
        "Instala los indicadores de un plan y sus datos de ejemplo desde su paquete. Se puede repetir: "
        "informa qué cambió, y no toca los datos verdaderos ni lo que se editó aquí."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "pack", nargs="?", default=DEFAULT_PACK, help="Nombre de un paquete incluido, o su carpeta."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            folder = find_folder(options["pack"])
            text = (folder / FILE).read_text(encoding="utf-8")
            data = convert(load(text, file=FILE), IndicatorsFile)
            examples = _read_examples(folder / FOLDER, data)
            report = install_indicators(data=data, examples=examples, at=clock.now())
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        except UnicodeDecodeError as error:
            raise CommandError(f"{FILE} no está en UTF-8.") from error
        except (PackError, IndicatorDataError) as error:
            raise CommandError(str(error)) from error
        self._report(report)

    def _report(self, report: InstallReport) -> None:
        for code in report.created:
            self.stdout.write(f"Nuevo: {code}")
        for one in report.differences:
            verb = "Se conserva" if one.kept else "Cambia"
            self.stdout.write(f"{verb}: {one.where}, {one.field}: {one.before!r} / paquete: {one.after!r}")
        for code in report.examples:
            self.stdout.write(f"Datos de ejemplo: {code}")
        if not (report.created or report.differences or report.examples):
            self.stdout.write("Sin cambios.")


def _read_examples(folder: Path, data: IndicatorsFile) -> dict[str, bytes]:
    """Only the files that are named, and of each no more than an upload may have."""
    found = {}
    for entry in data.indicators:
        if entry.example and (folder / entry.example).is_file():
            with (folder / entry.example).open("rb") as file:
                found[entry.example] = file.read(LARGEST_FILE + 1)
    return found
