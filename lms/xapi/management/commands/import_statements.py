"""``manage.py import_statements FILE``: a log of statements into the record."""

import zlib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.lib.progress_bar import ProgressBar
from lms.xapi.platform import current_platform
from lms.xapi.services.importing import (
    ImportFaultsError,
    ImportStoppedError,
    check_file,
    import_file,
)


class Command(BaseCommand):
    help = (
        "Revisa entero un archivo de declaraciones (una por línea, también .gz) y lo guarda. "
        "Las que ya están se saltan: repetir la orden no cambia nada. Conserva la autoridad del archivo."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="solo revisa; no guarda nada")
        parser.add_argument("--from-line", type=int, default=1, help="continúa desde esta línea")

    def handle(self, *args: Any, **options: Any) -> None:
        path, platform = options["file"], current_platform()
        if options["from_line"] < 1:
            raise CommandError("--from-line debe ser 1 o más.")
        try:
            total = self._check(path)
            if options["check"]:
                self.stdout.write(f"{total} declaraciones, todas válidas. No se guardó nada.")
                return
            bar = ProgressBar(total=total, unit="declaraciones guardadas")
            done = import_file(
                path=path, platform=platform, from_line=options["from_line"], advance=bar.advance
            )
        except ImportFaultsError as error:
            raise CommandError(f"No se guardó nada. Corrige el archivo:\n{error}") from error
        except ImportStoppedError as error:
            raise CommandError(
                f"{error} Lo anterior a la línea {error.line} quedó guardado. Corrige esa declaración "
                f"y continúa con --from-line {error.line}."
            ) from error
        except (OSError, EOFError, zlib.error) as error:
            raise CommandError(f"No se puede leer {path}: {error}") from error
        bar.finish()
        self.stdout.write(f"{done.lines} declaraciones leídas; {done.new} nuevas.")

    def _check(self, path: Path) -> int:
        bar = ProgressBar(total=None, unit="declaraciones revisadas")
        total = check_file(path=path, platform=current_platform(), advance=bar.advance)
        bar.finish()
        return total
