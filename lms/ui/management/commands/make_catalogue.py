"""``manage.py make_catalogue``: gather the interface's texts, and make of the catalogue what Django reads."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.ui.catalogue.finding import find_messages
from lms.ui.catalogue.keeping import TwoKindsError, read_catalogue, update_catalogue


class Command(BaseCommand):
    help = "Reúne los textos de la interfaz en lms/locale y compila sus traducciones."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--language", default="en")
        parser.add_argument("--missing", metavar="CARPETA", help="muestra lo que falta traducir de ella")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = settings.BASE_DIR / "lms" / "locale" / options["language"] / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / "django.po"
        try:
            catalogue = update_catalogue(read_catalogue(path), find_messages(settings.BASE_DIR))
        except TwoKindsError as error:
            raise CommandError(f"«{error}» se usa con plural y sin plural. Dale un contexto a uno.") from None
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        missing = [entry for entry in catalogue if not entry.translated()]
        for entry in missing:
            files = [file for file, _line in entry.occurrences]
            if options["missing"] and any(file.startswith(options["missing"]) for file in files):
                self.stdout.write(str(entry))
        self.stdout.write(f"{len(catalogue)} textos, {len(missing)} sin traducir.")
