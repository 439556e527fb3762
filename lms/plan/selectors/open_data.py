"""Training coverage as files, CSV and JSON: they say what the pages say; ``lms.publishing`` sends them.

CSV: UTF-8 without BOM, commas, CRLF line ends (RFC 4180), an empty value where there is none, and
an apostrophe before text that a spreadsheet would take for a formula.
"""

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lms.plan.models import CoverageSnapshot, TrainingGoal
from lms.plan.rules import Figure, PublishedCell, PublishedCube
from lms.plan.selectors.snapshots import cube_of
from lms.plan.selectors.words import (
    aside_words,
    band_words,
    estamento_name,
    institution_name,
    legal_quality_name,
    motive_words,
)

FILES_VERSION = 2
"""Goes up when the files change their form, so that nobody keeps an old one."""
AUDIENCES = {"employees": "personal", "citizens": "ciudadania"}
LICENCE = "CC BY 4.0"
LICENCE_URL = "https://creativecommons.org/licenses/by/4.0/deed.es"

COVERAGE_COLUMNS = (
    "compromiso", "meta", "fecha_corte", "nivel", "institucion_codigo", "institucion", "estamento",
    "calidad_juridica", "personas", "completaron", "cobertura_porcentaje", "cobertura_rango",
    "alcanzadas", "alcanzadas_rango", "comenzaron", "comenzaron_rango", "rindieron", "rindieron_rango",
    "motivo",
)  # fmt: skip
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class DataFile:
    """One file to download."""

    name: str
    content_type: str
    body: bytes


def coverage_row(
    *, goal: Any, cell: PublishedCell, cutoff_date: date, names: Mapping[str, str], k: int
) -> dict[str, Any]:
    """One published cell by the columns of the file; ``None`` where nothing is published.

    ``goal``: a training goal, or one as it was sealed (its code, and its commitment's number).
    """
    institution, estamento, quality = cell.key
    row: dict[str, Any] = {
        "compromiso": goal.commitment.number,
        "meta": goal.code,
        "fecha_corte": cell.as_of or cutoff_date.isoformat(),
        "nivel": _level(cell=cell),
        "institucion_codigo": institution if institution in names else None,
        "institucion": institution_name(code=institution, names=names) if institution else None,
        "estamento": estamento_name(code=estamento) if estamento else None,
        "calidad_juridica": legal_quality_name(code=quality) if quality else None,
        "personas": cell.headcount,
        "completaron": cell.completed.value,
        "cobertura_porcentaje": cell.completed.percent,
        "cobertura_rango": _range(cell.completed),
        "motivo": motive_words(motive=cell.completed.motive, k=k) or None,
    }
    for column, figure in (
        ("alcanzadas", cell.reached),
        ("comenzaron", cell.started),
        ("rindieron", cell.assessed),
    ):
        # One of another day than the row's would be taken for one of that day.
        told = figure if figure and not figure.as_of else None
        row[column] = told.value if told else None
        row[f"{column}_rango"] = _range(told) if told else None
    return {column: row[column] for column in COVERAGE_COLUMNS}


def _range(figure: Figure) -> str | None:
    return band_words(band=figure.band) or None


def _level(*, cell: PublishedCell) -> str:
    if cell.institution and cell.estamento:
        return "institucion_estamento"
    if cell.institution:
        return "institucion"
    if cell.estamento:
        return "estamento"
    return "calidad_juridica" if cell.legal_quality else "total"


def coverage_rows(
    *, goal: Any, cube: PublishedCube, cutoff_date: date, names: Mapping[str, str]
) -> list[dict[str, Any]]:
    """All cells of a goal's cube, in order; then the institutions that are in none of its totals."""
    k = cube.minimum_cell
    cells = [
        coverage_row(goal=goal, cell=cell, cutoff_date=cutoff_date, names=names, k=k) for cell in cube.cells
    ]
    for row in cube.people_only:
        cell = PublishedCell(row.institution, None, None, None, row.completed, as_of=row.as_of)
        told = coverage_row(goal=goal, cell=cell, cutoff_date=cutoff_date, names=names, k=k)
        told["nivel"], told["motivo"] = "institucion_aparte", aside_words(row=row, k=k)
        cells.append(told)
    return cells


def coverage_json(*, goals: Iterable[tuple[TrainingGoal, CoverageSnapshot]]) -> DataFile:
    """cobertura.json. No query."""
    document = {
        "licencia": LICENCE,
        "metas": [
            _goal_part(
                goal=goal,
                cube=cube_of(snapshot=snapshot),
                cutoff_date=snapshot.cutoff_date,
                names=snapshot.institution_names,
                at=snapshot.computed_at,
                headcounts=snapshot.headcounts,
            )
            for goal, snapshot in goals
        ],
    }
    return DataFile("cobertura.json", "application/json; charset=utf-8", write_json(document))


def _goal_part(
    *,
    goal: TrainingGoal,
    cube: PublishedCube,
    cutoff_date: date,
    names: Mapping[str, str],
    at: datetime,
    headcounts: Sequence[Mapping[str, Any]],
) -> dict[str, Any]:
    return {
        "compromiso": goal.commitment.number,
        "meta": goal.code,
        "titulo": goal.title,
        "cursos": goal.course_codes,
        "poblacion": goal.population,
        "incluye_honorarios": goal.includes_honorarios,
        "instituciones": goal.institutions,
        "estamentos": goal.estamentos,
        "calidades_juridicas": goal.legal_qualities,
        **goal_figures(goal=goal),
        "fecha_corte": cutoff_date.isoformat(),
        "calculada": at.isoformat(),
        "grupo_minimo": cube.minimum_cell,
        "dotaciones": headcounts,
        "detalle_publicado": str(cube.level),
        "celdas": coverage_rows(goal=goal, cube=cube, cutoff_date=cutoff_date, names=names),
    }


def goal_figures(*, goal: TrainingGoal) -> dict[str, Any]:
    """Whom a goal is for, its target and its baseline; ``None`` is "not published"."""
    return {
        "publico": AUDIENCES[goal.audience],
        "meta_porcentaje": goal.target_percent,
        "meta_plazo": goal.due_on.isoformat() if goal.due_on else None,
        "linea_base_porcentaje": goal.baseline_percent,
        "linea_base_fecha": goal.baseline_on.isoformat() if goal.baseline_on else None,
        "linea_base_fuente": goal.baseline_source or None,
    }


def measure_part(
    *,
    goal: TrainingGoal,
    cube: PublishedCube,
    cutoff_date: date,
    names: Mapping[str, str],
    at: datetime,
    headcounts: Sequence[Mapping[str, Any]],
) -> tuple[int, int]:
    """How many bytes a goal adds to cobertura.csv and cobertura.json."""
    rows = coverage_rows(goal=goal, cube=cube, cutoff_date=cutoff_date, names=names)
    header = len(write_csv(columns=COVERAGE_COLUMNS, rows=[]))
    part = _goal_part(
        goal=goal, cube=cube, cutoff_date=cutoff_date, names=names, at=at, headcounts=headcounts
    )
    return len(write_csv(columns=COVERAGE_COLUMNS, rows=rows)) - header, len(write_json(part))


def write_csv(*, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> bytes:
    """The table as bytes; ``None`` is an empty field."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([spell_field(row[column]) for column in columns] for row in rows)
    return out.getvalue().encode()


def spell_field(value: Any) -> str:
    """A value as CSV text that no spreadsheet runs (OWASP, CSV injection)."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        value = "; ".join(str(item) for item in value)
    text = str(value)
    is_formula = not isinstance(value, int) and text.startswith(FORMULA_STARTS)
    return f"'{text}" if is_formula else text


def write_json(document: Any) -> bytes:
    return json.dumps(document, ensure_ascii=False).encode()


def entity_tag(*, body: bytes) -> str:
    """A strong ETag of the bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:32]}"'


def coverage_tag(*, goals: Iterable[tuple[TrainingGoal, CoverageSnapshot]]) -> str:
    """An ETag of the coverage files that costs no more than their dates; their bytes are not built.

    A goal's words are in the files too, and change without a new count.
    """
    facts: list[Any] = [FILES_VERSION]
    for goal, snapshot in goals:
        facts += [snapshot.pk, snapshot.computed_at, goal.pk, goal.code, goal.commitment.number, goal.title]
        facts += [goal.population, goal.target_percent, goal.due_on]
        facts += [goal.baseline_percent, goal.baseline_on, goal.baseline_source]
    return entity_tag(body=json.dumps(facts, default=str).encode())
