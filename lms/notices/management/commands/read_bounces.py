"""Reads what mail servers send back, from files, a Maildir, an mbox or the standard input."""

import mailbox
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError

from lms.lib import clock
from lms.notices.rules.reports import LIMIT, read_report
from lms.notices.services.addresses import apply_report

STDIN = "-"
_MAILDIR_FOLDERS = ("new", "cur")


class Command(BaseCommand):
    help = (
        "Lee rebotes, quejas y bajas. Con «-» lee un mensaje de la entrada estándar, como lo entrega un "
        "servidor de correo. Leer dos veces lo mismo no cambia nada."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", default=[STDIN], metavar="ARCHIVO")

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        counts: Counter[str] = Counter()
        for name in options["files"]:
            for raw in _messages(name):
                report = read_report(raw)
                counts["leídos"] += 1
                counts["aplicados"] += bool(report and apply_report(report=report, at=at))
        if options["files"] != [STDIN]:
            self.stdout.write(f"Leídos: {counts['leídos']}. Aplicados: {counts['aplicados']}.")


def _messages(name: str) -> Iterator[bytes]:
    """Each message, no more of it than is read."""
    if name == STDIN:
        yield sys.stdin.buffer.read(LIMIT)
        return
    path = Path(name)
    if path.is_dir():
        yield from _of_maildir(path)
    elif path.is_file():
        with path.open("rb") as file:
            is_mbox = file.read(5) == b"From "
        yield from _of_mbox(path) if is_mbox else _of_file(path)
    else:
        raise CommandError(f"No existe {name}.")


def _of_maildir(path: Path) -> Iterator[bytes]:
    folders = [path / folder for folder in _MAILDIR_FOLDERS if (path / folder).is_dir()] or [path]
    for folder in folders:
        for file in sorted(folder.iterdir()):
            if file.is_file():
                yield from _of_file(file)


def _of_file(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield file.read(LIMIT)


def _of_mbox(path: Path) -> Iterator[bytes]:
    box = mailbox.mbox(path, create=False)
    try:
        for key in box.iterkeys():
            part: BinaryIO = box.get_file(key)  # type: ignore[assignment]
            yield part.read(LIMIT)
    finally:
        box.close()
