"""A frozen report in words: its definitions, its tables for files, its paper."""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from django.conf import settings
from django.utils.translation import gettext as _

from lms.progress.models import TrainingRequirement
from lms.reports.files import TableFile
from lms.reports.frozen.selectors_frozen import FrozenFigures, FrozenGroup
from lms.reports.models import PeriodReport
from lms.reports.rules.small_groups import FEWEST
from lms.ui.pdf import Column, Sheet, Table
from lms.ui.spelling import spell_date, spell_number, spell_percent


def definition_words(*, requirement: TrainingRequirement, day: date) -> tuple[str, ...]:
    """What the figures mean, frozen with them: later changes of these sentences do not reach back."""
    return (
        _("Dotación: las personas con una destinación vigente en la institución el %(day)s.")
        % {"day": spell_date(value=day)},
        _("Se exige a: quienes ese día debían tener «%(title)s», sin las eximidas ni las con permiso.")
        % {"title": requirement.title},
        _("Cumplen: completaron lo exigido, con evaluación si el curso la tiene, y no ha vencido ese día."),
        _("Atrasadas: se les exigía y su plazo había pasado. Por vencer: cumplen y pueden renovar ya."),
        _("El porcentaje es el de quienes cumplen entre quienes se les exige."),
        _("Cada persona se cuenta una vez, en la unidad y el estamento en que se le exige."),
    )


def small_group_words() -> str:
    """Why some rows have no figures."""
    return _(
        "Los grupos de menos de %(number)s personas no muestran cifras, para que nadie quede a la vista. "
        "Si hay uno solo, tampoco las muestra el siguiente más pequeño."
    ) % {"number": FEWEST}


def hidden_words(group: FrozenGroup) -> str:
    """What stands for the figures of a group that is not told."""
    return _("menos de %(number)s") % {"number": FEWEST} if group.is_small else _("no se muestra")


# --- Files --------------------------------------------------------------------------------------------
def figures_file(*, report: PeriodReport, figures: FrozenFigures) -> TableFile:
    """One line for each group, and the seal, so that the file can be traced to its report."""
    return TableFile(
        name=f"informe-{report.institution.code}-{report.day.isoformat()}",
        title=f"{report.title} ({report.sha256})",
        day=report.day,
        header=[
            _("Agrupación"), _("Grupo"), _("Dotación"), _("Se exige a"), _("Cumplen"), _("Cumplen (%)"),
            _("En curso"), _("Sin iniciar"), _("Atrasadas"), _("Por vencer"), _("Eximidas"), _("Con permiso"),
            _("Situación al"), _("Código del informe"),
        ],
        rows=_rows(report, figures),
    )  # fmt: skip


def _rows(report: PeriodReport, figures: FrozenFigures) -> Iterator[list[object]]:
    sections = (
        (_("Institución"), [figures.total]),
        (_("Unidad"), figures.by_unit),
        (_("Estamento"), figures.by_estamento),
        (_("Calidad jurídica"), figures.by_quality),
    )
    for name, groups in sections:
        for group in groups:
            yield [name, group.label, *_cells(group), report.day, report.sha256]


def _cells(group: FrozenGroup) -> list[object]:
    if group.is_hidden:
        return [hidden_words(group), *[""] * 9]
    tally = group.tally
    return [
        group.headcount, tally.asked, tally.met, tally.rate, tally.in_progress, tally.not_started, tally.late,
        tally.expiring, tally.exempt, tally.on_leave,
    ]  # fmt: skip


# --- Paper --------------------------------------------------------------------------------------------
def sheet_of(*, report: PeriodReport, figures: FrozenFigures) -> Sheet:
    """The report as it is printed."""
    definition = json.loads(report.definition)
    tally = figures.total.tally
    facts = [
        (_("Exigencia"), _("%(title)s, versión %(number)s") % {
            "title": definition["requirement"]["title"], "number": definition["requirement"]["version"],
        }),
        (_("Meta"), spell_percent(percent=definition["requirement"]["target_percent"])),
        (_("Congelado el"), spell_date(value=report.created_at)),
        (_("Código"), report.sha256),
    ]  # fmt: skip
    of = _("de %(asked)s a quienes se exige") % {"asked": spell_number(value=tally.asked)}
    return Sheet(
        title=report.title,
        kicker=report.institution.name,
        subtitle=_("%(period)s. Situación al %(day)s") % {
            "period": report.period, "day": spell_date(value=report.day),
        },
        facts=facts,
        figures=[
            (_("Dotación"), spell_number(value=figures.total.headcount), _("personas ese día")),
            (_("Cumplen"), _rate(tally.rate), f"{spell_number(value=tally.met)} {of}"),
            (_("Atrasadas"), spell_number(value=tally.late), _("con el plazo vencido")),
        ],
        tables=[
            group_table(_("Por unidad"), _("Unidad"), figures.by_unit, figures.total),
            group_table(_("Por estamento"), _("Estamento"), figures.by_estamento, figures.total),
            group_table(_("Por calidad jurídica"), _("Calidad jurídica"), figures.by_quality, figures.total),
        ],
        notes_title=_("Qué significan estas cifras"),
        notes=[*definition["words"], small_group_words(), seal_words()],
        foot=f"{report.institution.name} · {report.sha256[:16]}",
        author=settings.CERTIFICATE_ISSUER,
        made_at=report.created_at,
        warning=withdrawn_words(report),
    )  # fmt: skip


def seal_words() -> str:
    """What the code is for."""
    return _(
        "El código es la huella (SHA-256) de las cifras, sus definiciones y su detalle. Con él, la "
        "institución puede comprobar en la plataforma que este papel dice lo mismo que el informe guardado."
    )


def withdrawn_words(report: PeriodReport) -> str:
    """Empty for a report that stands."""
    if not report.is_withdrawn:
        return ""
    return _("Informe retirado el %(day)s: %(reason)s") % {
        "day": spell_date(value=report.withdrawn_at), "reason": report.withdrawn_reason,
    }  # fmt: skip


def group_table(
    title: str, heading: str, groups: Sequence[FrozenGroup], total: FrozenGroup, of: str = ""
) -> Table:
    """Groups with their figures and, last, the whole; the bar shows the rate. ``of``: who is counted."""
    rows = [*groups, total]
    return Table(
        title=title,
        columns=[
            Column(heading, 54), Column(of or _("Dotación"), 18, True), Column(_("Se exige a"), 19, True),
            Column(_("Cumplen"), 17, True), Column(_("Atrasadas"), 18, True), Column(_("Avance"), 18, True),
        ],
        rows=[_table_row(group) for group in rows],
        bars=[
            None if group.is_hidden or group.tally.rate is None else group.tally.rate / 100 for group in rows
        ],
        last_is_total=True,
    )  # fmt: skip


def _table_row(group: FrozenGroup) -> list[str]:
    if group.is_hidden:
        return [group.label, hidden_words(group), "", "", "", ""]
    tally = group.tally
    numbers = (group.headcount, tally.asked, tally.met, tally.late)
    return [group.label, *(spell_number(value=number) for number in numbers), _rate(tally.rate)]


def _rate(rate: float | None) -> str:
    return _("sin exigir") if rate is None else spell_percent(percent=rate, decimals=1)
