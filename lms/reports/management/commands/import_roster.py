"""Shows what a roster would change and, when told to, applies it; resumes one that stopped; undoes one."""

from argparse import ArgumentParser
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from lms.journeys import import_roster as journey
from lms.journeys.tasks import sealing_keys, terms_of_installation
from lms.lib import clock
from lms.lib.progress_bar import ProgressBar
from lms.people.models import Institution, RosterImport, RosterMapping, RosterStatus
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RosterFileError
from lms.people.rosters.wording import describe_file_problem, describe_row_problem
from lms.people.selectors import rosters as selectors
from lms.people.services import roster_errors as errors
from lms.people.services import rosters
from lms.people.services.roster_files import receive_file
from lms.people.services.roster_reading import find_refusal

PROBLEMS_SHOWN = 20
_UNITS = {RosterStatus.ENDING: "personas", RosterStatus.UNDOING: "partes"}


class Command(BaseCommand):
    help = "Revisa una nómina (CSV o XLSX) y, con --apply, la aplica. Termina en 1 si hay filas con error."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="ARCHIVO", nargs="?")
        parser.add_argument("--institution", required=True, metavar="CÓDIGO")
        parser.add_argument("--date", type=date.fromisoformat, metavar="AAAA-MM-DD")
        parser.add_argument(
            "--mapping", metavar="NOMBRE", help="lee las columnas según este formato guardado"
        )
        parser.add_argument("--apply", action="store_true", help="aplica la nómina")
        parser.add_argument(
            "--include-errors", action="store_true", help="aplica las filas correctas y deja fuera las otras"
        )
        parser.add_argument(
            "--confirm-ended", action="store_true", help="confirma que dejen de figurar muchas personas"
        )
        parser.add_argument("--resume", action="store_true", help="sigue con la nómina que quedó a medias")
        parser.add_argument("--undo", action="store_true", help="deshace la última nómina aplicada")

    def handle(self, *args: Any, **options: Any) -> None:
        institution = Institution.objects.filter(code=options["institution"]).first()
        if institution is None:
            raise CommandError(f"No existe la institución con código {options['institution']}.")
        if options["resume"]:
            self._resume(institution, options)
        elif options["undo"]:
            self._undo(institution)
        else:
            self._import(institution, options)

    def _import(self, institution: Institution, options: dict[str, Any]) -> None:
        if not options["file"] or not options["date"]:
            raise CommandError("Indica el archivo y su fecha con --date.")
        roster = self._receive(institution, options)
        self._decide(roster, options)

    def _decide(self, roster: RosterImport, options: dict[str, Any]) -> None:
        self._drive(roster)
        self._require_read(roster)
        counts = RosterCounts.from_stored(roster.counts)
        self._show(roster, counts)
        if not options["apply"]:
            rosters.discard_roster(roster=roster, at=clock.now())
            if counts.wrong:
                raise CommandError("Hay filas con error. No se cambió nada.")
            self.stdout.write("Vista previa: no se cambió nada. Agrega --apply para aplicarla.")
            return
        self._apply(roster, options)

    def _receive(self, institution: Institution, options: dict[str, Any]) -> RosterImport:
        mapping = _find_mapping(institution, options["mapping"])
        try:
            with options["file"].open("rb") as file:
                return receive_file(
                    institution=institution,
                    file=file,
                    file_name=options["file"].name,
                    roster_date=options["date"],
                    mapping=mapping,
                    uploaded_by=None,
                    at=clock.now(),
                )
        except OSError as error:
            raise CommandError(f"No se puede abrir {options['file']}: {error.strerror}.") from error
        except RosterFileError as error:
            raise CommandError(describe_file_problem(error=error)) from error
        except errors.RosterDateError as error:
            raise CommandError(_describe_refusal(error)) from error

    def _require_read(self, roster: RosterImport) -> None:
        """
        Raises:
            CommandError: the file is no roster, or its columns are not recognised.
        """
        refusal = find_refusal(roster=roster)
        if refusal is None or roster.status == RosterStatus.PREVIEW:
            return
        text = describe_file_problem(error=refusal)
        if roster.status == RosterStatus.UNMATCHED:
            text += " También puedes cargarla una vez en el sitio, indicar las columnas, y usar --mapping."
        rosters.discard_roster(roster=roster, at=clock.now())
        raise CommandError(text)

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
        problems = selectors.list_problems(roster=roster, keys=sealing_keys(), limit=PROBLEMS_SHOWN)
        for problem in problems:
            self.stderr.write(describe_row_problem(problem=problem))
        if counts.problems > PROBLEMS_SHOWN:
            self.stderr.write(f"… y {counts.problems - PROBLEMS_SHOWN} errores más.")

    def _apply(self, roster: RosterImport, options: dict[str, Any]) -> None:
        try:
            rosters.begin_apply(
                roster=roster,
                at=clock.now(),
                include_errors=options["include_errors"],
                confirm_ended=options["confirm_ended"],
            )
        except errors.RosterError as error:
            rosters.discard_roster(roster=roster, at=clock.now())
            raise CommandError(_describe_refusal(error)) from error
        self._drive(roster)
        if roster.status != RosterStatus.APPLIED:
            raise CommandError("Los registros cambiaron mientras se leía la nómina. Repite la carga.")
        differences = RosterCounts.from_stored(roster.counts).differences
        if differences:
            self.stderr.write(f"Personas que cambiaron mientras se aplicaba: {differences}")
        self.stdout.write(self.style.SUCCESS("Nómina aplicada."))

    def _resume(self, institution: Institution, options: dict[str, Any]) -> None:
        roster = selectors.find_open_roster(institution_id=institution.pk)
        if roster is None:
            raise CommandError("No hay ninguna nómina a medias en esta institución.")
        if roster.status in (RosterStatus.READING, RosterStatus.COMPARING):
            self._decide(roster, options)
            return
        self._drive(roster)
        self.stdout.write(
            self.style.SUCCESS(f"Nómina del {roster.roster_date:%d-%m-%Y}: {roster.get_status_display()}.")
        )

    def _undo(self, institution: Institution) -> None:
        roster = selectors.find_last_applied(institution_id=institution.pk)
        if roster is None:
            raise CommandError("No hay ninguna nómina aplicada en esta institución.")
        try:
            rosters.begin_undo(roster=roster, at=clock.now())
        except errors.RosterError as error:
            raise CommandError(_describe_refusal(error)) from error
        self._drive(roster)
        kept, _people = selectors.list_kept_people(roster=roster, limit=0)
        if kept:
            self.stderr.write(f"Personas que alguien cambió después, y que no se tocaron: {kept}")
        self.stdout.write(self.style.SUCCESS("Nómina deshecha."))

    def _drive(self, roster: RosterImport) -> None:
        """Go on with it until it waits for a person, with one bar for each of its states."""
        at, status, done = clock.now(), "", 0
        bar: ProgressBar | None = None
        finish: Callable[[], None] = lambda: None  # noqa: E731
        try:
            for moved in journey.work_on(roster=roster, terms=terms_of_installation(), at=at):
                if moved.status != status:
                    finish()
                    status, done = moved.status, 0
                    unit = _UNITS.get(RosterStatus(status), "filas")
                    bar = ProgressBar(total=moved.total or None, unit=unit)
                    finish = bar.finish
                if bar is not None:
                    bar.advance(max(moved.done - done, 0))
                    done = max(moved.done, done)
                rosters.note_work(roster=moved, at=clock.now())
        except errors.RosterTakenError as error:
            raise CommandError("Otro proceso está trabajando con esta nómina.") from error
        finally:
            finish()
        roster.refresh_from_db()


def _find_mapping(institution: Institution, name: str | None) -> RosterMapping | None:
    if not name:
        return None
    found = selectors.find_mapping(institution_id=institution.pk, name=name)
    if found is None:
        raise CommandError(f"La institución no tiene un formato llamado «{name}».")
    return found


def _describe_refusal(error: errors.RosterError) -> str:
    match error:
        case errors.RosterHasErrorsError():
            return (
                "Hay filas con error. Corrígelas o, si son menos de 5 por cada 100 correctas, "
                "agrega --include-errors."
            )
        case errors.EndedNotConfirmedError():
            return "Dejarían de figurar muchas personas. Si es correcto, agrega --confirm-ended."
        case errors.RosterDateError(latest=None):
            return "La fecha de la nómina debe estar entre el año 2000 y un mes más que hoy."
        case errors.RosterDateError():
            return f"Ya se aplicó una nómina del {error.latest:%d-%m-%Y}: carga una de esa fecha o posterior."
        case errors.RosterNotUndoableError():
            return "La última nómina ya no se puede deshacer: pasaron 30 días."
        case _:
            return "Otra nómina se está aplicando. No se cambió nada: inténtalo de nuevo."
