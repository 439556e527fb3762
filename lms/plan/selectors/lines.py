"""The published cube as the rows that a screen shows."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from lms.people.models import Estamento, LegalQuality
from lms.plan.rules import (
    OTHERS,
    Aside,
    Figure,
    Level,
    PeopleOnly,
    PublishedCell,
    PublishedCube,
    percent_span,
)
from lms.plan.selectors.words import (
    aside_words,
    estamento_name,
    figure_words,
    institution_name,
    legal_quality_name,
)
from lms.ui.spelling import spell_date, spell_number


@dataclass(frozen=True)
class CoverageLine:
    """One row of a table of coverage.

    ``percent`` (0 to 100) only where it is exact; ``span`` also where a range is published;
    ``words`` says the coverage in any case, and of a member of a common category where it is added.
    ``people`` is ``"1.840 de 2.875"``, ``"2.875"`` or empty.
    """

    name: str
    percent: int | None
    span: tuple[int, int] | None
    words: str
    people: str

    @property
    def is_published(self) -> bool:
        return self.span is not None


@dataclass(frozen=True)
class FigureLine:
    """One of the four figures: its name, what it means, and as much as may be said."""

    name: str
    meaning: str
    value: int | None
    words: str


@dataclass(frozen=True)
class AsideLine:
    """An institution without a percentage; ``is_warning``: its headcount contradicts the records."""

    name: str
    people: str
    words: str
    is_warning: bool


@dataclass(frozen=True)
class CoverageTables:
    """A goal's cube for its page."""

    figures: tuple[FigureLine, ...]
    estamentos: tuple[CoverageLine, ...]
    legal_qualities: tuple[CoverageLine, ...]
    institutions: tuple[CoverageLine, ...]
    institution_count: int
    aside: tuple[AsideLine, ...] = ()


def coverage_tables(*, cube: PublishedCube, names: Mapping[str, str], search: str = "") -> CoverageTables:
    """Rows by estamento, legal quality and institution; no query.

    ``search`` keeps the institutions whose name has these letters, whatever their accents.
    """
    k = cube.minimum_cell
    joined = _Joined(cube=cube)
    estamentos, qualities, institutions = [], [], []
    for cell in cube.cells:
        if cell.institution and not cell.estamento:
            institutions.append((institution_name(code=cell.institution, names=names), cell))
        elif cell.estamento and not cell.institution:
            name = estamento_name(code=cell.estamento)
            estamentos.append((cell.estamento, _line(name=name, cell=cell, k=k, joined=joined)))
        elif cell.legal_quality:
            name = legal_quality_name(code=cell.legal_quality)
            qualities.append((cell.legal_quality, _line(name=name, cell=cell, k=k, joined=joined)))
    estamentos.sort(key=lambda pair: _rank(pair[0], Estamento.values))
    qualities.sort(key=lambda pair: _rank(pair[0], LegalQuality.values))
    wanted = _plain_letters(search)
    found = sorted(
        ((name, cell) for name, cell in institutions if wanted in _plain_letters(name)),
        key=lambda pair: (pair[1].institution == OTHERS, _plain_letters(pair[0])),
    )
    return CoverageTables(
        figures=_figures(total=cube.total, k=k),
        estamentos=tuple(line for _code, line in estamentos),
        legal_qualities=tuple(line for _code, line in qualities),
        institutions=tuple(_line(name=name, cell=cell, k=k, joined=joined) for name, cell in found),
        aside=tuple(_aside(row=row, names=names, k=k) for row in cube.people_only),
        institution_count=sum(1 for _name, cell in institutions if cell.institution != OTHERS),
    )


def _rank(code: str, order: Sequence[str]) -> int:
    """The place of a category in the law's order; those put together come last."""
    return order.index(code) if code in order else len(order)


@dataclass(frozen=True)
class _Joined:
    """Which categories are too small to stand alone, and the name of the row they are added in."""

    cube: PublishedCube

    def row_of(self, *, cell: PublishedCell) -> str:
        """The name of the common row, or nothing where the cell stands for itself."""
        if cell.institution in self.cube.institutions_together:
            return institution_name(code=OTHERS, names={})
        if cell.estamento in self.cube.estamentos_together:
            return estamento_name(code=OTHERS)
        if cell.legal_quality in self.cube.legal_qualities_together:
            return legal_quality_name(code=OTHERS)
        return ""


def _line(*, name: str, cell: PublishedCell, k: int, joined: _Joined) -> CoverageLine:
    figure = cell.completed
    people = ""
    if cell.headcount is not None:
        people = spell_number(value=cell.headcount)
        if figure.value is not None:
            people = _("%(part)s de %(whole)s") % {
                "part": spell_number(value=figure.value),
                "whole": people,
            }
    words = figure_words(figure=figure, k=k)
    people = _people_on(people=people, as_of=cell.as_of)
    if row := joined.row_of(cell=cell):
        words = _("%(words)s. Se suma en «%(row)s».") % {"words": words, "row": row}
    return CoverageLine(
        name=name, percent=figure.percent, span=percent_span(figure=figure), words=words, people=people
    )


def _people_on(*, people: str, as_of: str) -> str:
    """With the day where it is not the table's."""
    if not as_of:
        return people
    return _("%(people)s al %(day)s") % {"people": people, "day": spell_date(value=date.fromisoformat(as_of))}


def _aside(*, row: PeopleOnly, names: Mapping[str, str], k: int) -> AsideLine:
    value = row.completed.value
    people = spell_number(value=value) if value is not None else ""
    return AsideLine(
        name=institution_name(code=row.institution, names=names),
        people=_people_on(people=people, as_of=row.as_of),
        words=aside_words(row=row, k=k),
        is_warning=row.why == Aside.CONTRADICTED,
    )


def whole_line(*, total: PublishedCell, k: int) -> CoverageLine:
    """The grand total as a row."""
    return _line(name=_("Total"), cell=total, k=k, joined=_Joined(cube=PublishedCube(Level.TOTAL, k)))


def _figures(*, total: PublishedCell | None, k: int) -> tuple[FigureLine, ...]:
    """Reached, started, assessed and completed: four figures, shown apart."""
    if total is None:
        return ()
    four: list[tuple[Any, str, str]] = [
        (total.reached, _("Alcanzadas"), _("se inscribieron en su trabajo")),
        (total.started, _("Comenzaron"), _("terminaron una unidad o completaron")),
        (total.assessed, _("Rindieron"), _("entregaron la evaluación")),
        (total.completed, _("Completaron"), _("aprobaron, y su aprobación sigue vigente")),
    ]
    return tuple(
        FigureLine(name, meaning, figure.value, _figure_words(figure=figure, k=k))
        for figure, name, meaning in four
        if figure is not None
    )


def _figure_words(*, figure: Figure, k: int) -> str:
    if figure.value is not None:
        return _people_on(people=spell_number(value=figure.value), as_of=figure.as_of)
    return figure_words(figure=figure, k=k)


def _plain_letters(text: str) -> str:
    """Lower case without accents: ``"Pesca Ñuñoa"`` → ``"pesca nunoa"``."""
    decomposed = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
