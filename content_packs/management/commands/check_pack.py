"""``manage.py check_pack NAME``: is the pack well written? Errors name file and line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_packs.folders import find_folder
from content_packs.problems import PackError
from content_packs.reading import read_pack


class Command(BaseCommand):
    help = "Revisa un paquete de contenido y dice cada error con su archivo y línea."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", help="nombre de un paquete incluido, o una carpeta")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pack = read_pack(find_folder(options["pack"]))
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        except PackError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(error.problems)} errores.") from None
        for warning in pack.warnings:
            self.stdout.write(f"aviso: {warning}")
        self.stdout.write(
            f"{pack.manifest.code} {pack.manifest.version}: {len(pack.lessons)} lecciones, "
            f"{len(pack.dilemmas)} dilemas, {len(pack.questions)} preguntas. Sin errores."
        )
        for one in pack.translations:
            self.stdout.write(
                f"traducción {one.language}: {len(one.lessons)} lecciones, {len(one.dilemmas)} dilemas, "
                f"{len(one.questions)} preguntas."
            )
