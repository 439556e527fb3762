"""Addresses of ``lms.publishing``."""

from collections.abc import Callable, Mapping

from tests.access.cases import PLAN_KEEPERS, Case, in_plan, open_to_all
from tests.access.world import World


def of_file(world: World) -> Mapping[str, object]:
    return {"table": "compromisos", "suffix": "csv"}


def of_version(**more: object) -> Callable[[World], Mapping[str, object]]:
    """A version that there is not yet."""
    return lambda world: {**in_plan(world), "number": 1, **more}


ROWS: dict[str, list[Case]] = {
    "publishing:data": [open_to_all()],
    "publishing:current_file": [open_to_all(args=of_file)],
    "publishing:plan_data": [open_to_all(args=in_plan)],
    "publishing:datapackage": [open_to_all(args=in_plan)],
    "publishing:plan_file": [open_to_all(args=lambda world: {**in_plan(world), **of_file(world)})],
    "publishing:feed": [open_to_all()],
    "publishing:plan_feed": [open_to_all(args=in_plan)],
    "publishing:release": [open_to_all(404, args=of_version())],
    "publishing:released_file": [open_to_all(404, args=of_version(name="compromisos.csv"))],
    "publishing:make_release": [Case(PLAN_KEEPERS, 405, 302, args=in_plan)],
}
