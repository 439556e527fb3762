"""A content package, or a single item, as questions of ours."""

import codecs
import posixpath
from urllib.parse import unquote

from courses.quizzes.formats.base import (
    LARGEST_FILE,
    MOST_QUESTIONS,
    FileProblem,
    QuestionFileError,
    ReadFile,
    Refusal,
)
from courses.quizzes.formats.qti.archive import Archive
from courses.quizzes.formats.qti.manifest import ItemFile, list_items, resolve
from courses.quizzes.formats.qti.reading.own import OwnError, belongs_to, read_own
from courses.quizzes.formats.qti.reading.questions import add_item
from courses.quizzes.formats.qti.tree import Node, parse_xml
from courses.quizzes.rules import QuestionKind

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
LARGEST_STIMULUS = 50_000
"""Bytes: a text that many items share is read with each of them."""


def read_qti(data: bytes) -> ReadFile:
    """Questions of a zip with ``imsmanifest.xml``, or of one ``assessmentItem``; QTI 2.1, 2.2 and 3.0.

    Nothing is written to disk, nothing is fetched, no script is run. Texts lose their markup, and
    pictures are left out (``PICTURE_LEFT_OUT``).

    Raises:
        QuestionFileError: ``TOO_LARGE``; ``TOO_MANY``; ``NOT_THIS_FORMAT``: neither zip nor XML, or of
            something else; ``BROKEN``: the zip or the manifest; ``HOSTILE``: names that lead outside,
            document types and entities, bombs; ``NO_QUESTIONS``. A broken item is refused alone.
    """
    if len(data) > LARGEST_FILE:
        raise QuestionFileError(FileProblem.TOO_LARGE)
    if data.startswith(ZIP_STARTS):
        return _read_package(Archive(data))
    if not _is_xml(data):
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    root = parse_xml(data)
    if root.name != "assessmentitem":
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    file = ReadFile()
    add_item(file, root, "")
    return file


def _is_xml(data: bytes) -> bool:
    """Whether it begins as XML does, in any encoding that says what it is."""
    start = data[:200]
    for mark in MARKS:
        start = start.removeprefix(mark)
    return start.replace(b"\0", b"").lstrip()[:1] == b"<"


def _read_package(archive: Archive) -> ReadFile:
    items = list_items(archive)
    if len(items) > MOST_QUESTIONS:
        raise QuestionFileError(FileProblem.TOO_MANY)
    file = ReadFile()
    for item in items:
        _add(file, archive, item)
    return file


def _add(file: ReadFile, archive: Archive, item: ItemFile) -> None:
    """One item; what is wrong with it alone refuses it alone."""
    where = posixpath.basename(item.name)[:200]
    try:
        data = archive.read(item.name) if item.name in archive else b""
        root = parse_xml(data)
    except QuestionFileError as error:
        if error.problem is not FileProblem.BROKEN:
            raise
        return file.refuse(where, "", Refusal.BROKEN)
    if root.name != "assessmentitem":
        return file.refuse(where, "", Refusal.BROKEN)
    if item.own in archive:
        return _add_own(file, archive, item, data, root)
    return _add_foreign(file, archive, item, root)


def _add_own(file: ReadFile, archive: Archive, item: ItemFile, data: bytes, root: Node) -> None:
    """By our own form of it, where that is still the item's."""
    where = root.get("title")[:200] or root.get("identifier")[:200]
    try:
        own = archive.read(item.own)
        if not belongs_to(own, data, root.get("identifier")):
            return _add_foreign(file, archive, item, root)
        question = read_own(own, where)
    except OwnError:
        return file.refuse(where, "", Refusal.BROKEN)
    if question.kind is QuestionKind.HOTSPOT:  # the picture is of the platform that wrote it
        return file.refuse(where, question.stem, Refusal.NEEDS_A_PICTURE)
    return file.add(question)


def _add_foreign(file: ReadFile, archive: Archive, item: ItemFile, root: Node) -> None:
    """By the item; a text that it shares with others comes before its own."""
    where = posixpath.basename(item.name)[:200]
    try:
        shared = [_stimulus(archive, item, ref) for ref in root.elements("assessmentstimulusref")[:5]]
    except QuestionFileError as error:
        if error.problem is not FileProblem.BROKEN:
            raise
        return file.refuse(where, "", Refusal.BROKEN)
    body = root.first("itembody")
    if body is not None:
        body.children[:0] = shared
    return add_item(file, root, where)


def _stimulus(archive: Archive, item: ItemFile, reference: Node) -> Node:
    """The body of a shared text. Source: QTI 2.2, ``assessmentStimulusRef``."""
    name = resolve(posixpath.dirname(item.name), unquote(reference.get("href")))
    data = archive.read(name) if name in archive else b""
    root = parse_xml(data) if len(data) <= LARGEST_STIMULUS else Node("")
    body = root.first("stimulusbody")
    if body is None:
        raise QuestionFileError(FileProblem.BROKEN)
    return Node("div", {}, body.children)
