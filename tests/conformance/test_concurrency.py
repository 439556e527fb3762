"""xAPI-Communication 3.1; IEEE 9274.1.1, 4.1.4: nobody overwrites what they have not seen (XAPI-00322)."""

import hashlib

import pytest

from tests.conformance.sayings import Node
from tests.conformance.speaking import JSON, OLD, Lrs
from tests.conformance.test_documents import (
    ACTIVITY_PROFILE,
    AGENT_PROFILE,
    ANY,
    DOCUMENT,
    SHELVES,
    STATE,
    Shelf,
)

WRONG = '"1234"'
OTHER = {"c": 3}
shelves = pytest.mark.parametrize("shelf", [pytest.param(s, id=f"XAPI-00322-{s.path}") for s in SHELVES])
profiles = pytest.mark.parametrize(
    "shelf", [pytest.param(s, id=f"XAPI-00322-{s.path}") for s in (ACTIVITY_PROFILE, AGENT_PROFILE)]
)
WRITES = [pytest.param(method, id=method) for method in ("PUT", "POST", "DELETE")]
AFTER: dict[str, Node | None] = {"PUT": OTHER, "POST": DOCUMENT | OTHER, "DELETE": None}


def tag_of(lrs: Lrs, shelf: Shelf) -> str:
    found: str = shelf.send(lrs, "GET").headers["ETag"]
    return found


@shelves
def test_the_tag_is_the_sha_1_of_the_content_in_quotes(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, b"hola", "text/plain")
    assert tag_of(lrs, shelf) == f'"{hashlib.sha1(b"hola").hexdigest()}"'


@shelves
def test_the_tag_changes_with_the_content_only(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    before = tag_of(lrs, shelf)
    assert tag_of(lrs, shelf) == before
    shelf.send(lrs, "POST", OTHER)
    assert tag_of(lrs, shelf) != before


@shelves
@pytest.mark.parametrize("method", WRITES)
@pytest.mark.parametrize(
    "spelling", ["{}", '"other", {}', "{} , {}", "*"], ids=["one", "list", "twice", "any"]
)
def test_a_tag_that_matches_lets_write(lrs: Lrs, shelf: Shelf, method: str, spelling: str) -> None:
    shelf.put(lrs, DOCUMENT)
    tag = spelling.replace("{}", tag_of(lrs, shelf))
    assert shelf.send(lrs, method, OTHER, headers={"If-Match": tag}).status == 204
    answer = shelf.send(lrs, "GET")
    assert (answer.json if answer.status == 200 else None) == AFTER[method]


@shelves
@pytest.mark.parametrize("method", WRITES)
def test_a_tag_that_does_not_match_stops_the_write(lrs: Lrs, shelf: Shelf, method: str) -> None:
    shelf.put(lrs, DOCUMENT)
    answer = shelf.send(lrs, method, OTHER, headers={"If-Match": WRONG})
    assert answer.status == 412
    assert answer.json["error"]
    assert shelf.send(lrs, "GET").json == DOCUMENT


@shelves
@pytest.mark.parametrize("tag", [WRONG, "*"])
def test_nothing_matches_a_document_that_is_not_there(lrs: Lrs, shelf: Shelf, tag: str) -> None:
    assert shelf.send(lrs, "PUT", OTHER, headers={"If-Match": tag}).status == 412
    assert shelf.send(lrs, "GET").status == 404


@shelves
@pytest.mark.parametrize("method", ["PUT", "POST"])
def test_only_if_there_is_none_makes_a_new_one(lrs: Lrs, shelf: Shelf, method: str) -> None:
    assert shelf.send(lrs, method, DOCUMENT, headers=ANY).status == 204
    assert shelf.send(lrs, method, OTHER, headers=ANY).status == 412
    assert shelf.send(lrs, "GET").json == DOCUMENT


@shelves
def test_only_if_it_is_not_that_one(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    tag = tag_of(lrs, shelf)
    assert shelf.send(lrs, "PUT", OTHER, headers={"If-None-Match": tag}).status == 412
    assert shelf.send(lrs, "PUT", OTHER, headers={"If-None-Match": WRONG}).status == 204


@profiles
def test_a_put_without_header_never_overwrites_a_profile(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    answer = shelf.send(lrs, "PUT", OTHER)
    assert answer.status == 409
    assert answer.json["error"]
    assert shelf.send(lrs, "GET").json == DOCUMENT


@profiles
def test_a_put_without_header_makes_no_profile_in_1_0_3(old: Lrs, shelf: Shelf) -> None:
    assert shelf.send(old, "PUT", DOCUMENT).status == 400
    assert shelf.send(old, "GET").status == 404


@shelves
def test_a_put_without_header_makes_a_new_document_in_2_0(new: Lrs, shelf: Shelf) -> None:
    assert shelf.send(new, "PUT", DOCUMENT).status == 204


def test_a_put_without_header_never_overwrites_a_state_in_2_0(new: Lrs) -> None:
    STATE.put(new, DOCUMENT)
    assert STATE.send(new, "PUT", OTHER).status == 409
    assert STATE.send(new, "GET").json == DOCUMENT


@shelves
def test_a_post_needs_no_header(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    assert shelf.send(lrs, "POST", OTHER).status == 204


@shelves
def test_two_writers_with_one_tag_are_told_apart(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    headers = {"If-Match": tag_of(lrs, shelf)}
    assert shelf.send(lrs, "PUT", {"writer": 1}, headers=headers).status == 204
    assert shelf.send(lrs, "PUT", {"writer": 2}, headers=headers).status == 412
    assert shelf.send(lrs, "GET").json == {"writer": 1}


@shelves
def test_no_one_weakens_the_tag_of_a_long_document(lrs: Lrs, shelf: Shelf) -> None:
    """A middleware that compresses would."""
    shelf.put(lrs, b"a" * 5000, "text/plain")
    answer = shelf.send(lrs, "GET", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["ETag"].startswith('"')
    assert answer.body == b"a" * 5000


@shelves
def test_a_refused_write_leaves_everything_as_it_was_xapi_00182(lrs: Lrs, shelf: Shelf) -> None:
    shelf.put(lrs, DOCUMENT)
    tag = tag_of(lrs, shelf)
    shelf.send(lrs, "POST", b"{", JSON)
    shelf.send(lrs, "PUT", b"{", JSON, headers={"If-Match": tag})
    shelf.send(lrs, "PUT", OTHER, headers={"If-Match": WRONG})
    assert tag_of(lrs, shelf) == tag
    assert shelf.send(lrs, "GET").json == DOCUMENT
    assert (
        lrs.version != OLD
        or shelf.send(lrs, "GET", headers={"X-Experience-API-Version": "1.0.0"}).status == 200
    )
