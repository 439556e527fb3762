"""Sealed snapshots: what they contain, their pages and files, and their proof."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db.models import Q

from lms.lib.canonical import canonical
from lms.people.models import Person, PersonMerge
from lms.plan.models import ActionPlan, CoverageSnapshot, SealedSnapshot, TrainingGoal
from lms.plan.rules import PublishedCube, cube_from_json
from lms.plan.rules.seals import SEAL_VERSION, Break, StoredSeal, find_breaks, hidden_figures
from lms.plan.selectors.lines import CoverageLine, CoverageTables, coverage_tables, whole_line
from lms.plan.selectors.open_data import (
    COVERAGE_COLUMNS,
    LICENCE,
    LICENCE_URL,
    DataFile,
    coverage_rows,
    write_csv,
)
from lms.plan.selectors.recounts import (
    GoalDefinition,
    count_goal,
    hash_counts,
    key_mark,
    read_known,
    versions,
)
from lms.plan.selectors.snapshots import cube_of


class SealNotFoundError(LookupError):
    """Nothing was sealed for that day."""


# --- What is sealed ----------------------------------------------------------------------------------
def seal_content(
    *,
    plan: ActionPlan,
    heading: Mapping[str, Any],
    at: datetime,
    snapshots: Iterable[CoverageSnapshot],
) -> dict[str, Any]:
    """All that one seal says. One query for each goal, for its true counts."""
    return {
        "version": SEAL_VERSION,
        "licencia": LICENCE_URL,
        "plan": {"codigo": plan.code, "titulo": plan.title},
        "sellado": at.astimezone(UTC).isoformat(),
        "versiones": versions(),
        "marca_clave": key_mark(),
        **heading,
        "metas": [_goal_content(snapshot=snapshot) for snapshot in snapshots],
    }


def _goal_content(*, snapshot: CoverageSnapshot) -> dict[str, Any]:
    goal, cube = snapshot.goal, cube_of(snapshot=snapshot)
    return {
        "compromiso": goal.commitment.number,
        "meta": goal.code,
        "titulo": goal.title,
        "poblacion": goal.population,
        "definicion": GoalDefinition.of(goal).write(),
        "meta_porcentaje": goal.target_percent,
        "meta_plazo": goal.due_on.isoformat() if goal.due_on else None,
        "fecha_corte": snapshot.cutoff_date.isoformat(),
        "calculada": snapshot.computed_at.astimezone(UTC).isoformat(),
        "dotaciones": snapshot.headcounts,
        "grupo_minimo": snapshot.minimum_cell,
        "detalle_publicado": str(cube.level),
        "celdas_ocultas": hidden_figures(cube=cube),
        "instituciones": snapshot.institution_names,
        "cubo": snapshot.published,
        "huella_recuento": hash_counts(cells=snapshot.true_cells.all(), known=snapshot.known),
    }


# --- Pages and files ---------------------------------------------------------------------------------
@dataclass(frozen=True)
class SealedGoal:
    """One goal as it was sealed."""

    content: Mapping[str, Any]

    @property
    def title(self) -> str:
        return str(self.content["titulo"])

    @property
    def number(self) -> int:
        return int(self.content["compromiso"])

    @property
    def cutoff_date(self) -> date:
        return date.fromisoformat(self.content["fecha_corte"])

    @cached_property
    def cube(self) -> PublishedCube:
        return cube_from_json(data=self.content["cubo"])

    @cached_property
    def tables(self) -> CoverageTables:
        return coverage_tables(cube=self.cube, names=self.content["instituciones"])

    @property
    def lines(self) -> tuple[CoverageLine, ...]:
        """The whole, then estamentos and legal qualities; institutions are in the files."""
        total = self.cube.total
        whole = [whole_line(total=total, k=self.cube.minimum_cell)] if total else []
        return (*whole, *self.tables.estamentos, *self.tables.legal_qualities)

    def rows(self) -> list[dict[str, Any]]:
        """Its part of the CSV file."""
        commitment = SimpleNamespace(number=self.number)
        goal = SimpleNamespace(commitment=commitment, code=self.content["meta"])
        names = self.content["instituciones"]
        return coverage_rows(goal=goal, cube=self.cube, cutoff_date=self.cutoff_date, names=names)


@dataclass(frozen=True)
class SealPage:
    """One seal for its page."""

    seal: SealedSnapshot
    goals: tuple[SealedGoal, ...]


def list_seals(*, plan: ActionPlan) -> Any:
    """The seals of a plan, latest first, without their contents. One query."""
    return SealedSnapshot.objects.filter(plan=plan).defer("content", "totals", "known")


def get_seal(*, plan: ActionPlan, day: date) -> SealedSnapshot:
    """One query.

    Raises:
        SealNotFoundError: nothing was sealed for that day.
    """
    seal: SealedSnapshot | None = SealedSnapshot.objects.filter(plan=plan, cutoff_date=day).first()
    if seal is None:
        raise SealNotFoundError(day)
    return seal


def read_seal(*, seal: SealedSnapshot) -> SealPage:
    """What it says; no query."""
    return SealPage(seal, tuple(SealedGoal(content) for content in json.loads(seal.content)["metas"]))


def seal_json(*, seal: SealedSnapshot) -> DataFile:
    """The content to the byte, so that anybody can compute its SHA-256, and the seal. No query."""
    body = f'{{"licencia":"{LICENCE}","sha256":"{seal.sha256}","contenido":{seal.content}}}'
    name = f"cobertura-{seal.cutoff_date.isoformat()}.json"
    return DataFile(name, "application/json; charset=utf-8", body.encode())


def seal_csv(*, seal: SealedSnapshot) -> DataFile:
    """The sealed figures by the columns of cobertura.csv. No query."""
    rows = [row for goal in read_seal(seal=seal).goals for row in goal.rows()]
    body = write_csv(columns=COVERAGE_COLUMNS, rows=rows)
    return DataFile(f"cobertura-{seal.cutoff_date.isoformat()}.csv", "text/csv; charset=utf-8", body)


# --- Proof -------------------------------------------------------------------------------------------
class Recount(StrEnum):
    """What came of counting again."""

    IDENTICAL = "identical"
    DIFFERS = "differs"
    OTHER_VERSION = "other_version"
    OTHER_KEY = "other_key"
    PEOPLE_JOINED = "people_joined"
    PEOPLE_ERASED = "people_erased"


@dataclass(frozen=True)
class SealProof:
    """One seal: what is broken, and each goal counted again (``"1/integridad"`` by its result)."""

    seal: SealedSnapshot
    breaks: tuple[Break, ...]
    recounts: Mapping[str, Recount]


def prove_seals(*, plan: ActionPlan) -> Iterator[SealProof]:
    """Every seal of a plan, first to last. A query for each seal and goal, and two for each seal."""
    before = ""
    for number, seal in enumerate(SealedSnapshot.objects.filter(plan=plan).order_by("number"), start=1):
        breaks = find_breaks(seal=_stored(seal), before=before)
        if seal.number != number and Break.CHAIN not in breaks:
            breaks.append(Break.CHAIN)
        before = seal.sha256
        if not breaks and not _repeats_totals(seal):
            breaks.append(Break.HEADING)
        yield SealProof(seal, tuple(breaks), {} if breaks else _count_again(seal))


def _stored(seal: SealedSnapshot) -> StoredSeal:
    return StoredSeal(
        number=seal.number,
        day=seal.cutoff_date.isoformat(),
        why=seal.why,
        reason=seal.reason,
        content=seal.content,
        previous_sha256=seal.previous_sha256,
        sha256=seal.sha256,
    )


def _repeats_totals(seal: SealedSnapshot) -> bool:
    """Whether the column that charts read says what the content says."""
    cubes = (goal["cubo"]["cells"] for goal in json.loads(seal.content)["metas"])
    told = sorted(canonical(cells[0] if cells else None) for cells in cubes)
    # A database may keep the goals of the column in another order.
    return sorted(canonical(total) for total in seal.totals.values()) == told


def _count_again(seal: SealedSnapshot) -> dict[str, Recount]:
    content = json.loads(seal.content)
    if content["versiones"]["consulta"] != versions()["consulta"]:
        return {_name(goal): Recount.OTHER_VERSION for goal in content["metas"]}
    if content.get("marca_clave", key_mark()) != key_mark():
        return {_name(goal): Recount.OTHER_KEY for goal in content["metas"]}
    return {_name(goal): _count_goal_again(goal, known=seal.known[_name(goal)]) for goal in content["metas"]}


def _name(goal: Mapping[str, Any]) -> str:
    return f"{goal['compromiso']}/{goal['meta']}"


def _count_goal_again(content: Mapping[str, Any], *, known: Mapping[str, Any]) -> Recount:
    then = read_known(data=known)
    cells = count_goal(
        definition=GoalDefinition.read(content["definicion"]),
        cutoff=date.fromisoformat(content["fecha_corte"]),
        known=then,
    )
    if hash_counts(cells=cells, known=known) == content["huella_recuento"]:
        return Recount.IDENTICAL
    joined = PersonMerge.objects.filter(Q(merged_at__gt=then.at) | Q(undone_at__gt=then.at))
    if joined.exists():
        return Recount.PEOPLE_JOINED
    erased = Person.objects.filter(erased_at__gt=then.at).exists()
    return Recount.PEOPLE_ERASED if erased else Recount.DIFFERS


def known_name(*, goal: TrainingGoal) -> str:
    """How a seal calls a goal: ``"1/integridad"``."""
    return f"{goal.commitment.number}/{goal.code}"
