"""xAPI-Data 2.4.5 to 2.4.11 and 4: results, contexts, attachments, extensions, instants, durations."""

from typing import Any

import pytest

from tests.conformance.judging import refuses
from tests.conformance.sayings import (
    COURSE,
    DROP,
    EXTENSION,
    SHA2,
    Node,
    activity,
    agent,
    attachment,
    changed,
    full_statement,
    group,
    new_id,
    reference,
    statement,
    substatement,
)

FULL = full_statement()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        pytest.param("result", "bien", id="XAPI-00079-result-as-text"),
        pytest.param("result/success", "true", id="XAPI-00074-text"),
        pytest.param("result/success", 1, id="XAPI-00074-number"),
        pytest.param("result/completion", "false", id="XAPI-00075-text"),
        pytest.param("result/completion", 0, id="XAPI-00075-number"),
        pytest.param("result/response", 5, id="XAPI-00076-number"),
        pytest.param("result/response", {"es": "a"}, id="XAPI-00076-object"),
        pytest.param("result/duration", 90, id="XAPI-00077-number"),
        pytest.param("result/extensions", "x", id="XAPI-00078-text"),
        pytest.param("result/extensions", [], id="XAPI-00078-list"),
        pytest.param("result/score", 5, id="XAPI-00079-number"),
        pytest.param("result/score", [5], id="XAPI-00079-list"),
        pytest.param("result/score/max", "10", id="XAPI-00080-text"),
        pytest.param("result/score/min", "0", id="XAPI-00081-text"),
        pytest.param("result/score/min", 10, id="XAPI-00081-as-large-as-max"),
        pytest.param("result/score/min", 11, id="XAPI-00080-larger-than-max"),
        pytest.param("result/score/raw", "5", id="XAPI-00082-text"),
        pytest.param("result/score/raw", 10.01, id="XAPI-00082-above-max"),
        pytest.param("result/score/raw", -0.01, id="XAPI-00082-below-min"),
        pytest.param("result/score/scaled", "0.5", id="XAPI-00083-text"),
        pytest.param("result/score/scaled", 1.01, id="XAPI-00083-above-one"),
        pytest.param("result/score/scaled", -1.01, id="XAPI-00083-below-minus-one"),
        pytest.param("context", "aula", id="XAPI-00086-context-as-text"),
        pytest.param("context/registration", "5", id="XAPI-00087-no-uuid"),
        pytest.param("context/registration", 5, id="XAPI-00087-number"),
        pytest.param("context/instructor", "diego", id="XAPI-00087-instructor-as-text"),
        pytest.param("context/instructor", {"name": "Diego"}, id="XAPI-00087-instructor-without-identifier"),
        pytest.param("context/team", agent(), id="XAPI-00088-agent"),
        pytest.param("context/team", "equipo", id="XAPI-00088-text"),
        pytest.param("context/team", {"mbox": "mailto:equipo@lrs.example"}, id="XAPI-00088-without-type"),
        pytest.param("context/revision", 2, id="XAPI-00089-number"),
        pytest.param("context/platform", ["Aula"], id="XAPI-00090-list"),
        pytest.param("context/language", 5, id="XAPI-00091-number"),
        pytest.param("context/language", "español", id="XAPI-00091-no-tag"),
        pytest.param("context/statement", new_id(), id="XAPI-00092-text"),
        pytest.param("context/statement", {"id": new_id()}, id="XAPI-00092-without-type"),
        pytest.param("context/statement", activity(), id="XAPI-00092-activity"),
        pytest.param("context/statement", substatement(), id="XAPI-00092-substatement"),
        pytest.param("context/contextActivities", COURSE, id="XAPI-00086-text"),
        pytest.param("context/contextActivities", [activity()], id="XAPI-00086-list"),
        pytest.param("context/contextActivities/sibling", [activity()], id="XAPI-00093-unknown-key"),
        pytest.param("context/contextActivities/Parent", [activity()], id="XAPI-00093-case"),
        pytest.param("context/contextActivities/parent", COURSE, id="XAPI-00094-text"),
        pytest.param("context/contextActivities/parent", [COURSE], id="XAPI-00094-list-of-text"),
        pytest.param("context/contextActivities/other", [agent()], id="XAPI-00094-agent"),
        pytest.param("context/contextActivities/other", reference(new_id()), id="XAPI-00094-reference"),
        pytest.param("context/contextActivities/grouping", [{"id": "curso"}], id="XAPI-00094-no-iri"),
        pytest.param("context/extensions", "x", id="XAPI-00120-text"),
        pytest.param("context/extensions", [{EXTENSION: 1}], id="XAPI-00120-list"),
        pytest.param("context/extensions", {"x": 1}, id="XAPI-00118-key"),
        pytest.param("result/extensions", {"": 1}, id="XAPI-00118-empty-key"),
        pytest.param("object/definition/extensions", {"a b:c": 1}, id="XAPI-00118-space"),
        pytest.param("attachments", attachment(), id="XAPI-00025-object"),
        pytest.param("attachments", "ensayo", id="XAPI-00025-text"),
        pytest.param("attachments", ["ensayo"], id="XAPI-00025-list-of-text"),
        pytest.param("attachments/0/usageType", DROP, id="XAPI-00107-absent"),
        pytest.param("attachments/0/usageType", "ensayo", id="XAPI-00107-no-iri"),
        pytest.param("attachments/0/display", DROP, id="XAPI-00106-absent"),
        pytest.param("attachments/0/display", "Ensayo", id="XAPI-00106-text"),
        pytest.param("attachments/0/contentType", DROP, id="XAPI-00105-absent"),
        pytest.param("attachments/0/contentType", "text", id="XAPI-00105-no-media-type"),
        pytest.param("attachments/0/fileUrl", "ensayo.txt", id="XAPI-00104-no-irl"),
        pytest.param("attachments/0/sha2", DROP, id="XAPI-00103-absent"),
        pytest.param("attachments/0/sha2", "ensayo", id="XAPI-00103-no-hash"),
        pytest.param("attachments/0/sha2", SHA2[1:], id="XAPI-00103-short"),
        pytest.param("attachments/0/length", DROP, id="XAPI-00102-absent"),
        pytest.param("attachments/0/length", "3", id="XAPI-00102-text"),
        pytest.param("attachments/0/length", 3.5, id="XAPI-00102-fraction"),
        pytest.param("attachments/0/length", -1, id="XAPI-00102-negative"),
    ],
)  # fmt: skip
def test_a_broken_property_is_refused(path: str, value: Any) -> None:
    assert refuses(changed(FULL, path, value))


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"result": {}}, id="XAPI-00079-empty-result"),
        pytest.param({"result": {"score": {}}}, id="XAPI-00079-empty-score"),
        pytest.param({"result": {"score": {"raw": 5, "min": 5, "max": 6}}}, id="XAPI-00082-at-min"),
        pytest.param({"result": {"score": {"raw": 6, "min": 5, "max": 6}}}, id="XAPI-00082-at-max"),
        pytest.param({"result": {"score": {"min": -5}}}, id="XAPI-00081-alone"),
        pytest.param({"result": {"score": {"max": -5}}}, id="XAPI-00080-alone"),
        pytest.param({"result": {"score": {"raw": 1e6, "min": 0}}}, id="XAPI-00082-without-max"),
        pytest.param({"result": {"score": {"scaled": 1}}}, id="XAPI-00083-one"),
        pytest.param({"result": {"score": {"scaled": -1}}}, id="XAPI-00083-minus-one"),
        pytest.param({"result": {"score": {"scaled": 0}}}, id="XAPI-00083-zero"),
        pytest.param({"result": {"response": ""}}, id="XAPI-00076-empty"),
        pytest.param({"context": {}}, id="XAPI-00086-empty-context"),
        pytest.param({"context": {"contextActivities": {}}}, id="XAPI-00086-empty"),
        pytest.param({"context": {"contextActivities": {"parent": activity()}}}, id="XAPI-00094-lone-activity"),
        pytest.param({"context": {"contextActivities": {"parent": []}}}, id="XAPI-00094-empty-list"),
        pytest.param({"context": {"contextActivities": {"parent": [{"id": COURSE}]}}}, id="XAPI-00094-id-alone"),
        pytest.param({"context": {"instructor": group(agent())}}, id="XAPI-00087-group"),
        pytest.param({"context": {"registration": new_id().upper()}}, id="XAPI-00029-upper-case"),
        pytest.param({"context": {"extensions": {EXTENSION: {"a": [None, {}]}}}}, id="XAPI-00119-nested-null"),
        pytest.param({"attachments": []}, id="XAPI-00025-empty"),
        pytest.param({"attachments": [attachment(contentType="text/plain; charset=utf-8")]}, id="XAPI-00105-charset"),
    ],
)  # fmt: skip
def test_a_sound_property_is_accepted(parts: Node) -> None:
    assert not refuses(statement(**parts))


@pytest.mark.parametrize("path", ["object/definition/extensions", "result/extensions", "context/extensions"])
@pytest.mark.parametrize(
    "value",
    [
        pytest.param({}, id="XAPI-00119-nothing"),
        pytest.param({EXTENSION: ""}, id="XAPI-00119-empty-text"),
        pytest.param({EXTENSION: None}, id="XAPI-00119-null"),
        pytest.param({EXTENSION: {}}, id="XAPI-00119-empty-object"),
        pytest.param({EXTENSION: []}, id="XAPI-00119-empty-list"),
    ],
)
def test_extensions_may_be_empty(path: str, value: Node) -> None:
    assert not refuses(changed(FULL, path, value))


@pytest.mark.parametrize(
    "target",
    [agent(), group(agent()), reference(new_id())],
    ids=["agent", "group", "reference"],
)
@pytest.mark.parametrize(
    "name", [pytest.param("revision", id="XAPI-00084"), pytest.param("platform", id="XAPI-00085")]
)
def test_revision_and_platform_need_an_activity_as_object(name: str, target: Node) -> None:
    assert refuses(statement(object=target, context={name: "2"}))


@pytest.mark.parametrize("name", ["revision", "platform"])
def test_revision_and_platform_do_not_suit_a_substatement_as_object_xapi_00084_00085(name: str) -> None:
    assert refuses(statement(object=substatement(), context={name: "2"}), nested=False)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(said, id=f"XAPI-00124-{said}")
        for said in (
            "P1Y2M3DT4H5M6.78S",
            "PT0S",
            "P0D",
            "P4W",
            "PT1.5H",
            "P1DT12H",
            "PT16559.14S",
            "P1M",
            "PT1M",
        )
    ],
)
def test_a_duration_of_iso_8601_is_accepted(text: str) -> None:
    assert not refuses(changed(FULL, "result/duration", text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(said, id=f"XAPI-00124-{said}")
        for said in (
            "P", "PT", "P1DT", "1H", "P1H", "T1H", "PT1D", "P1W2D", "P0001-02-03T04:05:06", "P-1D", "-P1D", "p1d",
            "P1M2Y", "PT1S1M", "P 1D", "PT1,5", "90 minutos",
        )
    ],
)  # fmt: skip
def test_another_duration_is_refused(text: str) -> None:
    assert refuses(changed(FULL, "result/duration", text))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(said, id=f"{code}-{said}")
        for code, said in (
            ("XAPI-00022", "2026-03-02T12:30:00Z"),
            ("XAPI-00022", "2126-03-02T12:30:00Z"),
            ("XAPI-00122", "2026-03-02T12:30:00.123456789Z"),
            ("XAPI-00123", "2026-03-02T12:30:00-03:00"),
            ("XAPI-00123", "2026-03-02T12:30:00-0300"),
            ("XAPI-00123", "2026-03-02T12:30:00-03"),
            ("XAPI-00123", "2026-03-02T12:30:00+00:00"),
            ("XAPI-00123", "2024-02-29T23:59:59Z"),
            ("RFC-3339", "2026-03-02T12:30:00.601+00:00"),
        )
    ],
)
def test_an_instant_with_zone_is_accepted(text: str) -> None:
    assert not refuses(changed(FULL, "timestamp", text))


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(said, id=f"{code}-{said}")
        for code, said in (
            ("XAPI-00022", "ayer"),
            ("XAPI-00022", "02/03/2026"),
            ("XAPI-00022", 1772454600),
            ("XAPI-00123", "2026-03-02"),
            ("XAPI-00123", "2026-03-02 12:30:00Z"),
            ("XAPI-00123", "2026-13-02T12:30:00Z"),
            ("XAPI-00123", "2026-02-30T12:30:00Z"),
            ("XAPI-00123", "2026-03-02T24:30:00Z"),
            ("XAPI-00123", "2026-03-02T12:30:00-00"),
            ("XAPI-00123", "2026-03-02T12:30:00-0000"),
            ("XAPI-00123", "2026-03-02T12:30:00-00:00"),
        )
    ],
)
def test_another_instant_is_refused(value: Any) -> None:
    assert refuses(changed(FULL, "timestamp", value))


def test_an_instant_before_our_calendar_starts_is_refused_without_failing() -> None:
    assert refuses(changed(FULL, "timestamp", "0001-01-01T00:00:00+14:00"))


@pytest.mark.parametrize(
    ("path", "value", "refused"),
    [
        pytest.param("id", new_id(), False, id="XAPI-00027-uuid"),
        pytest.param("id", new_id().upper(), False, id="XAPI-00029-upper-case"),
        pytest.param("id", "5", True, id="XAPI-00027-no-uuid"),
        pytest.param("id", 5, True, id="XAPI-00028-number"),
        pytest.param("id", [new_id()], True, id="XAPI-00028-list"),
        pytest.param("id", new_id().replace("-", ""), True, id="XAPI-00029-without-hyphens"),
        pytest.param("id", "{" + new_id() + "}", True, id="XAPI-00029-braces"),
        pytest.param("id", "urn:uuid:" + new_id(), True, id="XAPI-00029-urn"),
        pytest.param("id", "3f1a5d8e-6f0b-4b52-1b2c-55b1f2b7a001", True, id="XAPI-00030-other-variant"),
        pytest.param("id", "3f1a5d8e-6f0b-0b52-9b2c-55b1f2b7a001", True, id="XAPI-00030-version-0"),
        pytest.param("id", "3g1a5d8e-6f0b-4b52-9b2c-55b1f2b7a001", True, id="XAPI-00030-not-hexadecimal"),
        pytest.param("stored", "2026-03-02T12:30:00Z", False, id="XAPI-00023-instant"),
        pytest.param("stored", "ayer", True, id="XAPI-00023-no-instant"),
        pytest.param("authority", agent(), False, id="XAPI-00024-agent"),
        pytest.param("authority", group(agent(), agent("b")), False, id="XAPI-00098-two-members"),
        pytest.param("authority", group(agent()), True, id="XAPI-00098-one-member"),
        pytest.param("authority", group(agent(), agent("b"), agent("c")), True, id="XAPI-00100-three-members"),
        pytest.param("authority", group(agent(), agent("b"), mbox="mailto:g@lrs.example"), True, id="XAPI-00098-identified"),
        pytest.param("authority", activity(), True, id="XAPI-00024-activity"),
        pytest.param("authority", "ana", True, id="XAPI-00024-text"),
        pytest.param("version", "1.0", False, id="XAPI-00101-1.0"),
        pytest.param("version", "1.0.9", False, id="XAPI-00101-1.0.9"),
        pytest.param("version", "0.9.9", True, id="XAPI-00101-0.9.9"),
        pytest.param("version", "1.1.0", True, id="XAPI-00101-1.1.0"),
        pytest.param("version", "1", True, id="XAPI-00101-1"),
        pytest.param("version", "uno", True, id="XAPI-00101-text"),
        pytest.param("version", 1.0, True, id="XAPI-00101-number"),
        pytest.param("version", "3.0.0", True, id="XAPI-00101-3.0.0"),
    ],
)  # fmt: skip
def test_what_only_a_whole_statement_has_is_checked(path: str, value: Any, refused: bool) -> None:
    assert refuses(changed(FULL, path, value), nested=False) is refused
