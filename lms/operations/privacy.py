"""Whose statements these are, and what of them is not shown."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from lms.operations.words import mask
from lms.xapi.rules.json_text import decode_exact, encode
from lms.xapi.rules.shapes import IDENTIFIERS
from lms.xapi.statements import accounts_home

HIDDEN = "(oculto)"
LONGEST_SHOWN = 200_000


def find_pseudonyms(raws: Iterable[Any], *, base_iri: str) -> set[str]:
    """The account names of our people, wherever in the statements they stand."""
    prefix = accounts_home(base_iri)
    accounts = (node for raw in raws for node in _walk(raw) if _is_account(node))
    return {node["name"] for node in accounts if node["homePage"].startswith(prefix)}


def show_raw(text: bytes) -> str:
    """The statement's JSON in lines, without names and addresses; numbers as they are written."""
    statement = decode_exact(text)
    hide_names(statement)
    lines = msgspec.json.format(encode(statement), indent=2).decode()
    return lines if len(lines) <= LONGEST_SHOWN else f"{lines[:LONGEST_SHOWN]}\n…"


def hide_names(statement: Any) -> None:
    """In place: no agent keeps its name, no mailbox more than its first letter and its domain."""
    for node in _walk(statement):
        if _is_account(node):
            node["name"] = mask(node["name"])
        if not _is_agent(node):
            continue
        if "name" in node:
            node["name"] = HIDDEN
        if isinstance(node.get("mbox"), str):
            node["mbox"] = f"mailto:{mask(node['mbox'].removeprefix('mailto:'))}"


def _walk(root: Any) -> Iterator[dict[str, Any]]:
    """Every object of a JSON value."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, dict):
            yield node
            waiting.extend(node.values())
        elif isinstance(node, list):
            waiting.extend(node)


def _is_agent(node: dict[str, Any]) -> bool:
    return node.get("objectType") == "Agent" or any(name in node for name in IDENTIFIERS)


def _is_account(node: dict[str, Any]) -> bool:
    return isinstance(node.get("homePage"), str) and isinstance(node.get("name"), str)
