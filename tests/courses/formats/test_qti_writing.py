"""Packages that we write: what they say to others, and that reading them again loses nothing."""

import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any
from xml.etree import ElementTree

import pytest

from courses.quizzes.formats.base import Adapted, ReadQuestion, Refusal
from courses.quizzes.formats.qti import read_qti, write_qti
from courses.quizzes.rules import KINDS, Option, QuestionKind, QuestionSpec
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.numeric import Numeric
from courses.quizzes.rules.kinds.parts import Case, Cloze, Part
from courses.quizzes.rules.kinds.short_text import ShortText, Variant
from courses.quizzes.rules.kinds.true_false import TrueFalse
from tests.courses.formats.qti_made import read_one, refused_one, unzipped, zipped
from tests.courses.kinds.examples import EXAMPLES

VERSIONS = ("2.1", "2.2", "3.0")
WRITTEN = [kind for kind in QuestionKind if kind is not QuestionKind.HOTSPOT]


def spec(kind: QuestionKind, body: Any = None, *, key: str = "", stem: str = "") -> QuestionSpec:
    """A question with a bit of everything in its texts."""
    return QuestionSpec(
        key=key or kind.replace("_", "-"),
        competence="INT-1",
        difficulty=2,
        kind=kind,
        stem=stem or "¿Qué dice la ley <1> & «otra»?\nPiensa en ella.\n\nResponde.",
        body=EXAMPLES[kind].body if body is None else body,
        source="Ley 20.285, art. 14",
        review="acceso",
        tags=("plazos", "acceso"),
    )


ALL = [spec(kind) for kind in QuestionKind]


def said(question: QuestionSpec | ReadQuestion) -> tuple:
    """All that must survive."""
    names = ("key", "kind", "stem", "body", "competence", "difficulty", "tags", "source", "review")
    return tuple(getattr(question, name) for name in names)


def package(question: QuestionSpec, version: str = "2.2") -> dict[str, bytes]:
    return unzipped(write_qti([question], version=version).content)


def without_own(question: QuestionSpec, version: str = "2.2") -> bytes:
    """As another system would send it back: only the standard."""
    files = package(question, version)
    return zipped({name: data for name, data in files.items() if not name.startswith("aula/")})


def with_own(question: QuestionSpec, **changes: Any) -> bytes:
    """With our own form of it changed by hand."""
    files = package(question)
    name = f"aula/{question.key}.json"
    return zipped({**files, name: json.dumps({**json.loads(files[name]), **changes})})


@pytest.mark.parametrize("version", VERSIONS)
def test_our_package_read_again_loses_nothing(version: str) -> None:
    written = write_qti(ALL, version=version)
    file = read_qti(written.content)
    assert [said(question) for question in file.questions] == [said(q) for q in ALL if q.key != "hotspot"]
    assert file.refused == []
    assert not any(question.adapted for question in file.questions)


def test_hotspot_is_left_out_by_its_key() -> None:
    assert write_qti(ALL, version="2.1").left_out == ("hotspot",)


@pytest.mark.parametrize("version", VERSIONS)
def test_package_is_the_same_bytes_each_time(version: str) -> None:
    assert write_qti(ALL, version=version) == write_qti(ALL, version=version)


def test_other_version_is_refused() -> None:
    with pytest.raises(KeyError):
        write_qti([], version="1.2")


@pytest.mark.parametrize("kind", WRITTEN)
@pytest.mark.parametrize("version", VERSIONS)
def test_item_is_xml_in_the_namespace_of_its_version(kind: QuestionKind, version: str) -> None:
    files = package(spec(kind), version)
    [item] = [ElementTree.fromstring(data) for name, data in files.items() if name.startswith("items/")]
    tags = {node.tag for node in item.iter()}
    names = {"2.1": "imsqti_v2p1", "2.2": "imsqti_v2p2", "3.0": "imsqtiasi_v3p0"}
    assert all(tag.startswith(f"{{http://www.imsglobal.org/xsd/{names[version]}}}") for tag in tags)
    plain = {tag.rpartition("}")[2] for tag in tags} - {"p", "br", "div"}
    assert all(name.startswith("qti-") is (version == "3.0") for name in plain)


def test_manifest_names_an_item_and_our_own_form_of_it() -> None:
    files = package(spec(QuestionKind.SINGLE), "2.1")
    assert list(files) == ["imsmanifest.xml", "items/single.xml", "aula/single.json"]
    manifest = files["imsmanifest.xml"].decode()
    assert 'type="imsqti_item_xmlv2p1" href="items/single.xml"' in manifest
    assert '<file href="aula/single.json"/>' in manifest


def test_key_that_begins_with_a_figure_comes_back() -> None:
    question = spec(QuestionKind.SINGLE, key="20285-plazo")
    assert b'identifier="_20285-plazo"' in package(question)["items/_20285-plazo.xml"]
    assert read_one(write_qti([question], version="2.2").content).key == "20285-plazo"
    assert read_one(without_own(question)).key == "20285-plazo"


def test_questions_of_two_banks_with_one_key_are_both_written() -> None:
    two = [spec(QuestionKind.SINGLE, key="una"), spec(QuestionKind.ORDERING, key="una")]
    file = read_qti(write_qti(two, version="3.0").content)
    assert [said(question) for question in file.questions] == [said(question) for question in two]


def test_characters_that_xml_has_not_are_left_out_of_the_item() -> None:
    question = spec(QuestionKind.SINGLE, stem="a\x0bb\ufffe]]>&<c>")
    assert read_one(without_own(question)).stem == "ab]]>&<c>"


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize(
    "kind",
    [QuestionKind.SINGLE, QuestionKind.MULTIPLE, QuestionKind.MATCHING, QuestionKind.JUDGEMENT],
)
def test_standard_alone_says_all_of_a_kind(kind: QuestionKind, version: str) -> None:
    question = read_one(without_own(spec(kind), version))
    assert (question.stem, question.body, question.adapted) == (spec(kind).stem, spec(kind).body, ())


@pytest.mark.parametrize("version", VERSIONS)
def test_standard_alone_says_true_or_false(version: str) -> None:
    body = TrueFalse(False, (), "No es así", "Bien")
    assert read_one(without_own(spec(QuestionKind.TRUE_FALSE, body), version)).body == body


def test_standard_alone_says_reasons_as_a_second_question() -> None:
    question = read_one(without_own(spec(QuestionKind.TRUE_FALSE)))
    assert [part.kind for part in question.body.parts] == [QuestionKind.TRUE_FALSE, QuestionKind.SINGLE]
    assert question.body.parts[1].body.options == EXAMPLES[QuestionKind.TRUE_FALSE].body.reasons


@pytest.mark.parametrize("version", VERSIONS)
def test_standard_alone_says_numbers_and_words(version: str) -> None:
    number = Numeric(Decimal("12.5"), Decimal("0.25"), (), "Cuenta otra vez")
    assert read_one(without_own(spec(QuestionKind.NUMERIC, number), version)).body == number
    words = ShortText((Variant("IRM"), Variant("el IRM", 50)), with_case=True, feedback_wrong="No")
    assert read_one(without_own(spec(QuestionKind.SHORT_TEXT, words), version)).body == words


def test_standard_alone_says_the_order() -> None:
    question = read_one(without_own(spec(QuestionKind.ORDERING)))
    assert (question.body, question.adapted) == (spec(QuestionKind.ORDERING).body, (Adapted.CREDIT_REPLACED,))


def test_order_of_the_list_does_not_tell_the_key() -> None:
    body = replace(EXAMPLES[QuestionKind.ORDERING].body, items=("c", "a", "b"))
    item = package(spec(QuestionKind.ORDERING, body))["items/ordering.xml"].decode()
    assert item.index(">a<") < item.index(">b<") < item.index(">c<")


@pytest.mark.parametrize("version", VERSIONS)
def test_standard_alone_says_gaps(version: str) -> None:
    parts = (
        Part(QuestionKind.SINGLE, Choice((Option("hábiles", True), Option("corridos", False)))),
        Part(QuestionKind.NUMERIC, Numeric(Decimal(20), Decimal(1))),
    )
    body = Cloze(parts, "Son {{2}} días {{1}}.\nNada más.")
    question = read_one(without_own(spec(QuestionKind.CLOZE, body, stem="Completa."), version))
    assert question.stem == "Completa."
    assert question.body.text == "Son {{1}} días {{2}}.\nNada más."
    assert [part.body for part in question.body.parts] == [parts[1].body, parts[0].body]


@pytest.mark.parametrize("version", VERSIONS)
def test_standard_alone_says_a_case_of_choices(version: str) -> None:
    choice = EXAMPLES[QuestionKind.SINGLE].body
    many = EXAMPLES[QuestionKind.MULTIPLE].body
    parts = (Part(QuestionKind.SINGLE, choice, "¿Uno?"), Part(QuestionKind.MULTIPLE, many, "¿Varios?"))
    question = read_one(without_own(spec(QuestionKind.CASE, Case(parts)), version))
    assert question.body == Case(parts)


def test_weights_of_parts_share_out_one_point() -> None:
    item = package(spec(QuestionKind.CASE), "2.1")["items/case.xml"].decode()
    assert '<baseValue baseType="float">0.25</baseValue>' in item
    assert '<baseValue baseType="float">0.75</baseValue>' in item


def test_standard_alone_says_the_guide_of_an_open_answer() -> None:
    question = read_one(without_own(spec(QuestionKind.OPEN), "3.0"))
    assert question.body.guide.startswith("SECRETO uno\n\nNorma. 0: No lo dice; 2: Lo dice")
    assert question.body.words == 50


def test_mapping_gives_the_points_that_we_give() -> None:
    body = EXAMPLES[QuestionKind.MULTIPLE].body
    item = ElementTree.fromstring(package(spec(QuestionKind.MULTIPLE))["items/multiple.xml"])
    shares = [Fraction(node.get("mappedValue")) for node in item.iter() if node.tag.endswith("mapEntry")]
    for chosen in ([0], [0, 1], [0, 2], [0, 1, 2], [0, 1, 2, 3], [2]):
        mapped = min(max(sum(shares[index] for index in chosen), Fraction(0)), Fraction(1))
        assert mapped == KINDS[QuestionKind.MULTIPLE].grade(body, chosen)


def test_item_that_somebody_changed_counts_more_than_our_own_form() -> None:
    files = package(spec(QuestionKind.SINGLE))
    changed = files["items/single.xml"].replace("Opción 1".encode(), "Opción nueva".encode())
    question = read_one(zipped({**files, "items/single.xml": changed}))
    assert question.body.options[1].text == "Opción nueva"


def test_own_form_of_another_item_is_not_used() -> None:
    question = spec(QuestionKind.SINGLE)
    assert read_one(with_own(question, key="otra", stem="Otra")).stem == question.stem


@pytest.mark.parametrize(
    "changes",
    [
        {"body": {}}, {"body": {"options": 7}}, {"kind": "spy"}, {"kind": "case"}, {"difficulty": 9},
        {"stem": "a\0b"}, {"stem": "x" * 20_001}, {"tags": ["a"] * 51}, {"tags": "a"}, {"key": 7},
        {"kind": "numeric", "body": {"value": "1e999999999"}},
        {"kind": "numeric", "body": {"value": "1", "units": [{"name": "m", "factor": "NaN"}]}},
        {"kind": "open", "body": {"criteria": [{"name": "a", "levels": [{"points": 10**30, "text": "b"}]}]}},
    ],
)  # fmt: skip
def test_own_form_that_is_not_ours_is_refused(changes: dict[str, Any]) -> None:
    assert refused_one(with_own(spec(QuestionKind.SINGLE), **changes)).refusal is Refusal.BROKEN


def test_own_form_is_asked_for_its_flaws() -> None:
    options = [{"text": "a", "correct": False}, {"text": "b", "correct": False}]
    refused = refused_one(with_own(spec(QuestionKind.SINGLE), body={"options": options}))
    assert refused.refusal is Refusal.CANNOT_BE_ASKED


def test_own_form_of_a_hotspot_points_at_no_picture_of_ours() -> None:
    body = KINDS[QuestionKind.HOTSPOT].to_json(EXAMPLES[QuestionKind.HOTSPOT].body)
    refused = refused_one(with_own(spec(QuestionKind.SINGLE), kind="hotspot", body=body))
    assert refused.refusal is Refusal.NEEDS_A_PICTURE


def test_own_form_that_is_no_json_is_refused() -> None:
    files = package(spec(QuestionKind.SINGLE))
    for junk in (b"", b"\xff\xfe", b"[" * 5000, b'"\\ud800"', b"null"):
        assert refused_one(zipped({**files, "aula/single.json": junk})).refusal is Refusal.BROKEN
