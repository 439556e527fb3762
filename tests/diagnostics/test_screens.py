"""What anybody reads of diagnostics, who may do what, and the profile."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from lms.diagnostics.models import Assessment, Questionnaire
from lms.diagnostics.rules import AnswerValue
from lms.diagnostics.selectors.assessments import list_public
from lms.diagnostics.services import finish_assessment, set_published
from lms.people.models import Role
from tests.diagnostics.screens import ALL_LEVELS, DESK, draft_of, page_of, text_of
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


# --- Anybody ----------------------------------------------------------------------------------------
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


# --- Who --------------------------------------------------------------------------------------------
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


# --- Profile ----------------------------------------------------------------------------------------
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
