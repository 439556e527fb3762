"""The files of the pages on people: one function for each page, used by its download and by schedules."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from courses.models import Course
from lms.reports.compliance.selectors_lines import iterate_lines
from lms.reports.compliance.selectors_standing import people_rows
from lms.reports.compliance.standing_exports import HEADER, cells_of
from lms.reports.compliance.standing_scope import StandingScope
from lms.reports.files import TableFile
from lms.reports.hours import hours_words
from lms.reports.hours.selectors_hours import HoursBook
from lms.reports.matrix import matrix_words
from lms.reports.matrix.selectors_matrix import iterate_rows


def people_file(*, scope: StandingScope) -> TableFile:
    """The people of a requirement; ``scope.requirement`` is one."""
    assert scope.requirement is not None
    lines = iterate_lines(rows=people_rows(scope=scope), scope=scope)
    return TableFile(
        name=f"cumplimiento-{scope.institution.code}-{scope.day.isoformat()}",
        title=f"{scope.institution.name}: {scope.requirement.title}",
        day=scope.day,
        header=[str(text) for text in HEADER],
        rows=(cells_of(line) for line in lines),
    )


def matrix_file(*, scope: StandingScope, courses: Sequence[Course]) -> TableFile:
    """People × courses."""
    return TableFile(
        name=f"matriz-{scope.institution.code}-{scope.day.isoformat()}",
        title=_("%(institution)s: personas y cursos") % {"institution": scope.institution.name},
        day=scope.day,
        header=matrix_words.header_of(courses),
        rows=matrix_words.cells_of(iterate_rows(courses=courses, scope=scope)),
    )


def hours_file(*, scope: StandingScope, book: HoursBook) -> TableFile:
    """One line for each activity, in the shape of an annual training plan (PAC)."""
    return TableFile(
        name=f"horas-{scope.institution.code}-{book.year}",
        title=_("%(institution)s: horas de capacitación %(year)s")
        % {"institution": scope.institution.name, "year": book.year},
        day=book.last_day,
        header=hours_words.header(),
        rows=hours_words.cells_of(book, institution=scope.institution.name),
    )
