"""Shows what a roster would change and, when told to, applies it."""

from argparse import ArgumentParser
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lms.lib import clock
from lms.people.models import Institution, RosterImport
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RosterFileError
from lms.people.rosters.wording import describe_file_problem, describe_row_problem
from lms.people.services import rosters

PROBLEMS_SHOWN = 20


class Command(BaseCommand):
    help = "Revisa una nómina (CSV o XLSX) y, con --apply, la aplica. Termina en 1 si hay filas con error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="ARCHIVO")
        parser.add_argument("--institution", required=True, metavar="CÓDIGO")
        parser.add_argument("--date", required=True, type=date.fromisoformat, metavar="AAAA-MM-DD")
        parser.add_argument("--apply", action="store_true", help="aplica la nómina")
        parser.add_argument(
            "--include-errors", action="store_true", help="aplica las filas correctas y deja fuera las otras"
        )
        parser.add_argument(
            "--confirm-ended", action="store_true", help="confirma que dejen de figurar muchas personas"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        roster = self._read(options)
        counts = RosterCounts.from_stored(roster.counts)
        self._show(roster, counts)
        if not options["apply"]:
            rosters.discard_roster(roster=roster, at=clock.now())
            if counts.wrong:
                raise CommandError("Hay filas con error. No se cambió nada.")
            self.stdout.write("Vista previa: no se cambió nada. Agrega --apply para aplicarla.")
            return
        self._apply(roster, options)
        self.stdout.write(self.style.SUCCESS("Nómina aplicada."))

    def _read(self, options: dict[str, Any]) -> RosterImport:
        institution = Institution.objects.filter(code=options["institution"]).first()
        if institution is None:
            raise CommandError(f"No existe la institución con código {options['institution']}.")
        try:
            with options["file"].open("rb") as file:
                return rosters.read_roster(
                    institution=institution,
                    file=file,
                    file_name=options["file"].name,
                    roster_date=options["date"],
                    run_key=settings.RUN_KEY,
                    uploaded_by=None,
                    at=clock.now(),
                )
        except OSError as error:
            raise CommandError(f"No se puede abrir {options['file']}: {error.strerror}.") from error
        except RosterFileError as error:
            raise CommandError(describe_file_problem(error=error)) from error
        except rosters.RosterDateError as error:
            raise CommandError(_describe_date(error)) from error

    def _show(self, roster: RosterImport, counts: RosterCounts) -> None:
        lines = (
            ("Filas correctas", counts.correct),
            ("Filas con error", counts.wrong),
            ("Personas nuevas", counts.new),
            ("Se incorporan", counts.joined),
            ("Cambian de unidad, estamento o calidad", counts.moved),
            ("Cambian sus datos", counts.changed),
            ("Sin cambios", counts.unchanged),
            ("Dejan de figurar", counts.ended),
            ("Unidades nuevas", counts.new_units),
        )
        for label, number in lines:
            self.stdout.write(f"{label}: {number}")
        for problem in islice(rosters.list_problems(roster=roster), PROBLEMS_SHOWN):
            self.stderr.write(describe_row_problem(problem=problem))
        if counts.problems > PROBLEMS_SHOWN:
            self.stderr.write(f"… y {counts.problems - PROBLEMS_SHOWN} errores más.")

    def _apply(self, roster: RosterImport, options: dict[str, Any]) -> None:
        try:
            rosters.apply_roster(
                roster=roster,
                at=clock.now(),
                include_errors=options["include_errors"],
                confirm_ended=options["confirm_ended"],
            )
        except rosters.RosterError as error:
            rosters.discard_roster(roster=roster, at=clock.now())
            raise CommandError(_describe_refusal(error)) from error


def _describe_date(error: rosters.RosterDateError) -> str:
    if error.latest:
        return f"Ya se aplicó una nómina del {error.latest:%d-%m-%Y}: carga una de esa fecha o posterior."
    return "La fecha de la nómina debe estar entre el año 2000 y un mes más que hoy."


def _describe_refusal(error: rosters.RosterError) -> str:
    match error:
        case rosters.RosterHasErrorsError():
            return (
                "Hay filas con error. Corrígelas o, si son menos de 5 por cada 100 correctas, "
                "agrega --include-errors."
            )
        case rosters.EndedNotConfirmedError():
            return "Dejarían de figurar muchas personas. Si es correcto, agrega --confirm-ended."
        case rosters.RosterDateError():
            return _describe_date(error)
        case rosters.RosterBusyError():
            return "Otra carga estaba en curso. No se cambió nada: repite la carga."
        case _:
            return "Los registros cambiaron mientras se leía la nómina. Repite la carga."
