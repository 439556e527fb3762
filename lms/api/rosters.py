"""The same import of rosters as the screens', for systems: one thin step each, errors as problems."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from lms.api.auth import Visit
from lms.api.problems import Problem, ProblemError
from lms.api.roster_bodies import Body
from lms.journeys import import_roster as journey
from lms.journeys.tasks import sealing_keys, terms_of_installation
from lms.people.models import AccessLogEntry, Institution, RosterImport, User
from lms.people.rosters.counts import RosterCounts
from lms.people.rosters.problems import RosterFileError, RowProblem
from lms.people.rosters.wording import describe_file_problem
from lms.people.selectors.rosters import find_roster, list_problems
from lms.people.services import roster_errors as errors
from lms.people.services.access_log import log_access
from lms.people.services.rosters import OUTDATED
from lms.people.services.rosters import discard_roster as give_up

PROBLEMS_SHOWN = 200


def get_roster(*, visit: Visit, public_id: UUID) -> RosterImport:
    """A roster of an institution within reach. One query.

    Raises:
        ProblemError: there is none.
    """
    found = find_roster(public_id=public_id)
    if found is None or not visit.caller.covers(found.institution_id):
        raise ProblemError(Problem.NOT_FOUND)
    return found


def first_problems(roster: RosterImport) -> list[RowProblem]:
    """The first problems of its rows. One query."""
    return list(list_problems(roster=roster, keys=sealing_keys(), limit=PROBLEMS_SHOWN))


def receive_roster(*, visit: Visit, institution: Institution, body: Body, roster_date: date) -> RosterImport:
    """A roster to be reviewed; a large one is read in the background."""
    rows, name = body.rows(), f"{visit.caller.name}: {body.name}"
    given: dict[str, Any] = {
        "institution": institution,
        "roster_date": roster_date,
        "uploaded_by": User.objects.get(pk=visit.caller.user_id or 0),
        "terms": terms_of_installation(),
        "at": visit.at,
    }
    with _as_problems():
        if rows is None:
            return journey.receive_roster(file=body.file, file_name=name, **given)
        return journey.receive_rows(rows=rows, source=name, **given)


def apply_roster(*, visit: Visit, roster: RosterImport, include_errors: bool, confirm_ended: bool) -> None:
    """Apply a preview; a large one goes on in the background."""
    with _as_problems():
        journey.apply_roster(
            roster=roster,
            terms=terms_of_installation(),
            at=visit.at,
            include_errors=include_errors,
            confirm_ended=confirm_ended,
        )
    if roster.reason == OUTDATED:
        detail = _("Los registros cambiaron desde la vista previa. Mira los números de nuevo y decide.")
        raise ProblemError(Problem.CONFLICT, detail)
    _log(visit, roster, RosterCounts.from_stored(roster.counts).correct, roster.file_name)


def undo_roster(*, visit: Visit, roster: RosterImport) -> None:
    """Take back the last roster applied; a large one goes on in the background."""
    with _as_problems():
        journey.undo_roster(roster=roster, terms=terms_of_installation(), at=visit.at)
    people = RosterCounts.from_stored(roster.counts).writes
    _log(visit, roster, people, _("Deshizo %(file)s") % {"file": roster.file_name})


def discard_roster(*, visit: Visit, roster: RosterImport) -> None:
    """Give a roster up before it is applied."""
    with _as_problems():
        give_up(roster=roster, at=visit.at)


def _log(visit: Visit, roster: RosterImport, people: int, detail: str) -> None:
    log_access(
        viewer=visit.caller.viewer,
        grant=visit.caller.grant,
        action=AccessLogEntry.Action.IMPORT,
        at=visit.at,
        institution_id=roster.institution_id,
        people_count=people,
        detail=detail,
    )


@contextmanager
def _as_problems() -> Iterator[None]:
    try:
        yield
    except RosterFileError as error:
        raise ProblemError(Problem.ROSTER_REFUSED, describe_file_problem(error=error)) from error
    except errors.RosterDateError as error:
        detail = _("Revisa «roster_date»: es muy lejana, o anterior a la última nómina que se aplicó.")
        raise ProblemError(Problem.ROSTER_REFUSED, detail) from error
    except errors.RosterError as error:
        raise ProblemError(Problem.CONFLICT, _why(error)) from error


def _why(error: errors.RosterError) -> str:
    if isinstance(error, errors.RosterHasErrorsError):
        return _("Hay filas con error. Corrígelas o, si «can_be_applied», aplica con «include_errors».")
    if isinstance(error, errors.EndedNotConfirmedError):
        return _("Dejarían de figurar muchas personas. Si es correcto, aplica con «confirm_ended».")
    if isinstance(error, errors.RosterBusyError):
        return _("Otra nómina de la institución se está aplicando. No se cambió nada: intenta de nuevo.")
    if isinstance(error, errors.RosterNotUndoableError):
        return _("Esta nómina no se puede deshacer: no es la última que se aplicó, o pasaron 30 días.")
    return _("La nómina no está en revisión: se está leyendo, o ya se aplicó o se descartó. Mira «state».")
