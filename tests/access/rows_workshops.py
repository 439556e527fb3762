"""Workshops: who leads one sees who comes to it."""

from tests.access.cases import NOT_ALLOWED, WORKSHOP_LEADERS, Case, for_members, of_workshop, open_to_all

ROWS: dict[str, list[Case]] = {
    "workshops:calendar": [open_to_all()],
    "workshops:detail": [open_to_all(args=of_workshop)],
    "workshops:ics": [open_to_all(args=of_workshop)],
    "workshops:sign_up": [for_members(302, 302, args=of_workshop)],
    "workshops:leave": [for_members(302, 302, args=of_workshop)],
    "workshops:manage": [Case(WORKSHOP_LEADERS)],
    "workshops:create": [Case(WORKSHOP_LEADERS, 200, 400)],
    "workshops:edit": [Case(WORKSHOP_LEADERS, 200, 400, args=of_workshop)],
    "workshops:cancel": [
        Case(WORKSHOP_LEADERS, 200, None, args=of_workshop),
        Case(WORKSHOP_LEADERS, None, 400, args=of_workshop, data=lambda world: {"reason": ""}),
    ],
    "workshops:sheet": [Case(WORKSHOP_LEADERS, 200, 302, args=of_workshop, names_to=frozenset({"trainer"}))],
    "workshops:sheet_add": [
        Case(
            WORKSHOP_LEADERS,
            NOT_ALLOWED,
            302,
            args=of_workshop,
            data=lambda world: {"persona": str(world.rosa.public_id)},
        ),
    ],
    "workshops:signatures": [Case(WORKSHOP_LEADERS, args=of_workshop, names_to=frozenset({"trainer"}))],
}
