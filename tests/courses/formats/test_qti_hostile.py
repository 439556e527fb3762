"""Files that are damaged or made to do harm: each ends in a refusal with its reason."""

import contextlib
import struct
from io import BytesIO
from time import process_time
from xml.etree import ElementTree
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from courses.quizzes.formats.base import LARGEST_FILE, MOST_QUESTIONS, FileProblem, QuestionFileError, Refusal
from courses.quizzes.formats.qti import read_qti, write_qti
from courses.quizzes.rules import QuestionKind, QuestionSpec
from tests.courses.formats.qti_made import (
    choice,
    condition,
    item,
    manifest,
    read_one,
    refused_one,
    response,
    sample,
    unzipped,
    zipped,
)
from tests.courses.kinds.examples import EXAMPLES

GOOD = item(choice("a", "b"), declared=response("A"))
ENTITIES = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + GOOD.replace(b"Un t", b"&x;")
LAUGHS = b'<!DOCTYPE a [<!ENTITY x "lol"><!ENTITY y "&x;&x;&x;">]>' + GOOD
OUTSIDE = b'<!DOCTYPE assessmentItem SYSTEM "http://example.org/a.dtd">' + GOOD
DEEP = b"<assessmentItem>" + b"<div>" * 101 + b"</div>" * 101 + b"</assessmentItem>"
WIDE = b"<assessmentItem>" + b"<a/>" * 200_001 + b"</assessmentItem>"
TO_READ = {"imsmanifest.xml": manifest("a.xml"), "a.xml": GOOD}


def problem_of(data: bytes) -> FileProblem:
    with pytest.raises(QuestionFileError) as caught:
        read_qti(data)
    return caught.value.problem


def packed(name: str, data: bytes = b"x") -> bytes:
    """A good package with one more entry, whatever its name."""
    target = BytesIO(zipped(TO_READ))
    with ZipFile(target, "a", ZIP_DEFLATED) as archive:
        archive.writestr(ZipInfo(name), data, ZIP_DEFLATED)
    return target.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"", b"   ", b"\0\0\0\0", b"%PDF-1.7", b"hola", b"\x89PNG\r\n", b"{}", b"<quiz/>", b"<questestinterop/>", b"<assessmentTest/>"],
)  # fmt: skip
def test_other_files_are_not_of_this_format(data: bytes) -> None:
    assert problem_of(data) is FileProblem.NOT_THIS_FORMAT


def test_package_without_a_manifest_is_not_of_this_format() -> None:
    assert problem_of(zipped({"word/document.xml": "<a/>"})) is FileProblem.NOT_THIS_FORMAT
    assert problem_of(zipped({"imsmanifest.xml": "<a/>"})) is FileProblem.NOT_THIS_FORMAT


def test_package_without_items_has_no_questions() -> None:
    for kind in ("webcontent", "imsqti_xmlv1p2", "imsqti_test_xmlv2p1"):
        data = zipped({"imsmanifest.xml": manifest("a.xml", kind=kind), "a.xml": GOOD})
        assert problem_of(data) is FileProblem.NO_QUESTIONS


@pytest.mark.parametrize("data", [ENTITIES, LAUGHS, OUTSIDE, DEEP, WIDE])
def test_hostile_xml_is_not_opened(data: bytes) -> None:
    assert problem_of(data) is FileProblem.HOSTILE
    assert problem_of(zipped({**TO_READ, "a.xml": data})) is FileProblem.HOSTILE
    assert problem_of(zipped({**TO_READ, "imsmanifest.xml": data})) is FileProblem.HOSTILE


@pytest.mark.parametrize("data", [b"<a", b"<a></b>", b"<a>&nbsp;</a>", b'<?xml version="1.0" encoding="x"?><a/>', b"<a>\0</a>", b"<a>&#0;</a>", b"<a>\xff</a>", b'<?xml version="1.0" encoding="utf-7"?><a/>'])  # fmt: skip
def test_xml_that_is_none_is_broken(data: bytes) -> None:
    assert problem_of(data) is FileProblem.BROKEN
    assert problem_of(zipped({**TO_READ, "imsmanifest.xml": data})) is FileProblem.BROKEN
    assert refused_one(zipped({**TO_READ, "a.xml": data})).refusal is Refusal.BROKEN


def test_line_of_broken_xml_is_told() -> None:
    with pytest.raises(QuestionFileError) as caught:
        read_qti(b"<assessmentItem>\n\n<a></b></assessmentItem>")
    assert caught.value.line == 3


@pytest.mark.parametrize("name", ["../a.xml", "a/../../b", "/etc/passwd", "C:/a", "c:a", "a\\b", "..", "\\\\server\\a", "a\0b"])  # fmt: skip
def test_names_that_lead_outside_are_hostile(name: str) -> None:
    marked = packed("@" * len(name))
    assert problem_of(marked.replace(b"@" * len(name), name.encode())) is FileProblem.HOSTILE


def test_reference_that_leads_outside_is_refused_alone() -> None:
    for name in ("../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "http://example.org/a.xml", ""):
        assert refused_one(zipped({"imsmanifest.xml": manifest(name)})).refusal is Refusal.BROKEN


def test_bomb_is_not_unpacked() -> None:
    assert problem_of(packed("a.txt", b"0" * 3_000_000)) is FileProblem.HOSTILE


def test_bomb_that_lies_about_its_size_is_found() -> None:
    data = bytearray(zipped({**TO_READ, "a.xml": b"<a>" + b" " * 3_000_000}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 1000)
    assert refused_one(bytes(data)).refusal is Refusal.BROKEN


def test_too_much_to_unpack_is_hostile() -> None:
    noise = bytes(range(256)) * 40
    data = bytearray(zipped({**TO_READ, "film.mp4": noise}))
    place = data.rfind(b"PK\x01\x02")
    data[place + 20 : place + 28] = struct.pack("<II", 90_000_000, 101 * 1024 * 1024)
    assert problem_of(bytes(data)) is FileProblem.HOSTILE


def test_too_many_entries_are_hostile() -> None:
    assert problem_of(zipped({**TO_READ, **{f"{n}": b"" for n in range(5001)}})) is FileProblem.HOSTILE


def test_too_large_a_file_is_not_opened() -> None:
    assert problem_of(b"<" * (LARGEST_FILE + 1)) is FileProblem.TOO_LARGE


def test_too_many_questions_are_told() -> None:
    names = [f"{number}.xml" for number in range(MOST_QUESTIONS + 1)]
    assert problem_of(zipped({"imsmanifest.xml": manifest(*names)})) is FileProblem.TOO_MANY


def test_item_that_is_named_twice_is_read_once() -> None:
    assert (
        read_one(zipped({**TO_READ, "imsmanifest.xml": manifest("a.xml", "./a.xml", "a.xml")})).key == "p-1"
    )


def test_zip_inside_a_package_is_left_alone() -> None:
    assert read_one(packed("otro.zip", zipped({"../../x": b"y"}))).key == "p-1"


def test_other_compressions_are_refused() -> None:
    target = BytesIO()
    with ZipFile(target, "w", ZIP_BZIP2) as archive:
        archive.writestr("imsmanifest.xml", manifest("a.xml"))
    assert problem_of(target.getvalue()) is FileProblem.BROKEN


def test_encrypted_item_is_refused_alone() -> None:
    data = bytearray(zipped(TO_READ))
    place = data.rfind(b"PK\x01\x02")
    data[place + 8] |= 1
    assert refused_one(bytes(data)).refusal is Refusal.BROKEN


def test_nothing_is_written(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    read_qti(sample("qti22"))
    assert list(tmp_path.iterdir()) == []


def test_many_choices_gaps_and_rules_take_no_long_time() -> None:
    gaps = "".join(f'<textEntryInteraction responseIdentifier="R{n}"/>' for n in range(20_000))
    many = choice(*["<p>a</p>"] * 20_000)
    test = '<match><variable identifier="R"/><baseValue baseType="identifier">A</baseValue></match>'
    rules = condition(f"<and>{test * 20_000}</and>" + '<setOutcomeValue identifier="F"/>' * 20_000)
    unclosed = "&lt;" * 100_000
    start = process_time()
    for data in (
        item(f"<p>{gaps}</p>"),
        item(many, declared=response("A")),
        item(choice("a", "b"), declared=response("A"), rules=rules),
        item(f"<p>{unclosed}</p>" + choice("a", "b"), declared=response("A")),
    ):
        with contextlib.suppress(QuestionFileError):
            read_qti(data)
    assert process_time() - start < 20


SAMPLES = [sample(name) for name in ("qti21", "qti22", "qti30")] + [
    write_qti([QuestionSpec(kind.replace("_", "-"), "C", 1, kind, "¿Qué?", EXAMPLES[kind].body) for kind in QuestionKind], version="3.0").content
]  # fmt: skip
ITEMS = [data for packed_sample in SAMPLES for name, data in unzipped(packed_sample).items() if name != "imsmanifest.xml"]  # fmt: skip
quick = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def reads_or_refuses(data: bytes) -> None:
    """Anything but a QuestionFileError is a fault."""
    with contextlib.suppress(QuestionFileError):
        read_qti(data)


@quick
@given(st.binary(max_size=2000))
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + b"\0" * 18)
@example(b"\xff\xfe<\0")
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    reads_or_refuses(data)
    reads_or_refuses(b"PK\x03\x04" + data)
    reads_or_refuses(b"<" + data)


@quick
@given(st.sampled_from(SAMPLES), st.data())
def test_damaged_packages_are_read_or_refused(package: bytes, draw: st.DataObject) -> None:
    start = draw.draw(st.integers(0, len(package)))
    end = draw.draw(st.integers(start, min(len(package), start + 400)))
    reads_or_refuses(package[:start])
    reads_or_refuses(package[:start] + draw.draw(st.binary(max_size=40)) + package[end:])


@quick
@given(st.sampled_from(ITEMS), st.data())
def test_changed_items_are_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    """Pieces of one item in the place of pieces of another."""
    other = draw.draw(st.sampled_from(ITEMS))
    for _ in range(draw.draw(st.integers(1, 4))):
        start, end = sorted(draw.draw(st.tuples(st.integers(0, len(data)), st.integers(0, len(data)))))
        first, last = sorted(draw.draw(st.tuples(st.integers(0, len(other)), st.integers(0, len(other)))))
        data = data[:start] + other[first:last] + data[min(end, start + 300) :]
    reads_or_refuses(data)
    reads_or_refuses(zipped({"imsmanifest.xml": manifest("a.xml"), "a.xml": data}))


@quick
@given(st.sampled_from(ITEMS), st.data())
def test_items_of_other_shapes_are_read_or_refused(data: bytes, draw: st.DataObject) -> None:
    """Well-formed, with elements, texts and attributes in places where they do not belong."""
    roots = [
        ElementTree.fromstring(one) for one in (data, draw.draw(st.sampled_from(ITEMS))) if one[:1] == b"<"
    ]
    nodes = [node for root in roots for node in root.iter()]
    for _ in range(draw.draw(st.integers(1, 5)) if roots else 0):
        node, other = draw.draw(st.sampled_from(nodes)), draw.draw(st.sampled_from(nodes))
        change = draw.draw(st.sampled_from(["tag", "text", "attributes", "child", "empty"]))
        if change == "tag":
            node.tag = other.tag
        elif change == "text":
            node.text = draw.draw(st.sampled_from(["", "A", "1", "NaN", "1e29", "²", "{{1}}", "\ue0009"]))
        elif change == "attributes":
            node.attrib.update(other.attrib)
        elif change == "child":
            node.append(ElementTree.Element(other.tag, other.attrib))
        else:
            node[:] = []
    for root in roots:
        reads_or_refuses(ElementTree.tostring(root))
