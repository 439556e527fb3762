"""Questionnaires and published profiles as files. They say what the pages say."""

import json
from collections.abc import Iterable
from typing import Any

from lms.diagnostics.models import Assessment, QuestionnaireRelease
from lms.lib.clock import local_date
from lms.plan.selectors.open_data import DataFile, write_csv

QUESTION_COLUMNS = (
    "cuestionario", "version", "dimension", "dimension_peso", "pregunta_clave", "pregunta", "pregunta_peso",
    "admite_no_aplica", "por_que", "fuente", "fuente_url", "nivel", "nivel_texto", "puntos",
    "pide_evidencia", "mejora_sugerida",
)  # fmt: skip
PROFILE_COLUMNS = (
    "cuestionario", "version", "institucion_codigo", "institucion", "a_la_fecha", "publicado_el", "nivel",
    "dimension", "porcentaje",
)  # fmt: skip
JSON_TYPE = "application/json; charset=utf-8"
CSV_TYPE = "text/csv; charset=utf-8"


def questionnaire_json(*, release: QuestionnaireRelease) -> DataFile:
    """The version as it was frozen, with its number and day. No query."""
    document = {
        "version": release.version,
        "publicada": local_date(release.published_at).isoformat(),
        **release.content,
    }
    return DataFile(f"{release.file.code}.json", JSON_TYPE, _to_json(document))


def questionnaire_csv(*, release: QuestionnaireRelease) -> DataFile:
    """One line per level of each question. No query."""
    rows = list(_question_rows(release))
    return DataFile(f"{release.file.code}.csv", CSV_TYPE, write_csv(columns=QUESTION_COLUMNS, rows=rows))


def profiles_csv(*, code: str, assessments: Iterable[Assessment]) -> DataFile:
    """One line per institution and dimension, and one for its total. One query."""
    rows = [row for one in assessments for row in _profile_rows(code, one)]
    return DataFile(f"{code}-perfiles.csv", CSV_TYPE, write_csv(columns=PROFILE_COLUMNS, rows=rows))


def profiles_json(*, code: str, licence: str, assessments: Iterable[Assessment]) -> DataFile:
    """Published profiles with their dimensions. One query."""
    document = {
        "cuestionario": code,
        "licencia": licence,
        "perfiles": [_profile(one) for one in assessments],
    }
    return DataFile(f"{code}-perfiles.json", JSON_TYPE, _to_json(document))


def _to_json(document: dict[str, Any]) -> bytes:
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()


def _question_rows(release: QuestionnaireRelease) -> Iterable[dict[str, Any]]:
    for dimension in release.file.dimensions:
        for question in dimension.questions:
            for position, level in enumerate(question.levels):
                yield {
                    "cuestionario": release.file.code,
                    "version": release.version,
                    "dimension": dimension.title,
                    "dimension_peso": dimension.weight,
                    "pregunta_clave": question.key,
                    "pregunta": question.text,
                    "pregunta_peso": question.weight,
                    "admite_no_aplica": _yes(question.not_applicable),
                    "por_que": question.why,
                    "fuente": question.anchor.text,
                    "fuente_url": question.anchor.url,
                    "nivel": position,
                    "nivel_texto": level.text,
                    "puntos": level.points,
                    "pide_evidencia": _yes(level.evidence),
                    "mejora_sugerida": question.improvement,
                }


def _profile_rows(code: str, one: Assessment) -> Iterable[dict[str, Any]]:
    shared = {
        "cuestionario": code,
        "version": one.release.version,
        "institucion_codigo": one.institution.code,
        "institucion": one.institution.name,
        "a_la_fecha": one.as_of.isoformat(),
        "publicado_el": local_date(one.published_at).isoformat() if one.published_at else None,
    }
    yield {**shared, "nivel": "total", "dimension": None, "porcentaje": one.overall}
    for dimension in one.release.file.dimensions:
        percent = one.result["dimensions"].get(dimension.key)
        yield {**shared, "nivel": "dimension", "dimension": dimension.title, "porcentaje": percent}


def _profile(one: Assessment) -> dict[str, Any]:
    return {
        "version": one.release.version,
        "institucion": {"codigo": one.institution.code, "nombre": one.institution.name},
        "a_la_fecha": one.as_of.isoformat(),
        "publicado_el": local_date(one.published_at).isoformat() if one.published_at else None,
        "porcentaje": one.overall,
        "dimensiones": [
            {
                "clave": dimension.key,
                "titulo": dimension.title,
                "porcentaje": one.result["dimensions"].get(dimension.key),
            }
            for dimension in one.release.file.dimensions
        ],
    }


def _yes(value: bool) -> str:
    return "sí" if value else "no"
