"""xAPI-Data 2.2: what no statement may look like, wherever in the statement it is."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conformance.judging import refuses
from tests.conformance.sayings import DROP, EXTENSION, changed, full_statement, statement, text
from tests.conformance.speaking import Lrs

FULL = full_statement()
FREE_KEYS = ("extensions", "display", "name", "description")
"""Objects whose keys are the author's; ``name`` and ``description`` are language maps of definitions."""


def walk(node: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every path of a statement with its value; extensions are passed over."""
    steps = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for step, value in steps:
        here = f"{path}/{step}".lstrip("/")
        yield here, value
        if step != "extensions":
            yield from walk(value, here)


def properties() -> list[tuple[str, Any]]:
    """Those whose name xAPI fixes."""
    found = [(path, value) for path, value in walk(FULL) if not path.rpartition("/")[2].isdigit()]
    return [
        (path, value)
        for path, value in found
        if path.rpartition("/")[0].rpartition("/")[2] not in FREE_KEYS or path == "actor/name"
    ]


def objects() -> list[str]:
    """Paths of objects that have only properties that xAPI names; the statement itself is ''."""
    found = [path for path, value in walk(FULL) if isinstance(value, dict)]
    return ["", *(path for path in found if path.rpartition("/")[2] not in FREE_KEYS)]


def with_other_type(value: Any) -> Any:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return str(value)
    return 5 if isinstance(value, str) else "texto"


def test_the_full_statement_itself_is_accepted() -> None:
    assert not refuses(FULL)


@pytest.mark.parametrize("path", [pytest.param(path, id=f"XAPI-00001-{path}") for path, _value in walk(FULL)])
def test_null_is_refused(path: str) -> None:
    assert refuses(changed(FULL, path, None))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=f"XAPI-00001-{path}")
        for path in ("object/definition/extensions", "result/extensions", "context/extensions")
    ],
)
def test_null_is_accepted_in_extensions(path: str) -> None:
    assert not refuses(changed(FULL, path, {EXTENSION: None}))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("actor", id="XAPI-00003-actor"),
        pytest.param("verb", id="XAPI-00004-verb"),
        pytest.param("object", id="XAPI-00005-object"),
    ],
)
def test_a_statement_without_what_it_needs_is_refused(path: str) -> None:
    assert refuses(changed(FULL, path, DROP))


@pytest.mark.parametrize(
    ("path", "value"),
    [pytest.param(path, with_other_type(value), id=f"XAPI-00006-{path}") for path, value in walk(FULL)],
)
def test_a_value_of_another_type_is_refused(path: str, value: Any) -> None:
    assert refuses(changed(FULL, path, value))


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=f"XAPI-00008-{path}") for path, _value in properties()]
)
def test_a_key_in_another_case_is_refused(path: str) -> None:
    parent, _, name = path.rpartition("/")
    value = dict(walk(FULL))[path]
    told = changed(changed(FULL, path, DROP), f"{parent}/{name.swapcase()}".lstrip("/"), value)
    assert refuses(told)


@pytest.mark.parametrize(
    "path", [pytest.param(path, id=f"XAPI-00010-{path or 'statement'}") for path in objects()]
)
def test_a_property_that_xapi_does_not_know_is_refused(path: str) -> None:
    assert refuses(changed(FULL, f"{path}/iri".lstrip("/"), "https://lrs.example/x"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("actor/objectType", "agent", id="XAPI-00009-agent"),
        pytest.param("context/team/objectType", "group", id="XAPI-00009-group"),
        pytest.param("object/objectType", "activity", id="XAPI-00009-activity"),
        pytest.param("object/objectType", "ACTIVITY", id="XAPI-00009-upper-case"),
        pytest.param("context/statement/objectType", "statementref", id="XAPI-00009-statementref"),
        pytest.param("object", {"objectType": "substatement", **statement()}, id="XAPI-00009-substatement"),
        pytest.param("object/definition/interactionType", "Choice", id="XAPI-00009-interaction"),
        pytest.param("object/definition/interactionType", "true-False", id="XAPI-00009-true-false"),
    ],
)
def test_an_enumerated_value_in_another_case_is_refused(path: str, value: Any) -> None:
    assert refuses(changed(FULL, path, value))


IRIS = (
    "verb/id", "object/id", "object/definition/type", "object/definition/moreInfo", "attachments/0/usageType",
    "attachments/0/fileUrl", "context/contextActivities/parent/0/id",
)  # fmt: skip
FORMATTED = (
    *IRIS, "actor/mbox", "attachments/0/sha2", "attachments/0/contentType", "context/registration",
    "context/statement/id", "context/language", "result/duration", "timestamp",
)  # fmt: skip


@pytest.mark.parametrize("path", [pytest.param(path, id=f"XAPI-00007-{path}") for path in FORMATTED])
def test_text_that_has_not_the_format_is_refused(path: str) -> None:
    for value in ("", " ", "así no"):
        assert refuses(changed(FULL, path, value)), value


@pytest.mark.parametrize(
    ("path", "value"),
    [
        *[pytest.param(path, "lrs.example/sin-esquema", id=f"XAPI-00011-{path}") for path in IRIS],
        pytest.param("actor", {"openid": "lrs.example/ana"}, id="XAPI-00011-openid"),
        pytest.param(
            "actor", {"account": {"homePage": "lrs.example", "name": "ana"}}, id="XAPI-00011-homePage"
        ),
        pytest.param(
            "object/definition/extensions", {"lrs.example/x": 1}, id="XAPI-00011-definition-extension"
        ),
        pytest.param("context/extensions", {"sin-esquema": 1}, id="XAPI-00011-context-extension"),
        pytest.param("result/extensions", {"sin-esquema": 1}, id="XAPI-00011-result-extension"),
    ],
)
def test_an_iri_without_scheme_is_refused(path: str, value: Any) -> None:
    assert refuses(changed(FULL, path, value))


MAPS = (
    "verb/display", "object/definition/name", "object/definition/description",
    "object/definition/choices/0/description", "attachments/0/display", "attachments/0/description",
)  # fmt: skip


@pytest.mark.parametrize("path", [pytest.param(path, id=f"XAPI-00013-{path}") for path in MAPS])
def test_a_language_tag_outside_rfc_5646_is_refused(path: str) -> None:
    for tag in ("", "a", "es_CL", "abcdefghi", "es-", "es--CL", "e1"):
        assert refuses(changed(FULL, path, {tag: "texto"})), tag


@pytest.mark.parametrize("path", [pytest.param(path, id=f"XAPI-00121-{path}") for path in MAPS])
def test_a_language_tag_of_rfc_5646_is_accepted(path: str) -> None:
    for tag in ("es", "ES", "es-CL", "es-419", "zh-Hant-TW", "sl-rozaj-biske", "cmn", "x-casa", "i-klingon"):
        assert not refuses(changed(FULL, path, {tag: "texto"})), tag


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b'{"actor": ', id="XAPI-00014-cut"),
        pytest.param(b"", id="XAPI-00014-empty"),
        pytest.param(b"hola", id="XAPI-00014-not-json"),
        pytest.param(text(statement())[:-1] + b",}", id="XAPI-00014-comma"),
        pytest.param(text(statement()) + text(statement()), id="XAPI-00014-two-objects"),
        pytest.param(b"5", id="XAPI-00014-number"),
        pytest.param(b'"texto"', id="XAPI-00014-text"),
        pytest.param(b"[5]", id="XAPI-00014-list-of-numbers"),
        pytest.param(text(statement())[:-1] + b', "result": {"score": {"raw": NaN}}}', id="XAPI-00014-nan"),
        pytest.param(
            text(statement())[:-1] + b', "verb": {"id": "https://lrs.example/v"}}', id="XAPI-00021-verb-twice"
        ),
        pytest.param(
            text(statement())[:-1] + b', "context": {"platform": "a", "platform": "b"}}',
            id="XAPI-00021-platform-twice",
        ),
        pytest.param(b'\xff\xfe{"actor"', id="XAPI-00015-not-utf-8"),
        pytest.param(
            text(statement(context={"platform": "X"})).replace(b"X", b"\xe9"), id="XAPI-00015-latin-1"
        ),
        pytest.param(b"[" * 3000, id="XAPI-00014-too-deep"),
    ],
)
def test_a_body_that_is_not_json_is_refused(lrs: Lrs, body: bytes) -> None:
    assert lrs.post(body).status == 400


@pytest.mark.parametrize("said", ["ñandú", "日本語", "🙂", "\u202eizquierda", "a\\u0000b", "e\u0301"])
def test_text_comes_back_in_utf_8_as_it_was_sent_xapi_00015(lrs: Lrs, said: str) -> None:
    (statement_id,) = lrs.store(statement(result={"response": said}))
    assert lrs.fetch(statement_id)["result"]["response"] == said


@pytest.mark.parametrize(
    "number",
    [
        pytest.param(3.4028234663852886e38, id="XAPI-00002-largest"),
        pytest.param(1.1754943508222875e-38, id="XAPI-00002-smallest"),
        pytest.param(1.23456789012345e-10, id="XAPI-00002-fifteen-digits"),
        pytest.param(-0.1, id="XAPI-00002-tenth"),
        pytest.param(16777217, id="XAPI-00002-integer"),
    ],
)
def test_numbers_keep_at_least_single_precision(lrs: Lrs, number: float) -> None:
    (statement_id,) = lrs.store(statement(result={"score": {"raw": number}}))
    assert lrs.fetch(statement_id)["result"]["score"]["raw"] == number
