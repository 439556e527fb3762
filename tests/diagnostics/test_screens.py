"""Answering, the profile and its publication, as people see them."""

import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from lms.diagnostics.models import Answer, Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.selectors.assessments import list_public
from lms.diagnostics.services import discard_draft, finish_assessment, set_published
from lms.diagnostics.views.doors import Desk, enter
from lms.people.models import Role
from tests.factories.diagnostics import (
    CODE,
    MINIMUM,
    answer,
    begin,
    finish,
    finish_many,
    install,
    make_content,
    shown,
)
from tests.factories.people import InstitutionFactory, RoleAssignmentFactory, UserFactory
from tests.personas import Personas, client_for
from tests.queries import count_page_queries

DESK = f"/plan/diagnosticos/{CODE}/responder/"
EMPTY = AnswerValue().digest
ALL_LEVELS = {"existe": 3, "publicado": 1, "sesiona": 0, "responde": 2}


def draft_of(personas: Personas, questionnaire: Questionnaire, at: datetime) -> Assessment:
    return begin(personas.institution, questionnaire=questionnaire, at=at)


def page_of(assessment: Assessment, name: str, **more: str) -> str:
    return reverse(f"diagnostics:{name}", kwargs={"code": CODE, "public_id": assessment.public_id, **more})


def first_page(**fields: str) -> dict[str, str]:
    """What the form of the first dimension sends when nobody touched it, but for ``fields``."""
    blank = {
        f"{key}-{name}": "" for key in ("existe", "publicado")
        for name in ("level", "comment", "evidence_text", "evidence_links")
    }  # fmt: skip
    seen = {"existe-seen": EMPTY, "publicado-seen": EMPTY}
    return blank | seen | fields


def text_of(response: object) -> str:
    return response.content.decode()  # type: ignore[attr-defined, no-any-return]


# --- Anybody -------------------------------------------------------------------------------------
def test_anybody_reads_the_questions_with_their_levels_and_sources(
    questionnaire: Questionnaire, client: Client
) -> None:
    page = text_of(client.get(f"/plan/diagnosticos/{CODE}/"))

    assert "¿El consejo existe?" in page and "Bastante de existe" in page
    assert "Ley 18.575, artículo 74" in page and "Lograr que existe" in page
    assert "Menos de 5 instituciones lo terminaron" in page
    assert "Responder por mi institución" not in page


@pytest.mark.parametrize("address", ["/plan/diagnosticos/", f"/plan/diagnosticos/{CODE}/"])
def test_the_public_pages_cost_the_same_with_many_institutions(
    questionnaire: Questionnaire, client: Client, at: datetime, address: str
) -> None:
    finish_many(3, questionnaire=questionnaire, at=at, publish=True)
    few = count_page_queries(client, address)
    finish_many(27, questionnaire=questionnaire, at=at, publish=True)

    assert count_page_queries(client, address) == few <= 4
    assert "30 instituciones lo terminaron" in text_of(client.get(address))


def test_the_list_of_published_profiles_costs_the_same_with_many(
    questionnaire: Questionnaire, client: Client, at: datetime
) -> None:
    address = f"/plan/diagnosticos/{CODE}/perfiles/"
    finish_many(3, questionnaire=questionnaire, at=at, publish=True)
    few = count_page_queries(client, address)
    finish_many(27, questionnaire=questionnaire, at=at, publish=True)

    assert count_page_queries(client, address) == few <= 4


def test_an_unknown_questionnaire_is_not_found(db: None, client: Client) -> None:
    assert client.get("/plan/diagnosticos/no-existe/").status_code == 404


def test_only_the_published_profile_is_public_and_without_comments(
    questionnaire: Questionnaire, client: Client, at: datetime
) -> None:
    private = finish(InstitutionFactory(code="AA1"), questionnaire=questionnaire, at=at)
    draft = begin(InstitutionFactory(code="AA2"), questionnaire=questionnaire, at=at)
    values = {key: shown(level) for key, level in ALL_LEVELS.items()}
    answer(
        draft, {**values, "existe": AnswerValue(3, comment="Secreto nuestro", evidence_text="Acta 7")}, at=at
    )
    finish_it(draft, at)

    assert client.get(f"/plan/diagnosticos/{CODE}/perfiles/AA1/").status_code == 404
    page = text_of(client.get(f"/plan/diagnosticos/{CODE}/perfiles/AA2/"))
    assert "Acta 7" in page and "Secreto nuestro" not in page
    assert private.institution.name not in text_of(client.get(f"/plan/diagnosticos/{CODE}/perfiles.csv"))


def finish_it(draft: Assessment, at: datetime) -> None:
    from_now = {"as_of": at.date(), "finished_by_id": None, "minimum_peers": MINIMUM, "at": at}
    finish_assessment(assessment_id=draft.pk, **from_now)
    set_published(assessment_id=draft.pk, is_published=True, by_id=None, minimum_peers=MINIMUM, at=at)


# --- Answering -----------------------------------------------------------------------------------
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


# --- Who -----------------------------------------------------------------------------------------
PLACES = ["draft", "finish", "discard", "profile", "publish", "local_plan"]


@pytest.mark.parametrize("name", PLACES)
def test_elena_sees_nothing_of_another_institution(
    personas: Personas, questionnaire: Questionnaire, fixed_clock: None, at: datetime, name: str
) -> None:
    assessment = draft_of(personas, questionnaire, at)
    RoleAssignmentFactory(
        user=personas.elena, role=Role.INTEGRITY_COORDINATOR, institution=personas.other_institution
    )
    elena = client_for(personas.elena)

    assert elena.get(page_of(assessment, name)).status_code == 404
    assert elena.get(f"{DESK}?institucion=AA900").status_code == 404
    assert elena.get(DESK).status_code == 200


@pytest.mark.parametrize("role", [Role.PLAN_REPORTER, Role.PLAN_OWNER])
def test_other_roles_of_the_institution_answer_too(
    personas: Personas, questionnaire: Questionnaire, fixed_clock: None, role: Role
) -> None:
    user = UserFactory()
    RoleAssignmentFactory(user=user, role=role, institution=personas.institution)

    assert client_for(user).get(DESK).status_code == 200


def test_who_keeps_the_plan_everywhere_sees_no_result_of_another_institution(
    personas: Personas, questionnaire: Questionnaire, pedro: Client, at: datetime
) -> None:
    other = finish(personas.other_institution, questionnaire=questionnaire, at=at)

    assert pedro.get(page_of(other, "profile")).status_code == 404
    page = text_of(pedro.get(f"/plan/diagnosticos/{CODE}/instituciones/"))
    assert "Servicio de Caminos" in page and "50" not in re.sub(r"<[^>]+>", "", page)


def test_the_team_of_an_institution_does_not_see_which_others_answered(
    personas: Personas, questionnaire: Questionnaire, fixed_clock: None
) -> None:
    user = UserFactory()
    RoleAssignmentFactory(user=user, role=Role.PLAN_OWNER, institution=personas.institution)

    assert client_for(user).get(f"/plan/diagnosticos/{CODE}/instituciones/").status_code == 404


# --- Profile -------------------------------------------------------------------------------------
def test_the_profile_says_what_changed_since_the_last_one(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    finish(personas.institution, (0, 2, 1, 3), questionnaire=questionnaire, at=at - timedelta(days=400))
    now = finish(personas.institution, (3, 1, 1, 3), questionnaire=questionnaire, at=at)

    page = text_of(iris.get(page_of(now, "profile")))

    assert "Qué cambió desde la vez anterior" in page
    assert page.count("Subió") == 1 and page.count("Bajó") == 1
    assert "c-was" in page


def test_what_applies_to_one_of_two_results_neither_rises_nor_falls(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    finish(personas.institution, (3, 2, 1, 3), questionnaire=questionnaire, at=at - timedelta(days=400))
    now = finish(personas.institution, (3, 2, 1, None), questionnaire=questionnaire, at=at)

    page = text_of(iris.get(page_of(now, "profile")))

    assert "Subió" not in page and "Bajó" not in page and "No se compara" in page


def test_another_weight_is_no_better_answer(personas: Personas, iris: Client, at: datetime) -> None:
    levels = (3, 2, 1, 3)
    finish(personas.institution, levels, questionnaire=install(at=at), at=at - timedelta(days=400))
    heavier = make_content()["dimensions"]
    heavier[0]["questions"][0]["weight"] = 4
    now = finish(personas.institution, levels, questionnaire=install(at=at, dimensions=heavier), at=at)

    page = text_of(iris.get(page_of(now, "profile")))

    assert "Ninguna respuesta vale más ni menos que antes." in page


def test_the_profile_compares_with_peers_without_naming_them(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    others = finish_many(6, questionnaire=questionnaire, at=at)
    now = finish(personas.institution, questionnaire=questionnaire, at=at)

    page = text_of(iris.get(page_of(now, "profile")))

    assert "Comparación con 6 instituciones del mismo tipo" in page
    assert not [one for one in others if one.institution.name in page]


def test_the_profile_costs_the_same_with_many_peers(
    personas: Personas, questionnaire: Questionnaire, iris: Client, at: datetime
) -> None:
    now = finish(personas.institution, questionnaire=questionnaire, at=at)
    finish_many(6, questionnaire=questionnaire, at=at)
    few = count_page_queries(iris, page_of(now, "profile"))
    finish_many(24, questionnaire=questionnaire, at=at)

    assert count_page_queries(iris, page_of(now, "profile")) == few <= 15


def test_publishing_asks_first_and_is_taken_back(
    personas: Personas, questionnaire: Questionnaire, iris: Client, client: Client, at: datetime
) -> None:
    now = finish(personas.institution, questionnaire=questionnaire, at=at)
    public = f"/plan/diagnosticos/{CODE}/perfiles/AA900/"

    assert "Los comentarios internos" in text_of(iris.get(page_of(now, "publish")))
    assert client.get(public).status_code == 404
    iris.post(page_of(now, "publish"), {"publicar": "si"})
    assert client.get(public).status_code == 200
    assert "AA900" in text_of(client.get(f"/plan/diagnosticos/{CODE}/perfiles.json"))
    iris.post(page_of(now, "publish"), {"publicar": "no"})
    assert client.get(public).status_code == 404


def test_of_two_published_profiles_the_later_is_current_and_the_other_history(
    personas: Personas, questionnaire: Questionnaire, iris: Client, client: Client, at: datetime
) -> None:
    earlier = at - timedelta(days=400)
    old = finish(personas.institution, (0, 0, 0, 0), questionnaire=questionnaire, at=earlier, publish=True)
    new = finish(personas.institution, (3, 3, 3, 3), questionnaire=questionnaire, at=at)
    public = f"/plan/diagnosticos/{CODE}/perfiles/AA900/"

    assert "queda como historia con su fecha" in text_of(iris.get(page_of(new, "publish")))
    iris.post(page_of(new, "publish"), {"publicar": "si"})

    assert [one.pk for one in list_public(questionnaire=questionnaire)] == [new.pk]
    assert f"{public}{old.public_id}/" in text_of(client.get(public))
    past = text_of(client.get(f"{public}{old.public_id}/"))
    assert "Historia" in past and "Ver el vigente" in past
    assert "Publicado como historia" in text_of(iris.get(page_of(old, "profile")))
    assert "Después se verá como vigente" in text_of(iris.get(page_of(new, "publish")))
    iris.post(page_of(old, "publish"), {"publicar": "no"})
    assert client.get(f"{public}{old.public_id}/").status_code == 404
