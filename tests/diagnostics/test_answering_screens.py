"""An institution answers on screens: pages, files, races, and what is wrong."""

import re
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client

from lms.diagnostics.models import Answer, Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.services import discard_draft
from lms.diagnostics.views.doors import Desk, enter
from tests.diagnostics.screens import ALL_LEVELS, DESK, EMPTY, draft_of, first_page, page_of, text_of
from tests.factories.diagnostics import (
    answer,
    finish,
    shown,
)
from tests.personas import Personas


def test_an_institution_answers_finishes_and_sees_its_profile(
    questionnaire: Questionnaire, iris: Client
) -> None:
    begun = iris.post(DESK)
    assessment = Assessment.objects.get()
    assert begun["Location"] == page_of(assessment, "draft")

    first = page_of(assessment, "dimension", key="creacion")
    assert iris.get(first).status_code == 200
    sent = first_page(
        **{"existe-level": "3", "existe-evidence_links": "https://a.cl/acta", "publicado-level": "1"}
    )
    following = iris.post(first, {**sent, "seguir": "si"})
    assert following["Location"] == page_of(assessment, "dimension", key="uso")
    iris.post(
        following["Location"],
        {"sesiona-level": "2", "sesiona-seen": EMPTY, "responde-level": "no", "responde-seen": EMPTY},
    )
    done = iris.post(page_of(assessment, "finish"), {"as_of": "2026-11-19"}, follow=True)

    page = text_of(done)
    assessment.refresh_from_db()
    assert assessment.result == {"overall": 50, "dimensions": {"creacion": 67, "uso": 33}}
    assert "El diagnóstico quedó terminado" in page
    assert "Sin evidencia cuenta como «Algo de sesiona»" in page
    assert "Lograr que publicado" in page
    assert "Todavía no se muestra una comparación" in page


def test_the_later_of_two_people_sees_the_others_answer_and_keeps_the_own_words(
    personas: Personas, questionnaire: Questionnaire, iris: Client, pedro: Client, at: datetime
) -> None:
    assessment = draft_of(personas, questionnaire, at)
    first = page_of(assessment, "dimension", key="creacion")
    pedro.post(first, first_page(**{"existe-level": "1", "existe-comment": "Lo vi yo"}))

    late = iris.post(
        first, first_page(**{"existe-level": "0", "existe-comment": "No lo veo", "publicado-level": "1"})
    )

    page = text_of(late)
    assert late.status_code == 409
    assert "Otra persona de tu institución guardó otra respuesta" in page
    assert "Algo de existe" in page and "Lo vi yo" in page and "No lo veo" in page
    assert Answer.objects.get(question_key="existe").level == 1
    assert Answer.objects.get(question_key="publicado").level == 1
    seen = dict(re.findall(r'name="([a-z]+-seen)" value="([0-9a-f]+)"', page))
    again = iris.post(
        first,
        first_page(**seen, **{"existe-level": "0", "existe-comment": "No lo veo", "publicado-level": "1"}),
    )
    assert again.status_code == 302
    assert Answer.objects.get(question_key="existe").level == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"existe-level": "7"}, "Elige una de las alternativas."),
        ({"existe-level": "9" * 5000}, "Elige una de las alternativas."),
        ({"existe-level": "no"}, "Elige una de las alternativas."),
        ({"existe-evidence_links": "el acta"}, "«el acta» no es un enlace."),
        ({"existe-evidence_links": "javascript:alert(1)"}, "no es un enlace."),
        (
            {"existe-evidence_links": "\n".join(f"https://a.cl/{n}" for n in range(11))},
            "diez enlaces o menos",
        ),
        ({"existe-evidence_links": "https://a.cl/" + "x" * 600}, "500 caracteres o menos"),
        ({"existe-comment": "x" * 2001}, "Escribe 2.000 caracteres o menos."),
        ({"existe-comment": "nulo\x00"}, "nulos"),
    ],
)
def test_what_is_wrong_is_said_and_what_is_right_is_saved(
    personas: Personas,
    questionnaire: Questionnaire,
    iris: Client,
    at: datetime,
    fields: dict[str, str],
    words: str,
) -> None:
    assessment = draft_of(personas, questionnaire, at)

    response = iris.post(
        page_of(assessment, "dimension", key="creacion"),
        first_page(**fields, **{"publicado-level": "1", "publicado-comment": "Bien"}),
    )

    assert response.status_code == 400
    assert words in text_of(response)
    assert Answer.objects.get().value == AnswerValue(1, comment="Bien")


def test_a_post_without_its_fields_changes_nothing(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    assessment = draft_of(personas, questionnaire, at)
    answer(assessment, {"existe": shown(3)}, at=at)

    response = iris.post(page_of(assessment, "dimension", key="creacion"))

    assert response.status_code == 409
    assert Answer.objects.get().value == shown(3)


def test_who_writes_while_another_finishes_keeps_the_words(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    assessment = finish(personas.institution, questionnaire=questionnaire, at=at)

    response = iris.post(
        page_of(assessment, "dimension", key="creacion"), first_page(**{"existe-comment": "Lo mío"})
    )

    assert response.status_code == 409
    assert "Esto no se guardó" in text_of(response) and "Lo mío" in text_of(response)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        ("", "Escribe a qué fecha corresponden"),
        ("2026-11-21", "Esa fecha todavía no llega"),
        ("0001-01-01", "Revisa el año"),
        ("31-02-2026", "Escribe la fecha así"),
        ("nada\x00", "Escribe la fecha así"),
    ],
)
def test_the_day_of_the_result_is_a_past_day(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime, day: str, words: str
) -> None:
    assessment = draft_of(personas, questionnaire, at)
    answer(assessment, {key: shown(1) for key in ALL_LEVELS}, at=at)

    response = iris.post(page_of(assessment, "finish"), {"as_of": day})

    assert response.status_code == 400 and words in text_of(response)
    assert Assessment.objects.get().is_draft


def test_an_unfinished_one_says_what_is_missing(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    assessment = draft_of(personas, questionnaire, at)

    assert "Faltan 4 respuestas" in text_of(iris.get(page_of(assessment, "finish")))
    page = text_of(iris.post(page_of(assessment, "finish"), {"as_of": "2026-11-20"}, follow=True))
    assert "Todavía faltan respuestas" in page


@pytest.mark.parametrize("page", ["discard", "finish", "dimension"])
def test_who_comes_after_the_draft_was_discarded_is_told(
    personas: Personas,
    questionnaire: Questionnaire,
    iris: Client,
    at: datetime,
    page: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assessment = draft_of(personas, questionnaire, at)
    answer(assessment, {key: shown(1) for key in ALL_LEVELS}, at=at)
    path = page_of(assessment, page, **({"key": "creacion"} if page == "dimension" else {}))

    def enter_and_lose(request: HttpRequest, **found: Any) -> Desk:
        here = enter(request, **found)
        discard_draft(assessment_id=here.assessment.pk)
        return here

    monkeypatch.setattr("lms.diagnostics.views.answering.enter", enter_and_lose)
    response = iris.post(
        path, {"as_of": "2026-11-20", **first_page(**{"existe-comment": "Lo mío"})}, follow=True
    )

    words = "Lo mío" if page == "dimension" else "ya descartó este borrador"
    assert words in text_of(response)
    assert "descartó este borrador" in text_of(response)


def test_a_draft_is_discarded_after_asking(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    assessment = draft_of(personas, questionnaire, at)

    assert iris.get(page_of(assessment, "discard")).status_code == 200
    assert Assessment.objects.exists()
    iris.post(page_of(assessment, "discard"))
    assert not Assessment.objects.exists()
