"""``manage.py export_statements FILE``: the record, or part of it, as JSON lines."""

from argparse import ArgumentParser
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.lib.progress_bar import ProgressBar
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import is_iri, parse_instant
from lms.xapi.rules.keys import identify
from lms.xapi.rules.statements import check_agent
from lms.xapi.selectors.finding import StatementFilter
from lms.xapi.services.exporting import ExportError, export_statements


class Command(BaseCommand):
    help = (
        "Escribe las declaraciones en un archivo, una por línea, en el orden en que se guardaron. "
        "Si el nombre termina en .gz, comprimido. Sin agente, actividad ni verbo incluye las anuladas."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="archivo nuevo, por ejemplo registro.jsonl.gz")
        parser.add_argument("--since", help="guardadas después de este instante, por ejemplo 2026-03-01")
        parser.add_argument("--until", help="guardadas hasta este instante")
        parser.add_argument("--agent", help="JSON de un Agent, como en las declaraciones")
        parser.add_argument("--activity", help="IRI de una actividad")
        parser.add_argument("--verb", help="IRI de un verbo")
        parser.add_argument("--resume", action="store_true", help="continúa una exportación interrumpida")

    def handle(self, *args: Any, **options: Any) -> None:
        bar = ProgressBar(total=None, unit="declaraciones")
        try:
            count = export_statements(
                wanted=_filter(options),
                target=options["file"],
                resume=options["resume"],
                advance=bar.advance,
            )
        except (ExportError, OSError) as error:
            raise CommandError(str(error)) from error
        bar.finish()
        self.stdout.write(f"{count} declaraciones en {options['file']}.")


def _filter(options: dict[str, Any]) -> StatementFilter:
    agent = None
    if options["agent"]:
        try:
            agent = identify(check_agent(options["agent"].encode()))
        except InvalidValueError as error:
            raise CommandError(f"--agent no es un Agent válido: {error}") from error
        if agent is None:
            raise CommandError("--agent debe tener un identificador.")
    for name in ("activity", "verb"):
        if options[name] and not is_iri(options[name]):
            raise CommandError(f"--{name} debe ser un IRI.")
    return StatementFilter(
        agent=agent,
        activity=options["activity"],
        verb=options["verb"],
        since=_instant(options["since"], "since"),
        until=_instant(options["until"], "until"),
    )


def _instant(text: str | None, name: str) -> datetime | None:
    if not text:
        return None
    try:
        return parse_instant(text if "T" in text else f"{text}T00:00:00Z")
    except InvalidValueError as error:
        raise CommandError(
            f"--{name}: «{text}» no es una fecha; escribe 2026-03-01 o 2026-03-01T08:00:00Z."
        ) from error
