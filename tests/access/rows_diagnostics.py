"""Diagnostics: the questionnaires are everybody's, the answers are of the institution."""

from collections.abc import Mapping

from lms.diagnostics.models import AnswerFile, Assessment
from tests.access.building import DIAGNOSTIC
from tests.access.cases import NOT_ALLOWED, NOT_FOUND, PLAN_KEEPERS, Case, open_to_all
from tests.access.world import World

ANSWERERS_OF_A = frozenset({"integrity_a", "plan_owner"})
"""Iris coordinates integrity there; Pedro keeps the plan everywhere and works there."""
PLANNERS_OF_A = frozenset({"plan_owner"})
FIRST, FIRST_QUESTION = "norma", "norma-existe"


def of_questionnaire(world: World) -> Mapping[str, object]:
    return {"code": DIAGNOSTIC}


def of_draft(world: World) -> Mapping[str, object]:
    return {"code": DIAGNOSTIC, "public_id": Assessment.objects.get(state="draft").public_id}


def of_dimension(world: World) -> Mapping[str, object]:
    return {**of_draft(world), "key": FIRST}


def of_finished(world: World) -> Mapping[str, object]:
    return {"code": DIAGNOSTIC, "public_id": Assessment.objects.get(state="finished").public_id}


def of_place(world: World) -> Mapping[str, object]:
    return {"code": DIAGNOSTIC, "institution_code": "AA900"}


def of_other_place(world: World) -> Mapping[str, object]:
    return {"code": DIAGNOSTIC, "institution_code": "AA901"}


def of_past_of_place(world: World) -> Mapping[str, object]:
    return {**of_finished(world), **of_place(world)}


def of_past_of_other_place(world: World) -> Mapping[str, object]:
    return {**of_finished(world), **of_other_place(world)}


def of_question(world: World) -> Mapping[str, object]:
    return {**of_draft(world), "key": FIRST_QUESTION}


def of_draft_file(world: World) -> Mapping[str, object]:
    return {**of_question(world), "file_id": AnswerFile.objects.get(assessment__state="draft").public_id}


def of_draft_file_alone(world: World) -> Mapping[str, object]:
    return {key: value for key, value in of_draft_file(world).items() if key != "key"}


def of_public_file(world: World) -> Mapping[str, object]:
    file_id = AnswerFile.objects.get(assessment__state="finished").public_id
    return {**of_finished(world), **of_place(world), "file_id": file_id}


def of_hidden_file(world: World) -> Mapping[str, object]:
    return {**of_draft(world), **of_place(world), "file_id": of_draft_file(world)["file_id"]}


ROWS: dict[str, list[Case]] = {
    "diagnostics:index": [open_to_all()],
    "diagnostics:questionnaire": [open_to_all(args=of_questionnaire)],
    "diagnostics:questionnaire_json": [open_to_all(args=of_questionnaire)],
    "diagnostics:questionnaire_csv": [open_to_all(args=of_questionnaire)],
    "diagnostics:public_profiles": [open_to_all(args=of_questionnaire)],
    "diagnostics:profiles_json": [open_to_all(args=of_questionnaire)],
    "diagnostics:profiles_csv": [open_to_all(args=of_questionnaire)],
    "diagnostics:public_profile": [
        open_to_all(args=of_place),
        open_to_all(NOT_FOUND, args=of_other_place),
    ],
    "diagnostics:past_profile": [
        open_to_all(args=of_past_of_place),
        open_to_all(NOT_FOUND, args=of_past_of_other_place),
    ],
    "diagnostics:participation": [Case(PLAN_KEEPERS, args=of_questionnaire)],
    "diagnostics:desk": [
        Case(ANSWERERS_OF_A, 200, 302, args=of_questionnaire),
        Case(frozenset(), NOT_FOUND, NOT_FOUND, args=of_questionnaire, query="?institucion=AA901"),
    ],
    "diagnostics:draft": [Case(ANSWERERS_OF_A, args=of_draft)],
    "diagnostics:dimension": [Case(ANSWERERS_OF_A, 200, 409, args=of_dimension)],
    "diagnostics:finish": [Case(ANSWERERS_OF_A, 200, 400, args=of_draft)],
    "diagnostics:discard": [Case(ANSWERERS_OF_A, 200, 302, args=of_draft)],
    "diagnostics:files": [Case(ANSWERERS_OF_A, 200, 400, args=of_question)],
    "diagnostics:file_remove": [Case(ANSWERERS_OF_A, NOT_ALLOWED, 302, args=of_draft_file)],
    "diagnostics:file": [Case(ANSWERERS_OF_A, args=of_draft_file_alone)],
    "diagnostics:public_file": [
        open_to_all(args=of_public_file),
        open_to_all(NOT_FOUND, args=of_hidden_file),
    ],
    "diagnostics:profile": [Case(ANSWERERS_OF_A, args=of_finished)],
    "diagnostics:publish": [Case(ANSWERERS_OF_A, 200, 302, args=of_finished)],
    "diagnostics:local_plan": [Case(PLANNERS_OF_A, 200, 400, args=of_finished)],
}
