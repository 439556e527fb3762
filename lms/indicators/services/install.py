"""Installing indicators with their example data from a pack: safe to repeat, and it says what changed."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

import msgspec
from django.db import transaction

from lms.indicators.manifests import IndicatorEntry, IndicatorsFile, ReferenceEntry
from lms.indicators.models import Indicator
from lms.indicators.rules.checking import EXAMPLE_WORDS, Checked, check_sheet
from lms.indicators.rules.definitions import find_redefined
from lms.indicators.rules.dimension_text import DimensionError, read_dimension_text, spell_dimensions
from lms.indicators.rules.problems import FileRefusedError
from lms.indicators.rules.shapes import read_dimensions
from lms.indicators.rules.sheets import open_sheet
from lms.indicators.services.indicators import (
    RESERVED_CODES,
    IndicatorValues,
    create_indicator,
    edit_indicator,
)
from lms.indicators.services.locks import lock_indicator
from lms.indicators.services.revisions import write_revision
from lms.plan.models import ActionPlan, PlanChange
from lms.plan.rules.sdg import GOALS, TARGETS
from lms.plan.services.changes import lock_plan

EXAMPLE_NOTE = "Datos de ejemplo del paquete: cifras inventadas que muestran la estructura del archivo."


class IndicatorDataError(ValueError):
    """The pack contradicts itself, or there is no such plan."""


@dataclass(frozen=True)
class Difference:
    """One value that was not as in the pack. ``kept``: the value registered here stays."""

    where: str
    field: str
    before: Any
    after: Any
    kept: bool = False


@dataclass
class InstallReport:
    """What installing did."""

    created: list[str] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    examples: list[str] = field(default_factory=list)


@transaction.atomic
def install_indicators(*, data: IndicatorsFile, examples: Mapping[str, bytes], at: datetime) -> InstallReport:
    """Writes the indicators of a plan and their example data; ``examples``: bytes by file name.

    Indicators are recognised by their code. What people changed here stays and is reported. Example data
    are written where no real data ever were, and again only where the file or what is measured changed.
    Nothing is deleted.

    Raises:
        IndicatorDataError: see there.
    """
    plan = ActionPlan.objects.filter(code=data.plan).first()
    if plan is None:
        raise IndicatorDataError(f"No hay un plan «{data.plan}»: instálalo primero.")
    _check(data=data, examples=examples)
    # Before any commitment: two installations would take those in different orders.
    lock_plan(plan_id=plan.pk)
    report = InstallReport()
    for entry in data.indicators:
        indicator = _install_one(plan=plan, entry=entry, at=at, report=report)
        if entry.example:
            _install_example(
                indicator=indicator, name=entry.example, content=examples[entry.example], at=at, report=report
            )
    return report


def _check(*, data: IndicatorsFile, examples: Mapping[str, bytes]) -> None:
    codes = [entry.code for entry in data.indicators]
    if len(set(codes)) != len(codes):
        raise IndicatorDataError("Hay un código de indicador repetido.")
    for entry in data.indicators:
        _check_entry(entry)
        if entry.example and entry.example not in examples:
            raise IndicatorDataError(f"{entry.code}: falta el archivo «{entry.example}».")


def _check_entry(entry: IndicatorEntry) -> None:
    if entry.code in RESERVED_CODES:
        raise IndicatorDataError(f"Un indicador no puede llamarse «{entry.code}».")
    if entry.kind == "ratio" and not entry.denominator_label:
        raise IndicatorDataError(f"{entry.code}: una proporción necesita su denominador.")
    if entry.sdg_target and entry.sdg_target not in TARGETS and entry.sdg_target not in GOALS:
        raise IndicatorDataError(f"{entry.code}: «{entry.sdg_target}» no es una meta de los ODS.")
    dimensions = read_dimensions(_values(entry).dimensions)
    try:
        is_writable = read_dimension_text(spell_dimensions(dimensions)) == list(dimensions)
    except DimensionError:
        is_writable = False
    if not is_writable:
        raise IndicatorDataError(
            f"{entry.code}: una desagregación está repetida, usa un nombre reservado, o no se puede escribir "
            "en el formulario: sin dos puntos ni corchetes en el nombre, sin punto y coma en los valores."
        )


def _install_one(
    *, plan: ActionPlan, entry: IndicatorEntry, at: datetime, report: InstallReport
) -> Indicator:
    values = _values(entry)
    indicator = Indicator.objects.filter(plan=plan, code=entry.code).first()
    if indicator is None:
        commitment = plan.commitments.filter(number=entry.commitment).first()
        if commitment is None:
            raise IndicatorDataError(f"{entry.code}: el plan no tiene el compromiso {entry.commitment}.")
        report.created.append(entry.code)
        return create_indicator(
            commitment_id=commitment.pk,
            values=values,
            changed_by_id=None,
            at=at,
            code=entry.code,
            from_pack=True,
        )
    ours = _written_here(indicator)
    wanted = asdict(values)
    for name in sorted(ours & set(wanted)):
        if (before := getattr(indicator, name)) != wanted[name]:
            report.differences.append(Difference(entry.code, name, before, wanted[name], kept=True))
    theirs = {name: value for name, value in wanted.items() if name not in ours}
    changed = edit_indicator(
        indicator_id=indicator.pk, values=theirs, changed_by_id=None, at=at, from_pack=True
    )
    for name, (before, after) in changed.items():
        report.differences.append(Difference(entry.code, name, before, after))
    return indicator


def _values(entry: IndicatorEntry) -> IndicatorValues:
    plain = msgspec.to_builtins(entry)
    skipped = {"code", "commitment", "baseline", "target", "example"}
    known = {name: value for name, value in plain.items() if name not in skipped and value is not None}
    known["dimensions"] = [
        {"name": one.name, "label": one.label, "values": list(one.values)} for one in entry.dimensions
    ]
    if entry.kind == "count":
        known["factor"] = 1
    return IndicatorValues(
        **known, **_reference("baseline", entry.baseline), **_reference("target", entry.target)
    )


def _reference(name: str, entry: ReferenceEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    return {
        f"{name}_value": Decimal(entry.value),
        f"{name}_period": entry.period,
        f"{name}_source_text": entry.source_text,
        f"{name}_source_url": entry.source_url or "",
    }


def _written_here(indicator: Indicator) -> set[str]:
    """Fields whose last change was not a pack's. One query."""
    last: dict[str, bool] = {}
    changes = PlanChange.objects.filter(subject=PlanChange.Subject.INDICATOR, object_id=indicator.pk)
    for after, from_pack in changes.order_by("pk").values_list("after", "from_pack"):
        last |= dict.fromkeys(after, from_pack)
    return {name for name, from_pack in last.items() if not from_pack}


def _install_example(
    *, indicator: Indicator, name: str, content: bytes, at: datetime, report: InstallReport
) -> None:
    digest = hashlib.sha256(content).hexdigest()
    locked = lock_indicator(indicator_id=indicator.pk)
    last = locked.revisions.filter(sha256=digest).first()
    if locked.revisions.filter(is_example=False).exists():
        return
    if last and (last.withdrawn_at or not find_redefined(before=last.said, after=locked.said)):
        return
    try:
        checked = _read_example(indicator=locked, name=name, content=content)
    except IndicatorDataError:
        if last is None:
            raise
        return  # Somebody here measures otherwise: the example that fits no more stays as it was.
    write_revision(
        indicator=locked,
        rows=checked.rows,
        file_name=name,
        sha256=digest,
        note=EXAMPLE_NOTE,
        uploaded_by_id=None,
        at=at,
        is_example=True,
    )
    report.examples.append(indicator.code)


def _read_example(*, indicator: Indicator, name: str, content: bytes) -> Checked:
    try:
        sheet = open_sheet(content=content, shape=indicator.shape)
    except FileRefusedError as error:
        raise IndicatorDataError(f"{name}: {error.fault} {error.columns.missing or ''}") from error
    checked = check_sheet(sheet=sheet, shape=indicator.shape, allow_examples=True)
    if checked.problems:
        first = checked.problems[0]
        raise IndicatorDataError(f"{name}, fila {first.line}, {first.column}: {first.problem} {first.detail}")
    for row in checked.rows:
        if EXAMPLE_WORDS not in row.figure.note.casefold():
            raise IndicatorDataError(f"{name}, fila {row.line}: la nota no dice «{EXAMPLE_WORDS}».")
    return checked
