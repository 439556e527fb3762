"""A small questionnaire, and institutions that answer it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from lms.diagnostics.manifests import DiagnosticFile
from lms.diagnostics.models import AnswerFile, Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.services import (
    AnswerEntry,
    FileValues,
    add_file,
    finish_assessment,
    install_questionnaires,
    save_answers,
    set_published,
    start_assessment,
)
from lms.lib.clock import local_date
from lms.people.models import Institution
from tests.factories.people import InstitutionFactory
from tests.factories.plan_progress import PDF

CODE = "consejo"
MINIMUM = 5
KEYS = ("existe", "publicado", "sesiona", "responde")


def question(key: str, **more: Any) -> dict[str, Any]:
    """A question with four levels, of which the last two need evidence."""
    return {
        "key": key,
        "text": f"¿El consejo {key}?",
        "why": "Lo pide la ley.",
        "anchor": {
            "text": "Ley 18.575, artículo 74",
            "url": "https://www.leychile.cl/Navegar?idNorma=191865",
        },
        "levels": [
            {"points": 0, "text": f"Nada de {key}"},
            {"points": 1, "text": f"Algo de {key}"},
            {"points": 2, "text": f"Bastante de {key}", "evidence": True},
            {"points": 3, "text": f"Todo de {key}", "evidence": True},
        ],
        "improvement": f"Lograr que {key}",
        **more,
    }


def make_content(**more: Any) -> dict[str, Any]:
    """Two dimensions of two questions; "responde" may not apply."""
    return {
        "code": CODE,
        "title": "Consejo de la sociedad civil",
        "summary": "Si existe y se usa.",
        "about": "Un cuestionario breve.",
        "plan": "plan",
        "commitments": [9],
        "source": {"text": "Propuesta de Aula Abierta", "url": "https://www.leychile.cl/"},
        "licence": "CC BY 4.0",
        "dimensions": [
            {
                "key": "creacion",
                "title": "Creación",
                "questions": [question("existe"), question("publicado")],
            },
            {
                "key": "uso",
                "title": "Uso",
                "questions": [question("sesiona"), question("responde", not_applicable=True)],
            },
        ],
        **more,
    }


def make_file(**more: Any) -> DiagnosticFile:
    return msgspec.convert(make_content(**more), DiagnosticFile)


def install(*, at: datetime, **more: Any) -> Questionnaire:
    """The questionnaire, in a new version where ``more`` changes it."""
    install_questionnaires(files=[make_file(**more)], at=at)
    return Questionnaire.objects.select_related("current").get(code=more.get("code", CODE))


def shown(level: int | None) -> AnswerValue:
    """A level with its evidence; ``None``: it does not apply."""
    return AnswerValue(level, level is None, evidence_links=("https://www.example.cl/acta",))


def begin(institution: Institution, *, questionnaire: Questionnaire, at: datetime) -> Assessment:
    return start_assessment(
        institution_id=institution.pk,
        questionnaire_id=questionnaire.pk,
        as_of=local_date(at),
        started_by_id=None,
        at=at,
    )


def answer(assessment: Assessment, values: Mapping[str, AnswerValue], *, at: datetime) -> None:
    """Writes the answers over whatever there is."""
    stored = {one.question_key: one.value for one in assessment.answers.all()}
    entries = [
        AnswerEntry(key, value, stored.get(key, AnswerValue()).digest) for key, value in values.items()
    ]
    save_answers(assessment_id=assessment.pk, entries=entries, answered_by_id=None, at=at)


def finish(
    institution: Institution,
    levels: Sequence[int | None] = (3, 2, 1, 0),
    *,
    questionnaire: Questionnaire,
    at: datetime,
    publish: bool = False,
) -> Assessment:
    """A finished assessment; ``levels`` in the order of ``KEYS``, each with evidence."""
    assessment = begin(institution, questionnaire=questionnaire, at=at)
    keys = assessment.release.questions
    answer(assessment, {key: shown(level) for key, level in zip(keys, levels, strict=True)}, at=at)
    done = finish_assessment(
        assessment_id=assessment.pk, as_of=local_date(at), finished_by_id=None, minimum_peers=MINIMUM, at=at
    )
    if publish:
        set_published(assessment_id=done.pk, is_published=True, by_id=None, minimum_peers=MINIMUM, at=at)
        done.refresh_from_db()
    return done


def finish_many(
    count: int, *, questionnaire: Questionnaire, at: datetime, publish: bool = False, **place: Any
) -> list[Assessment]:
    """So many institutions, each with another result."""
    return [
        finish(
            InstitutionFactory(**place),
            [number % 4, (number + 1) % 4, 2, (number // 2) % 4],
            questionnaire=questionnaire,
            at=at,
            publish=publish,
        )
        for number in range(count)
    ]


def attach(
    assessment: Assessment, key: str, *, at: datetime, name: str = "acta.pdf", content: bytes = PDF
) -> AnswerFile:
    """A document for one question of a draft."""
    values = FileValues(
        title="Acta de la sesión",
        dated_on=local_date(at),
        licence="CC BY 4.0",
        file_name=name,
        content=content,
    )
    file, _is_new = add_file(
        assessment_id=assessment.pk, question_key=key, values=values, added_by_id=None, at=at
    )
    return file
