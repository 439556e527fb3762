"""The record, for whoever runs it; the code of ethics of an institution."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.access.cases import (
    ADMINISTRATORS,
    IN_A,
    IN_B,
    NOT_ALLOWED,
    Case,
    for_operators,
    of_letter,
    of_month,
    of_program,
    of_statement,
    of_target,
)
from tests.access.world import World

COORDINATORS = frozenset({"integrity_a"})
SLOT_READERS = COORDINATORS | ADMINISTRATORS | {"plan_owner", "auditor"}


def of_slot(slug: str) -> Callable[[World], Mapping[str, object]]:
    return lambda world: {"slug": slug}


def of_coordinators(post: int = NOT_ALLOWED, **more: object) -> list[Case]:
    """For those who keep the integrity system of A: of A, and never of B."""
    own = Case(COORDINATORS, 200, post)
    cases = (own, replace(own, query=IN_A), replace(own, who=frozenset(), query=IN_B))
    return [replace(case, **more) for case in cases]  # type: ignore[arg-type]


GIVEN_CREDENTIAL = {"name": "Otra", "scopes": "statements/read"}

ROWS: dict[str, list[Case]] = {
    "operations:statements": [for_operators(), for_operators(400, query="?desde=ayer")],
    "operations:statement": [for_operators(args=of_statement)],
    "operations:credentials": [for_operators()],
    "operations:credential_create": [
        for_operators(200, 400),
        Case(ADMINISTRATORS, None, 200, data=lambda world: GIVEN_CREDENTIAL),
    ],
    "operations:credential_rotate": [for_operators(200, 200, args=of_program)],
    "operations:credential_revoke": [for_operators(200, 302, args=of_program)],
    "operations:targets": [for_operators()],
    "operations:target_create": [for_operators(200, 400)],
    "operations:target": [for_operators(args=of_target)],
    "operations:target_edit": [for_operators(200, 400, args=of_target)],
    "operations:target_check": [for_operators(NOT_ALLOWED, 302, args=of_target)],
    "operations:target_pause": [for_operators(NOT_ALLOWED, 302, args=of_target)],
    "operations:target_resume": [for_operators(NOT_ALLOWED, 302, args=of_target)],
    "operations:target_replay": [for_operators(200, 400, args=of_target)],
    "operations:target_delete": [for_operators(200, 302, args=of_target)],
    "operations:letter_retry": [for_operators(NOT_ALLOWED, 302, args=of_letter)],
    "operations:letter_discard": [for_operators(NOT_ALLOWED, 302, args=of_letter)],
    "operations:months": [for_operators()],
    # A month that is not there, whatever the database.
    "operations:month_detach": [for_operators(404, 404, args=of_month)],
    "operations:month_attach": [for_operators(404, 404, args=of_month)],
    "integrity:system": of_coordinators(),
    "integrity:code": of_coordinators(post=400),
    "integrity:slot": [
        *of_coordinators(post=400, args=of_slot("codigo-regalos")),
        *of_coordinators(post=400, args=of_slot("denuncias")),
        Case(frozenset(), 404, 404, args=of_slot("no-existe")),
    ],
    "integrity:slot_history": of_coordinators(args=of_slot("denuncias")),
    "integrity:matrix": [Case(SLOT_READERS)],
    "integrity:matrix_csv": [Case(SLOT_READERS)],
}
