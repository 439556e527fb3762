"""What a file is, by its content alone: its name and the type that a browser claims prove nothing.

``find_kind`` knows those in which scanned papers come, ``is_document`` what else is published. A file
that is two things at once (an image with an archive behind it) is refused: who opens it later must find
what was checked.
"""

import io
import unicodedata
import zipfile
import zlib
from collections.abc import Callable
from enum import StrEnum


class FileKind(StrEnum):
    """Kinds that are recognised; the value is the usual ending."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"


MEDIA_TYPES = {FileKind.PDF: "application/pdf", FileKind.PNG: "image/png", FileKind.JPEG: "image/jpeg"}

_PNG = b"\x89PNG\r\n\x1a\n"
_BLANKS = b" \t\r\n\0"
_ALONE = {0x01, *range(0xD0, 0xD9)}
"""JPEG markers without a length."""

_SCAN, _END = 0xDA, 0xD9


def find_kind(content: bytes) -> FileKind | None:
    """The kind of a whole, undamaged file; ``None`` for anything else."""
    return next((kind for kind, is_one in _CHECKS.items() if is_one(content)), None)


def _is_pdf(content: bytes) -> bool:
    """Header first, trailer last (ISO 32000-1, 7.5.2 and 7.5.5); nothing may follow."""
    end = content.rstrip(_BLANKS)
    return content.startswith(b"%PDF-") and end.endswith(b"%%EOF") and b"startxref" in end[-1024:]


def _is_png(content: bytes) -> bool:
    """The signature and whole chunks from IHDR to IEND, at the end of which the file ends."""
    if not content.startswith(_PNG):
        return False
    place, names = len(_PNG), []
    while place + 12 <= len(content):
        length = int.from_bytes(content[place : place + 4])
        body = content[place + 4 : place + 8 + length]
        mark = content[place + 8 + length : place + 12 + length]
        if len(mark) < 4 or zlib.crc32(body) != int.from_bytes(mark):
            return False
        names.append(body[:4])
        place += 12 + length
        if body[:4] == b"IEND":
            break
    return place == len(content) and names[:1] == [b"IHDR"] and names[-1] == b"IEND" and b"IDAT" in names


def _is_jpeg(content: bytes) -> bool:
    """Segments from SOI to a scan, and EOI at the end of the file."""
    if not content.startswith(b"\xff\xd8\xff"):
        return False
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker == _SCAN:
            return _ends_with_scan(content, place)
        place += 2 if marker in _ALONE else 2 + int.from_bytes(content[place + 2 : place + 4])
    return False


def _ends_with_scan(content: bytes, place: int) -> bool:
    """Whether the first EOI after the scan that is not part of its data is the end."""
    end = content.find(bytes((0xFF, _END)), place)
    return end >= 0 and not content[end + 2 :].strip(_BLANKS)


_CHECKS: dict[FileKind, Callable[[bytes], bool]] = {
    FileKind.PDF: _is_pdf,
    FileKind.PNG: _is_png,
    FileKind.JPEG: _is_jpeg,
}


MOST_MEMBERS = 5_000
TEXT_ENDINGS = (".csv", ".txt")
_ZIP = b"PK\x03\x04"
_OFFICE = (
    (".docx", "word/document.xml"),
    (".xlsx", "xl/workbook.xml"),
    (".pptx", "ppt/presentation.xml"),
    (".odt", "content.xml"),
    (".ods", "content.xml"),
    (".odp", "content.xml"),
)
_PROGRAMS = ("vbaproject.bin", "/basic/", "/scripts/", "/activex/", "/macrosheets/")
"""Parts of office files that run something."""


def is_document(content: bytes, *, name: str) -> bool:
    """Whether a file may be published as a document: a scanned paper, an office file without macros, or
    UTF-8 text; it is what its name says. Whoever sends it still sends it as an attachment.
    """
    ending = name.lower()
    kind = find_kind(content)
    if kind is not None:
        return ending.endswith((f".{kind}", ".jpeg") if kind == FileKind.JPEG else f".{kind}")
    if content.startswith(_ZIP):
        return _is_office(content, ending)
    return ending.endswith(TEXT_ENDINGS) and _is_text(content)


def _is_office(content: bytes, ending: str) -> bool:
    part = next((part for extension, part in _OFFICE if ending.endswith(extension)), None)
    if part is None:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False
    lowered = [f"/{name.lower()}" for name in names]
    runs = any(program in name for name in lowered for program in _PROGRAMS)
    return part in names and len(names) <= MOST_MEMBERS and not runs


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return all(letter in "\t\r\n" or unicodedata.category(letter) not in ("Cc", "Cs") for letter in text)
