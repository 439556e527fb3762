"""What of a statement is not shown, and whose it is."""

import json
from typing import Any

import pytest

from lms.operations.privacy import HIDDEN, find_pseudonyms, hide_names, show_raw
from lms.xapi.rules.json_text import decode_object
from tests.xapi.samples import ANA, BRUNO

BASE = "https://aula.example"
OURS: dict[str, Any] = {"account": {"homePage": f"{BASE}/personas/funcionarias", "name": "k3jq"}}


def test_our_people_are_found_wherever_they_stand() -> None:
    citizen = {"account": {"homePage": f"{BASE}/personas/ciudadania", "name": "zz9"}}
    raw = {
        "actor": {"objectType": "Group", "member": [OURS, BRUNO]},
        "object": {"objectType": "SubStatement", "actor": ANA, "context": {"instructor": citizen}},
    }

    assert find_pseudonyms([raw, {"actor": BRUNO}], base_iri=BASE) == {"k3jq", "zz9"}
    assert find_pseudonyms([raw], base_iri="https://aula.exampl") == set()


def test_names_and_addresses_are_hidden_and_nothing_else() -> None:
    raw = {
        "actor": dict(ANA),
        "object": {"id": "http://x.cl/a", "definition": {"name": {"es": "Curso de Ana"}}},
        "context": {"team": {"objectType": "Group", "name": "Equipo", "member": [dict(ANA)]}},
        "authority": {"account": {"homePage": "https://x.cl", "name": "ana@x.cl"}, "name": "Ana"},
    }

    hide_names(raw)

    assert raw["actor"] == {"objectType": "Agent", "name": HIDDEN, "mbox": "mailto:a…@otro.example"}
    assert raw["object"]["definition"]["name"] == {"es": "Curso de Ana"}
    assert raw["context"]["team"]["name"] == "Equipo"
    assert raw["context"]["team"]["member"][0]["name"] == HIDDEN
    assert raw["authority"] == {"account": {"homePage": "https://x.cl", "name": "a…@x.cl"}, "name": HIDDEN}


def test_raw_json_is_drawn_in_lines_in_its_order() -> None:
    shown = show_raw(b'{"id":"1","actor":{"name":"Ana \\u00d1","mbox":"mailto:ana@x.cl"},"n":[1,2.50]}')

    assert shown.startswith('{\n  "id": "1",\n  "actor"')
    assert "Ana" not in shown
    assert "mailto:a…@x.cl" in shown


@pytest.mark.parametrize(
    "extension", ["[" * 190 + "]" * 190, "1" * 5000, "1e400", "{" + '"a":{' * 150 + "}" * 151]
)
def test_what_cannot_be_drawn_breaks_nothing(extension: str) -> None:
    text = f'{{"actor":{json.dumps(OURS)},"x":{extension}}}'.encode()

    assert find_pseudonyms([decode_object(text)], base_iri=BASE) == {"k3jq"}
    assert extension[:40] in show_raw(text).replace("\n", "").replace(" ", "")


def test_a_long_statement_is_cut() -> None:
    shown = show_raw(json.dumps({"x": "a" * 300_000}).encode())

    assert len(shown) < 201_000
    assert shown.endswith("…")
