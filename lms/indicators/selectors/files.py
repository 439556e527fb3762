"""The files of a release. CSV and XLSX are exactly what an upload takes; JSON says also what it means.

CSV: UTF-8 without BOM, commas, CRLF, decimal points, an apostrophe before text that a spreadsheet would
take for a formula.
"""

import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import Any

from openpyxl import Workbook

from lms.indicators.models import Indicator, IndicatorRevision, Observation
from lms.indicators.rules.checking import EXAMPLE_WORDS, STATUS_WORDS
from lms.indicators.rules.columns import columns_of
from lms.indicators.rules.numbers import spell_plain
from lms.indicators.rules.shapes import Shape, Status, derive
from lms.lib.spreadsheets import csv_lines, safe_cell

FILES_VERSION = 2
"""Goes up when the files change their form, so that nobody keeps an old one."""
CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
JSON_TYPE = "application/json; charset=utf-8"
CONTENT_TYPES = {"csv": CSV_TYPE, "xlsx": XLSX_TYPE, "json": JSON_TYPE}


@dataclass(frozen=True)
class DataFile:
    """One file to download."""

    name: str
    content_type: str
    body: bytes


def build_file(*, indicator: Indicator, revision: IndicatorRevision, kind: str) -> DataFile:
    """``kind``: ``csv``, ``xlsx`` or ``json``; the words of ``indicator`` are those that the file says.

    One query.
    """
    observations = revision.observations.order_by("line").iterator(chunk_size=2000)
    return DataFile(
        name=f"{file_stem(indicator=indicator, revision=revision)}.{kind}",
        content_type=CONTENT_TYPES[kind],
        body=_BUILDERS[kind](indicator, revision, observations),
    )


def template_file(*, indicator: Indicator, kind: str) -> DataFile:
    """The titles alone, to fill in. No query."""
    header = columns_of(indicator.shape)
    body = _spell_csv(header, ()) if kind == "csv" else _spell_xlsx(header, ())
    return DataFile(f"{indicator.code}-plantilla.{kind}", CONTENT_TYPES[kind], body)


def file_stem(*, indicator: Indicator, revision: IndicatorRevision) -> str:
    """The name of a file without its ending; it says where the figures are invented."""
    end = "-datos-de-ejemplo" if revision.is_example else ""
    return f"{indicator.code}-revision-{revision.number}{end}"


def file_tag(*, indicator: Indicator, revision: IndicatorRevision, kind: str) -> str:
    """An ETag that costs no building. The version of the commitment goes up with the indicator's words."""
    facts = [FILES_VERSION, kind, revision.pk, indicator.plan.version, indicator.commitment.version]
    return f'"{sha256(json.dumps(facts).encode()).hexdigest()[:32]}"'


def row_values(*, observation: Observation, shape: Shape, is_example: bool) -> list[Any]:
    """One row as the CSV has it; numbers stay numbers."""
    note = observation.note
    if is_example and EXAMPLE_WORDS not in note.casefold():
        note = f"{EXAMPLE_WORDS}. {note}".strip()
    return [
        observation.period,
        *(observation.disaggregation.get(one.name, "") for one in shape.dimensions),
        observation.numerator,
        observation.denominator,
        STATUS_WORDS[Status(observation.status)],
        note,
    ]


def observation_document(*, observation: Observation, shape: Shape, is_example: bool) -> dict[str, Any]:
    """One observation as JSON has it; ``valor`` is derived, ``None`` where there is none."""
    names = columns_of(shape)
    values = row_values(observation=observation, shape=shape, is_example=is_example)
    document = {name: _number(value) for name, value in zip(names, values, strict=True)}
    document["valor"] = _number(derive(figure=observation.figure, shape=shape))
    return document


def indicator_document(*, indicator: Indicator) -> dict[str, Any]:
    """What an indicator is; ``None`` is "not published". No query if plan and commitment are loaded."""
    return {
        "codigo": indicator.code,
        "titulo": indicator.title,
        "vigente": indicator.is_active,
        "plan": indicator.plan.code,
        "compromiso": indicator.commitment.number,
        "que_mide": indicator.definition,
        "metodo": indicator.method,
        "definido_por": indicator.origin_text,
        "definido_por_url": indicator.origin_url or None,
        "unidad": indicator.unit,
        "tipo": indicator.kind,
        "factor": indicator.factor,
        "decimales": indicator.decimals,
        "direccion": indicator.direction,
        "numerador": indicator.numerator_label,
        "denominador": indicator.denominator_label or None,
        "frecuencia": indicator.frequency,
        "linea_base": _reference(indicator, "baseline"),
        "meta": _reference(indicator, "target"),
        "fuente": indicator.source_text or None,
        "fuente_url": indicator.source_url or None,
        "licencia": indicator.licence,
        "desagregacion": [
            {"columna": one["name"], "nombre": one["label"], "valores": one["values"] or None}
            for one in indicator.dimensions
        ],
        "meta_ods": indicator.sdg_target or None,
    }


def _reference(indicator: Indicator, name: str) -> dict[str, Any] | None:
    value = getattr(indicator, f"{name}_value")
    if value is None:
        return None
    return {
        "valor": _number(value),
        "periodo": getattr(indicator, f"{name}_period") or None,
        "fuente": getattr(indicator, f"{name}_source_text") or None,
        "fuente_url": getattr(indicator, f"{name}_source_url") or None,
    }


def revision_document(*, revision: IndicatorRevision) -> dict[str, Any]:
    """What a release is. No query."""
    return {
        "numero": revision.number,
        "publicada": revision.published_at.isoformat() if revision.published_at else None,
        "cargada": revision.uploaded_at.isoformat(),
        "nota": revision.note,
        "filas": revision.row_count,
        "sha256": revision.sha256,
        "datos_de_ejemplo": revision.is_example,
    }


def _csv(indicator: Indicator, revision: IndicatorRevision, observations: Iterable[Observation]) -> bytes:
    return _spell_csv(columns_of(revision.shape), _values(revision, observations))


def _xlsx(indicator: Indicator, revision: IndicatorRevision, observations: Iterable[Observation]) -> bytes:
    return _spell_xlsx(columns_of(revision.shape), _values(revision, observations))


def _json(indicator: Indicator, revision: IndicatorRevision, observations: Iterable[Observation]) -> bytes:
    shape = revision.shape
    document = {
        "licencia": indicator.licence,
        "aviso": "Datos de ejemplo: cifras inventadas." if revision.is_example else None,
        "indicador": indicator_document(indicator=indicator),
        "revision": revision_document(revision=revision),
        "observaciones": [
            observation_document(observation=one, shape=shape, is_example=revision.is_example)
            for one in observations
        ],
    }
    return json.dumps(document, ensure_ascii=False).encode()


_BUILDERS = {"csv": _csv, "xlsx": _xlsx, "json": _json}


def _values(revision: IndicatorRevision, observations: Iterable[Observation]) -> Iterable[list[Any]]:
    shape = revision.shape
    for one in observations:
        yield row_values(observation=one, shape=shape, is_example=revision.is_example)


def _spell_csv(header: tuple[str, ...], rows: Iterable[list[Any]]) -> bytes:
    spelled = (["" if value is None else _plain(value) for value in row] for row in rows)
    return "".join(csv_lines(header=header, rows=spelled)).encode()


def _spell_xlsx(header: tuple[str, ...], rows: Iterable[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("datos")
    sheet.append(header)
    for row in rows:
        sheet.append([safe_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(value: Any) -> Any:
    """Amounts as text that reads back as the same number; everything else as it is."""
    if value is None or isinstance(value, str):
        return value
    return spell_plain(value)


def _number(value: Any) -> Any:
    """Amounts as JSON numbers: their fifteen digits are kept exactly."""
    if not isinstance(value, Decimal):
        return value
    return int(value) if value == value.to_integral_value() else float(value)
