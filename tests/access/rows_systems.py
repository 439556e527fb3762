"""Programs and machines."""

from tests.access.cases import NOT_ALLOWED, NOT_FOUND, Case, for_programs, for_systems, open_to_all, with_id

SYSTEM_LISTS = ("institutions", "people", "requirements", "completions")
SYSTEM_REQUIREMENT = ("requirement", "standings", "counts")
RECORD = ("statements", "activities", "state", "activity_profile", "agents", "agent_profile")

ROWS: dict[str, list[Case]] = {
    "health": [open_to_all()],
    "robots": [open_to_all()],
    "picture": [open_to_all(NOT_FOUND, NOT_ALLOWED, args=lambda world: {"name": "no-existe.png"})],
    "xapi_about": [open_to_all(200, NOT_ALLOWED)],
    **{f"xapi_{name}": [for_programs()] for name in RECORD},
    "api_index": [open_to_all()],
    "api_v1_openapi": [open_to_all()],
    **{f"api_v1_{name}": [for_systems()] for name in SYSTEM_LISTS},
    "api_v1_units": [for_systems(args=lambda world: {"code": "AA900"})],
    "api_v1_person": [for_systems(args=with_id("person_id"))],
    **{f"api_v1_{name}": [for_systems(args=with_id("requirement_id"))] for name in SYSTEM_REQUIREMENT},
    "api_v1_roster": [for_systems(args=with_id("roster_id"))],
    "api_v1_rosters": [for_systems(NOT_ALLOWED, 401)],
    **{
        f"api_v1_roster_{verb}": [for_systems(NOT_ALLOWED, 401, args=with_id("roster_id"))]
        for verb in ("apply", "discard", "undo")
    },
}
