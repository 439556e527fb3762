"""``manage.py export_pack COURSE FOLDER``"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_packs.services.export import ExportFolderError, export_pack
from courses.selectors import find_live_page


class Command(BaseCommand):
    help = "Exporta un curso publicado como paquete de contenido."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("course", help="código del curso")
        parser.add_argument("folder", type=Path, help="carpeta de destino, nueva o de un export anterior")

    def handle(self, *args: Any, **options: Any) -> None:
        page = find_live_page(course_code=options["course"])
        if page is None:
            raise CommandError(f"No hay un curso publicado con el código «{options['course']}».")
        try:
            written = export_pack(page=page, folder=options["folder"])
        except ExportFolderError:
            raise CommandError("La carpeta tiene otros archivos. Elige una nueva.") from None
        except OSError as error:
            raise CommandError(f"No se puede escribir en la carpeta: {error.strerror}.") from None
        self.stdout.write(f"{len(written)} archivos en {options['folder']}.")
