"""Addresses of ``lms.publishing``."""

from collections.abc import Callable, Mapping

from tests.access.cases import PLAN_KEEPERS, Case, in_plan, of_commitment, open_to_all
from tests.access.world import World


def of_file(world: World) -> Mapping[str, object]:
    return {"table": "compromisos", "suffix": "csv"}


def by_plan_code(world: World) -> Mapping[str, object]:
    return {"code": in_plan(world)["plan_code"]}


def of_paper(world: World) -> Mapping[str, object]:
    return {**in_plan(world), "suffix": "docx"}


def of_version(**more: object) -> Callable[[World], Mapping[str, object]]:
    """A version that there is not yet."""
    return lambda world: {**in_plan(world), "number": 1, **more}


ROWS: dict[str, list[Case]] = {
    "publishing:data": [open_to_all()],
    "publishing:catalogue_json": [open_to_all()],
    "publishing:catalogue_rdf": [open_to_all()],
    "publishing:current_file": [open_to_all(args=of_file)],
    "publishing:plan_data": [open_to_all(args=in_plan)],
    "publishing:datapackage": [open_to_all(args=in_plan)],
    "publishing:plan_file": [open_to_all(args=lambda world: {**in_plan(world), **of_file(world)})],
    "publishing:feed": [open_to_all()],
    "publishing:plan_feed": [open_to_all(args=in_plan)],
    "publishing:release": [open_to_all(404, args=of_version())],
    "publishing:released_file": [open_to_all(404, args=of_version(name="compromisos.csv"))],
    "api_v1_plan_openapi": [open_to_all()],
    "api_v1_plan_plans": [open_to_all()],
    "api_v1_plan_plan": [open_to_all(args=by_plan_code)],
    "api_v1_plan_commitment": [open_to_all(args=lambda world: {**by_plan_code(world), "number": 1})],
    "api_v1_plan_commitments": [open_to_all(args=by_plan_code)],
    "api_v1_plan_milestones": [open_to_all(args=by_plan_code)],
    "api_v1_plan_updates": [open_to_all(args=by_plan_code)],
    "api_v1_plan_replannings": [open_to_all(args=by_plan_code)],
    "api_v1_plan_evidence": [open_to_all(args=by_plan_code)],
    "api_v1_plan_external_codings": [open_to_all(args=by_plan_code)],
    "api_v1_plan_changes": [open_to_all(args=by_plan_code)],
    "api_v1_plan_coverage": [open_to_all(args=by_plan_code)],
    "api_v1_plan_indicators": [open_to_all(args=by_plan_code)],
    "api_v1_plan_observations": [open_to_all(args=by_plan_code)],
    "publishing:sheet": [open_to_all(args=of_commitment)],
    "publishing:embed": [open_to_all(args=of_commitment)],
    "publishing:chart": [open_to_all(args=of_commitment)],
    "publishing:picture": [open_to_all(args=of_commitment)],
    "publishing:badge": [open_to_all(args=of_commitment)],
    "publishing:reports": [Case(PLAN_KEEPERS, args=in_plan)],
    "publishing:half_year_report": [Case(PLAN_KEEPERS, args=of_paper)],
    "publishing:self_assessment": [Case(PLAN_KEEPERS, args=of_paper)],
    "publishing:make_release": [Case(PLAN_KEEPERS, 405, 302, args=in_plan)],
}
