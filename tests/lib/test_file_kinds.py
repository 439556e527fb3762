"""What a file is, by its content alone."""

import pytest

from lms.lib.file_kinds import FileKind, find_kind
from tests.factories.records import JPEG, PDF, png

GOOD = [(PDF, FileKind.PDF), (PDF + b"\r\n", FileKind.PDF), (png(), FileKind.PNG), (JPEG, FileKind.JPEG)]
ZIP = b"PK\x03\x04" + b"\0" * 26 + b"PK\x05\x06" + b"\0" * 18


@pytest.mark.parametrize(("content", "kind"), GOOD)
def test_a_whole_file_is_recognised(content: bytes, kind: FileKind) -> None:
    assert find_kind(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"", b"hola", b"<html><script>alert(1)</script></html>", b"MZ\x90\0", ZIP, b"GIF89a;", b"\0" * 100,
        b"%PDF-1.4", b"%PDF-1.4\n%%EOF", b"\n" + PDF, b"<!DOCTYPE html>" + PDF,
        b"\x89PNG\r\n\x1a\n", png()[:-1], png()[:-5] + b"XXXX\0", b"\x89PNG\r\n\x1a\n" + b"\xff" * 40,
        b"\xff\xd8\xff", JPEG[:-2], b"\xff\xd8\xff\xe0\xff\xff" + b"\0" * 20,
    ],
)  # fmt: skip
def test_what_is_of_another_kind_or_damaged_is_not(content: bytes) -> None:
    assert find_kind(content) is None


@pytest.mark.parametrize("behind", [ZIP, b"<script>alert(1)</script>", PDF, b"\x00\x00MZ"])
@pytest.mark.parametrize("front", [PDF, png(), JPEG])
def test_a_file_that_is_two_things_is_refused(front: bytes, behind: bytes) -> None:
    if front == PDF and behind == PDF:
        return  # two revisions of one PDF are one PDF
    assert find_kind(front + behind) is None


def test_a_thumbnail_inside_a_photograph_is_not_its_end() -> None:
    inner = b"Exif\0\0" + JPEG
    segment = b"\xff\xe1" + (len(inner) + 2).to_bytes(2) + inner
    assert find_kind(b"\xff\xd8" + segment + JPEG[2:]) == FileKind.JPEG
