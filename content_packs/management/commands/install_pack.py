"""``manage.py install_pack NAME [--dry-run]``"""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from content_packs.folders import find_folder
from content_packs.problems import PackError
from content_packs.reading import read_pack
from content_packs.services.install import (
    NoCatalogueError,
    PackKindError,
    PageRefusedError,
    install_pack,
)
from content_packs.services.media import ImageFileError
from courses.clock import now
from courses.services import CourseNotReadyError


class Command(BaseCommand):
    help = "Instala o actualiza un paquete de contenido. Repetirlo no cambia nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", help="nombre de un paquete incluido, o una carpeta")
        parser.add_argument("--dry-run", action="store_true", help="solo muestra las diferencias")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            pack = read_pack(find_folder(options["pack"]))
            report = install_pack(pack=pack, at=now(), dry_run=options["dry_run"])
        except FileNotFoundError as error:
            raise CommandError(str(error)) from None
        except PackError as error:
            for problem in error.problems:
                self.stderr.write(str(problem))
            raise CommandError(f"{len(error.problems)} errores. No se instaló nada.") from None
        except NoCatalogueError:
            raise CommandError("El sitio no tiene catálogo. Ejecuta antes: manage.py set_up_site") from None
        except PackKindError:
            raise CommandError("Este paquete es un plan. Instálalo con: manage.py install_plan") from None
        except ImageFileError as error:
            raise CommandError(f"media/{error} no es una imagen. No se instaló nada.") from None
        except (CourseNotReadyError, PageRefusedError) as error:
            raise CommandError(f"{error} No se instaló nada.") from None
        for change in report.changes:
            self.stdout.write(f"  {change}")
        prefix = "Ensayo, no se guardó nada. " if options["dry_run"] else ""
        if not report.changes and not report.is_new_release:
            self.stdout.write(f"{prefix}{pack.manifest.code} {pack.manifest.version}: sin cambios.")
        else:
            made = f"versión {report.release.number} del curso" if report.release else "modelo en borrador"
            what = f"{prefix}{pack.manifest.code} {pack.manifest.version}"
            self.stdout.write(f"{what}: {len(report.changes)} cambios, {made}.")
