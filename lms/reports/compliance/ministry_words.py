"""The comparison of institutions as a file."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from lms.progress.models import TrainingRequirement
from lms.reports.compliance.selectors_ministry import Comparison, InstitutionRow
from lms.reports.files import TableFile
from lms.reports.rules.small_groups import FEWEST


def few_words() -> str:
    """What stands for the number of a small group."""
    return _("menos de %(number)s") % {"number": FEWEST}


def comparison_file(comparison: Comparison, *, requirement: TrainingRequirement, day: date) -> TableFile:
    """One line for each institution, hidden figures hidden."""
    return TableFile(
        name=f"instituciones-{day.isoformat()}",
        title=requirement.title,
        day=day,
        header=[
            _("Código"), _("Institución"), _("Personas"), _("Se exige a"), _("Cumplen"), _("Cumplen (%)"),
            _("Atrasadas"), _("Por vencer"), _("En plazo"), _("Sin exigir"),
        ],
        rows=_rows(comparison),
    )  # fmt: skip


def _rows(comparison: Comparison) -> Iterator[list[object]]:
    for row in comparison.rows:
        yield [row.institution.code, row.institution.name, *_figures(row)]


def _figures(row: InstitutionRow) -> list[object]:
    if row.is_hidden:
        return [few_words() if row.is_small else _("no se muestra"), *[""] * 7]
    tally = row.tally
    return [
        tally.people, tally.asked, tally.met, tally.rate, tally.late, tally.expiring, tally.open,
        tally.not_asked,
    ]  # fmt: skip
