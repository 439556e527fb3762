"""Why a posting or a leave cannot be written like this: the field, and what to do."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from lms.people.services import jobs, leaves

_PROBLEMS: dict[type[Exception], tuple[str, Promise]] = {
    jobs.JobDatesError: ("valid_until", _("El último día es anterior al primero.")),
    jobs.JobOverlapError: (
        "valid_from",
        _(
            "En esos días ya tiene otra destinación en esta institución. Termina o corrige esa antes, "
            "o usa «Trasladar»."
        ),
    ),
    jobs.UnitClosedError: ("unit", _("Esa unidad se cerró antes. Elige otra, o un último día anterior.")),
    jobs.OtherInstitutionError: (
        "unit",
        _("Una corrección no cambia de institución. Termina esta destinación y agrega otra."),
    ),
    jobs.NotInForceError: (
        "valid_from",
        _("El día anterior no está en este puesto. Elige un día dentro de sus fechas, después del primero."),
    ),
    leaves.LeaveDatesError: ("last_day", _("El último día es anterior al primero.")),
    leaves.LeaveOverlapError: ("first_day", _("En esos días ya hay otra ausencia registrada.")),
    leaves.NotAtWorkError: (
        "first_day",
        _("En esos días la persona no trabaja en la institución. Revisa las fechas."),
    ),
}


def find_problem(*, error: jobs.JobError | leaves.LeaveError) -> tuple[str, str]:
    """``(field, text)``."""
    name, text = _PROBLEMS[type(error)]
    return name, str(text)
