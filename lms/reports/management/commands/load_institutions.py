"""Loads the institutions of the State, ours or those of other tables; training follows those that moved."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.journeys.change_places import load_institutions
from lms.people.services.places import InstitutionTableError, read_institutions

DEFAULT_FILE = Path(settings.BASE_DIR) / "content_packs" / "data" / "instituciones.csv"


class Command(BaseCommand):
    help = "Carga instituciones desde tablas CSV. Repetir la carga no cambia nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, default=[DEFAULT_FILE], metavar="ARCHIVO")

    def handle(self, *args: Any, **options: Any) -> None:
        for file in options["files"]:
            try:
                with file.open(encoding="utf-8-sig", newline="") as lines:
                    loaded = load_institutions(rows=read_institutions(lines=lines))
            except OSError as error:
                raise CommandError(f"No se puede abrir {file}: {error.strerror}.") from error
            except UnicodeDecodeError as error:
                raise CommandError(f"{file} no está en UTF-8.") from error
            except InstitutionTableError as error:
                raise CommandError(f"{file}: {error}") from error
            self.stdout.write(
                f"{file.name}: {loaded.created} nuevas, {loaded.changed} corregidas, "
                f"{loaded.unchanged} sin cambios."
            )
