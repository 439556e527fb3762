"""«Mis competencias»: my own portfolio, to read, print and take along."""

import json
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from courses.languages import reading_language
from courses.levels import LEVEL_WORDS
from lms.classroom.competences import CompetenceLine, EvidenceLine, read_competences
from lms.lib import clock
from lms.lib.spreadsheets import csv_lines
from lms.people.selectors.viewers import get_viewer

BYTE_ORDER_MARK = "\ufeff"
"""By which spreadsheet programs know UTF-8."""


@require_GET
def competences(request: HttpRequest) -> HttpResponse:
    """Every competence with its level, its evidence and the next step."""
    at = clock.now()
    lines = _mine(request)
    context = {
        "lines": lines,
        "reached": sum(line.level > 0 for line in lines),
        "today": clock.local_date(at),
    }
    return render(request, "classroom/competences.html", context)


@require_GET
def as_csv(request: HttpRequest) -> HttpResponse:
    """One row for each course behind a competence; one without evidence has a row as well."""
    header = [
        _("Competencia"), _("Código"), _("Nivel"), _("Curso"), _("Nivel del curso"), _("Completado"),
        _("Vigente hasta"), _("Puntos"), _("De"), _("Estado"), _("Certificado"),
    ]  # fmt: skip
    rows = [row for line in _mine(request) for row in _rows(line)]
    text = BYTE_ORDER_MARK + "".join(csv_lines(header=header, rows=rows))
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mis-competencias.csv"'
    return response


@require_GET
def as_json(request: HttpRequest) -> HttpResponse:
    """The same, for programs."""
    data = {
        "fecha": clock.local_date(clock.now()).isoformat(),
        "competencias": [
            {
                "codigo": line.competence.code,
                "nombre": line.competence.name,
                "nivel": line.level,
                "evidencia": [_evidence(one) for one in line.evidence],
            }
            for line in _mine(request)
        ],
    }
    response = HttpResponse(json.dumps(data, ensure_ascii=False, indent=2), content_type="application/json")
    response["Content-Disposition"] = 'attachment; filename="mis-competencias.json"'
    return response


def _mine(request: HttpRequest) -> list[CompetenceLine]:
    at = clock.now()
    viewer = get_viewer(user=request.user, at=at)
    return read_competences(person_id=viewer.person_id, language=reading_language(), at=at)


def _rows(line: CompetenceLine) -> Iterator[list[object]]:
    level = str(LEVEL_WORDS[line.level]) if line.level else _("Sin nivel")
    first: list[object] = [line.competence.name, line.competence.code, level]
    if not line.evidence:
        yield [*first, "", "", "", "", "", "", "", ""]
    for one in line.evidence:
        claim = one.claim
        yield [
            *first, one.title, claim.level, claim.held.on, claim.held.until or "",
            claim.points if claim.total else "", claim.total or "", one.notice.text, one.code,
        ]  # fmt: skip


def _evidence(one: EvidenceLine) -> dict[str, object]:
    claim = one.claim
    return {
        "curso": one.standing.outline.code,
        "titulo": one.title,
        "version": one.standing.enrolment.release.number,
        "nivel": claim.level,
        "completado": claim.held.on.isoformat(),
        "vigente_hasta": claim.held.until.isoformat() if claim.held.until else None,
        "puntos": claim.points if claim.total else None,
        "total": claim.total or None,
        "se_pide_por_ciento": claim.needed,
        "estado": str(one.proof),
        "certificado": one.code,
    }
