"""The columns of the people of a requirement in a file."""

from django.utils.translation import gettext_lazy as _

from lms.reports.compliance.selectors_lines import StandingLine

HEADER = (
    _("Persona"), _("RUN (parcial)"), _("Correo"), _("Unidad"), _("Estamento"), _("Calidad jurídica"),
    _("Situación"), _("Asignada el"), _("Plazo"), _("Completada el"), _("Vigente hasta"),
    _("Unidades terminadas"), _("Unidades del curso"),
)  # fmt: skip


def cells_of(line: StandingLine) -> list[object]:
    """One person, in the order of the header."""
    return [
        line.name, line.run_masked, line.email, line.unit, line.estamento, line.legal_quality,
        line.notice.text, line.assigned_on, line.due_on, line.done_on, line.valid_until,
        line.units_done, line.units_total,
    ]  # fmt: skip
