"""``manage.py archive_statements``: months of the record, set apart and brought back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.xapi.services.archive import SCHEMA, ArchiveError, attach_month, detach_month, list_months


class Command(BaseCommand):
    help = "Muestra los meses del registro; aparta uno al archivo o lo trae de vuelta (PostgreSQL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("action", nargs="?", choices=["list", "detach", "attach"], default="list")
        parser.add_argument("month", nargs="?", help="por ejemplo 2025-03")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["action"] == "list":
                self._list()
                return
            year, month = _month(options["month"])
            move = detach_month if options["action"] == "detach" else attach_month
            move(year=year, month=month)
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        if options["action"] == "detach":
            self.stdout.write(
                f"{year}-{month:02d} está en el esquema {SCHEMA}. Cópialo con «pg_dump -n {SCHEMA}»."
            )
        else:
            self.stdout.write(f"{year}-{month:02d} está de nuevo en el registro.")

    def _list(self) -> None:
        for found in list_months():
            place = "archivo" if found.is_archived else "registro"
            # PostgreSQL estimates once it has analysed the table.
            count = f"unas {found.statements} declaraciones" if found.statements else "sin estimación"
            size = f"{found.size / 1024 / 1024:.1f} MiB"
            self.stdout.write(f"{found.year}-{found.month:02d}  {place}  {count}  {size}")


def _month(text: str | None) -> tuple[int, int]:
    year, _, month = (text or "").partition("-")
    if not (year.isdecimal() and len(year) == 4 and month.isdecimal() and 1 <= int(month) <= 12):
        raise CommandError("Indica el mes como 2025-03.")
    return int(year), int(month)
