"""Installs a plan from its pack."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from content_packs.folders import find_folder
from content_packs.problems import PackError
from content_packs.yaml_lines import convert, load
from lms.lib import clock
from lms.plan.manifests import PlanFile
from lms.plan.services import InstallReport, PlanDataError, install_plan, refresh_current_coverage

DEFAULT_PACK = "plan-chile-4"


class Command(BaseCommand):
    help = "Instala un plan de acción desde su paquete. Se puede repetir: informa qué cambió."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "pack", nargs="?", default=DEFAULT_PACK, help="Nombre de un paquete incluido, o su carpeta."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = (find_folder(options["pack"]) / "plan.yaml").read_text(encoding="utf-8")
            data = convert(load(text, file="plan.yaml"), PlanFile)
            at = clock.now()
            report = install_plan(data=data, at=at)
        except FileNotFoundError as error:
            raise CommandError(str(error)) from error
        except UnicodeDecodeError as error:
            raise CommandError("plan.yaml no está en UTF-8.") from error
        except (PackError, PlanDataError) as error:
            raise CommandError(str(error)) from error
        self._report(report)
        refresh_current_coverage(at=at)

    def _report(self, report: InstallReport) -> None:
        for name in report.created:
            self.stdout.write(f"Nuevo: {name}")
        for one in report.differences:
            verb = "Se conserva" if one.kept else "Cambia"
            self.stdout.write(f"{verb}: {one.where}, {one.field}: {one.before!r} / paquete: {one.after!r}")
        if not report.created and not report.differences:
            self.stdout.write("Sin cambios.")
