"""Saved views on paper: figures of groups only, small ones hidden, so that the file may travel by e-mail."""

from collections import Counter
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from courses.models import Course
from lms.people.selectors.places import list_units
from lms.reports.compliance.selectors_standing import TallyRow, get_figures
from lms.reports.compliance.standing_scope import StandingScope
from lms.reports.compliance.standing_words import describe_filters
from lms.reports.frozen.frozen_words import group_table, small_group_words
from lms.reports.frozen.selectors_frozen import FrozenGroup
from lms.reports.hours.hours_book import HoursBook
from lms.reports.matrix.selectors_matrix import CellKind, iterate_rows
from lms.reports.models import SavedView
from lms.reports.rules.small_groups import hidden_groups
from lms.ui.pdf import Column, Sheet, Table
from lms.ui.spelling import spell_date, spell_number, spell_percent

Figure = tuple[str, str, str]


def compliance_paper(*, view: SavedView, scope: StandingScope) -> Sheet:
    """The rate, the late, and both by unit and by rank."""
    assert scope.requirement is not None
    figures = get_figures(scope=scope)
    tally = figures.total
    total = FrozenGroup(scope.institution.name, tally.people, tally)
    rate = spell_percent(percent=tally.rate, decimals=1) if tally.rate is not None else _("sin exigir")
    people = _("Personas")
    return _sheet(
        view,
        scope,
        facts=[
            (_("Exigencia"), scope.requirement.title),
            (_("Meta"), spell_percent(percent=scope.requirement.target_percent)),
        ],
        figures=[
            (_("Cumplen"), rate, _("%(met)s de %(asked)s personas") % {
                "met": spell_number(value=tally.met), "asked": spell_number(value=tally.asked),
            }),
            (_("Atrasadas"), spell_number(value=tally.late), _("con el plazo vencido")),
            (_("Vencen pronto"), spell_number(value=tally.expiring), _("ya pueden renovar")),
        ],
        tables=[
            group_table(_("Por unidad"), _("Unidad"), _groups(figures.by_unit), total, people),
            group_table(_("Por estamento"), _("Estamento"), _groups(figures.by_estamento), total, people),
        ],
    )  # fmt: skip


def _groups(rows: Sequence[TallyRow]) -> list[FrozenGroup]:
    hidden = hidden_groups({row.key: row.tally.people for row in rows})
    return [FrozenGroup(row.label, row.tally.people, row.tally, row.key in hidden) for row in rows]


def hours_paper(*, view: SavedView, scope: StandingScope, book: HoursBook) -> Sheet:
    """Hours of the institution and of its units."""
    total = book.total
    hidden = hidden_groups({row.unit: row.headcount for row in book.units})
    rows = [
        [row.unit, *([_("no se muestra"), "", "", ""] if row.unit in hidden else [
            spell_number(value=row.headcount),
            spell_number(value=row.hours.people),
            spell_number(value=row.hours.pedagogical_hours, decimals=1),
            spell_number(value=row.hours.rest),
        ])]
        for row in book.units
    ]  # fmt: skip
    return _sheet(
        view,
        scope,
        facts=[(_("Año"), str(book.year)), (_("Hasta el"), spell_date(value=book.last_day))],
        figures=[
            (_("Personas capacitadas"), spell_number(value=total.people), _("de %(number)s") % {
                "number": spell_number(value=book.headcount),
            }),
            (
                _("Horas pedagógicas"), spell_number(value=total.pedagogical_hours, decimals=1),
                _("de cada actividad"),
            ),
            (_("Descanso compensatorio"), spell_number(value=total.rest), _("minutos")),
        ],
        tables=[
            Table(
                title=_("Por unidad"),
                columns=[
                    Column(_("Unidad"), 74), Column(_("Trabajaron"), 24, True),
                    Column(_("Capacitadas"), 24, True),
                    Column(_("Horas pedagógicas"), 28, True), Column(_("Descanso (min)"), 24, True),
                ],
                rows=rows,
            )
        ],
    )  # fmt: skip


def matrix_paper(*, view: SavedView, scope: StandingScope, courses: Sequence[Course]) -> Sheet:
    """How many people have each course."""
    counts: list[Counter[CellKind]] = [Counter() for _course in courses]
    people = 0
    for row in iterate_rows(courses=courses, scope=scope):
        people += 1
        for counter, cell in zip(counts, row.cells, strict=True):
            counter[cell.kind] += 1
    kinds = (CellKind.STARTED, CellKind.EXPIRED, CellKind.NOTHING)
    rows = [
        [course.title, *(spell_number(value=number) for number in (
            counter[CellKind.DONE] + counter[CellKind.ACCREDITED], *(counter[kind] for kind in kinds),
        ))]
        for course, counter in zip(courses, counts, strict=True)
    ]  # fmt: skip
    return _sheet(
        view,
        scope,
        facts=[(_("Personas"), spell_number(value=people))],
        figures=[],
        tables=[
            Table(
                title=_("Por curso"),
                columns=[
                    Column(_("Curso"), 86), Column(_("Completado"), 22, True),
                    Column(_("En curso"), 22, True),
                    Column(_("Vencido"), 22, True), Column(_("Sin iniciar"), 22, True),
                ],
                rows=rows,
            )
        ],
    )  # fmt: skip


def _sheet(
    view: SavedView,
    scope: StandingScope,
    *,
    facts: list[tuple[str, str]],
    figures: list[Figure],
    tables: list[Table],
) -> Sheet:
    units = list_units(institution_id=scope.institution.pk)
    filters = describe_filters(scope=scope, units=units)
    return Sheet(
        title=view.name,
        kicker=scope.institution.name,
        subtitle=_("%(page)s. Situación al %(day)s")
        % {"page": view.get_page_display(), "day": spell_date(value=scope.day)},
        facts=[*facts, *([(_("Filtros"), ", ".join(filters))] if filters else [])],
        figures=figures,
        tables=tables,
        notes_title=_("Cómo leer estas cifras"),
        notes=[
            small_group_words(),
            _("Las listas con nombres no viajan por correo: se abren en la plataforma, con tu cuenta."),
        ],
        foot=f"{scope.institution.name} · {view.name}",
        author=settings.CERTIFICATE_ISSUER,
        made_at=scope.at,
    )
