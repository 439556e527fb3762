"""xAPI-Communication 1.5 and xAPI-Data 2.4.11: statements that travel with files."""

import hashlib
from typing import Any

import pytest

from tests.conformance.multipart import BOUNDARY, MIXED, Part, file_part, json_part, read_parts, write_parts
from tests.conformance.sayings import DROP, SHA2, Node, attachment, new_id, statement, substatement
from tests.conformance.speaking import Lrs

FILE = b"foo"
OTHER = b"\x00\xff\r\n--not a boundary\r\n" * 50
MENTIONED = {name: value for name, value in attachment().items() if name != "fileUrl"}


def mention(content: bytes, **more: Any) -> Node:
    return MENTIONED | {"sha2": hashlib.sha256(content).hexdigest(), "length": len(content)} | more


def with_files(*contents: bytes) -> Node:
    return statement(attachments=[mention(content) for content in contents])


def post(lrs: Lrs, *parts: Part, content_type: str = MIXED) -> int:
    return lrs.send("POST", "statements", {}, write_parts(*parts), content_type).status


def test_a_file_that_is_elsewhere_needs_no_multipart_xapi_00127_00129(lrs: Lrs) -> None:
    assert lrs.post(statement(attachments=[attachment()])).status == 200


def test_a_statement_comes_with_its_file_xapi_00127(lrs: Lrs) -> None:
    assert post(lrs, json_part(with_files(FILE)), file_part(FILE)) == 200
    assert lrs.get().statements[0]["attachments"][0]["sha2"] == SHA2


def test_put_takes_files_too(lrs: Lrs) -> None:
    body = write_parts(json_part(with_files(FILE)), file_part(FILE))
    assert lrs.send("PUT", "statements", {"statementId": new_id()}, body, MIXED).status == 204


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([json_part(statement())], id="no-attachment"),
        pytest.param([json_part(statement(attachments=[attachment()]))], id="file-elsewhere"),
        pytest.param([json_part([with_files(FILE), with_files(OTHER)]), file_part(FILE), file_part(OTHER)], id="batch"),
        pytest.param([json_part([with_files(FILE), with_files(FILE)]), file_part(FILE)], id="one-file-for-two"),
        pytest.param([json_part(with_files(FILE, FILE)), file_part(FILE)], id="one-file-twice-in-one"),
        pytest.param([json_part(with_files(b"")), file_part(b"")], id="empty-file"),
        pytest.param([json_part(with_files(OTHER)), file_part(OTHER)], id="binary-file"),
        pytest.param([json_part(statement(object=substatement(attachments=[mention(FILE)]))), file_part(FILE)], id="substatement"),
        pytest.param(
            [
                json_part(statement(attachments=[mention(FILE, sha2=hashlib.sha512(FILE).hexdigest())])),
                file_part(FILE, hashlib.sha512(FILE).hexdigest()),
            ],
            id="sha-512",
        ),
        pytest.param([json_part(with_files(FILE)), file_part(FILE, SHA2.upper())], id="hash-in-upper-case"),
    ],
)  # fmt: skip
def test_these_parts_are_accepted(lrs: Lrs, parts: list[Part]) -> None:
    assert post(lrs, *parts) == 200


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param([json_part(with_files(FILE))], id="XAPI-00129-no-part"),
        pytest.param([json_part(with_files(FILE, OTHER)), file_part(FILE)], id="XAPI-00129-one-missing"),
        pytest.param([json_part(statement()), file_part(FILE)], id="XAPI-00128-not-mentioned"),
        pytest.param([json_part(with_files(FILE)), file_part(FILE), file_part(OTHER)], id="XAPI-00128-one-more"),
        pytest.param([json_part(with_files(FILE)), json_part(statement()), file_part(FILE)], id="XAPI-00133-second-json"),
        pytest.param([file_part(FILE), json_part(with_files(FILE))], id="XAPI-00134-file-first"),
        pytest.param([Part({"Content-Type": "text/plain"}, json_part(with_files(FILE)).content), file_part(FILE)], id="XAPI-00134-text"),
        pytest.param([Part({}, json_part(with_files(FILE)).content), file_part(FILE)], id="XAPI-00134-no-type"),
        pytest.param([json_part(with_files(FILE)), file_part(FILE).without("X-Experience-API-Hash")], id="XAPI-00132-no-hash"),
        pytest.param([json_part(with_files(FILE)), file_part(FILE, hashlib.sha256(OTHER).hexdigest())], id="XAPI-00132-other-hash"),
        pytest.param([json_part(with_files(OTHER)), file_part(FILE, hashlib.sha256(OTHER).hexdigest())], id="XAPI-00132-other-content"),
        pytest.param([json_part(with_files(FILE)), file_part(FILE, "abc")], id="XAPI-00132-no-sha2"),
        pytest.param([json_part(with_files(FILE)), file_part(FILE).without("Content-Transfer-Encoding")], id="XAPI-00135-absent"),
        pytest.param([json_part(with_files(FILE)), file_part(FILE, encoding="base64")], id="XAPI-00135-base64"),
        pytest.param([json_part(with_files(FILE) | {"verb": {}}), file_part(FILE)], id="2.2-invalid-statement"),
        pytest.param([json_part([]), file_part(FILE)], id="XAPI-00128-no-statement"),
    ],
)  # fmt: skip
def test_these_parts_are_refused_and_nothing_is_stored(lrs: Lrs, parts: list[Part]) -> None:
    assert post(lrs, *parts) == 400
    assert lrs.get().statements == []


GOOD = write_parts(json_part(with_files(FILE)), file_part(FILE))


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        pytest.param(GOOD, "multipart/mixed", id="XAPI-00131-no-boundary"),
        pytest.param(GOOD, "multipart/mixed; boundary=", id="XAPI-00131-empty-boundary"),
        pytest.param(GOOD, "multipart/mixed; boundary=otro", id="XAPI-00131-other-boundary"),
        pytest.param(GOOD.replace(b"--" + BOUNDARY, b"", 1), MIXED, id="XAPI-00130-first-missing"),
        pytest.param(
            GOOD.replace(b"\r\n--" + BOUNDARY + b"\r\n", b"\r\n"), MIXED, id="XAPI-00130-second-missing"
        ),
        pytest.param(GOOD.rpartition(b"--" + BOUNDARY)[0], MIXED, id="RFC-2046-last-missing"),
        pytest.param(GOOD[:-30], MIXED, id="RFC-2046-cut"),
        pytest.param(b"", MIXED, id="RFC-2046-empty"),
        pytest.param(GOOD, f"multipart/form-data; boundary={BOUNDARY.decode()}", id="XAPI-00127-form-data"),
        pytest.param(GOOD, "application/json", id="XAPI-00127-json"),
        pytest.param(GOOD, f"multipart/related; boundary={BOUNDARY.decode()}", id="XAPI-00127-related"),
    ],
)
def test_another_body_is_refused(lrs: Lrs, body: bytes, content_type: str) -> None:
    assert lrs.send("POST", "statements", {}, body, content_type).status == 400
    assert lrs.get().statements == []


def test_a_file_that_is_missing_is_refused_in_json_xapi_00129(lrs: Lrs) -> None:
    assert lrs.post(with_files(FILE)).status == 400
    assert lrs.post(statement(attachments=[attachment(), mention(OTHER)])).status == 400


@pytest.mark.parametrize("attachments", [DROP, "false"])
def test_files_stay_where_they_are_unless_asked_for_xapi_00161(lrs: Lrs, attachments: Any) -> None:
    post(lrs, json_part(with_files(OTHER)), file_part(OTHER))
    params = {} if attachments is DROP else {"attachments": attachments}
    answer = lrs.get(**params)
    assert answer.headers["Content-Type"] == "application/json"
    assert OTHER not in answer.body


@pytest.mark.parametrize("single", [True, False])
def test_files_come_when_asked_for_xapi_00161_00167(lrs: Lrs, single: bool) -> None:
    post(lrs, json_part(with_files(FILE, OTHER)), file_part(FILE), file_part(OTHER))
    plain = lrs.get(statementId=lrs.get().ids[0]) if single else lrs.get()
    params = {"statementId": lrs.get().ids[0]} if single else {}
    first, *files = read_parts(lrs.get(attachments="true", **params))
    assert first.headers["Content-Type"] == "application/json"
    assert first.content == plain.body
    found = {part.headers["X-Experience-API-Hash"]: part for part in files}
    assert {sha2: part.content for sha2, part in found.items()} == {
        hashlib.sha256(content).hexdigest(): content for content in (FILE, OTHER)
    }
    assert {part.headers["Content-Transfer-Encoding"] for part in files} == {"binary"}
    assert {part.headers["Content-Type"] for part in files} == {"text/plain"}


def test_a_file_of_two_statements_comes_once_xapi_00167(lrs: Lrs) -> None:
    post(lrs, json_part([with_files(FILE), with_files(FILE)]), file_part(FILE))
    assert len(read_parts(lrs.get(attachments="true"))) == 2


def test_the_answer_is_multipart_even_without_files_xapi_00167(lrs: Lrs) -> None:
    lrs.store(statement(attachments=[attachment()]))
    assert len(read_parts(lrs.get(attachments="true"))) == 1


def test_files_of_other_pages_stay_away(lrs: Lrs) -> None:
    post(lrs, json_part(with_files(FILE)), file_part(FILE))
    post(lrs, json_part(with_files(OTHER)), file_part(OTHER))
    assert [part.content for part in read_parts(lrs.get(attachments="true", limit=1))[1:]] == [OTHER]


def test_what_the_answer_holds_can_be_sent_again(lrs: Lrs) -> None:
    post(lrs, json_part(with_files(FILE)), file_part(FILE))
    answer = lrs.get(attachments="true", statementId=lrs.get().ids[0])
    assert lrs.send("POST", "statements", {}, answer.body, answer.headers["Content-Type"]).status == 200
    assert len(lrs.get().statements) == 1
