"""Which items a content package has, and in which order. Source: IMS Content Packaging 1.1/1.2."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote

from courses.quizzes.formats.base import FileProblem, QuestionFileError
from courses.quizzes.formats.qti.archive import Archive
from courses.quizzes.formats.qti.names import OWN_FOLDER
from courses.quizzes.formats.qti.tree import Node, parse_xml

MANIFEST = "imsmanifest.xml"
ITEM_TYPES = ("imsqti_item_xmlv2p", "imsqti_item_xmlv3p", "imsqti_apipitem_xmlv2p")


@dataclass(frozen=True)
class ItemFile:
    """Names of files in the zip, as the manifest has them; ``own`` is empty where there is none."""

    name: str
    own: str = ""


def list_items(archive: Archive) -> list[ItemFile]:
    """The items in the order of the manifest, each once.

    Raises:
        QuestionFileError: ``NOT_THIS_FORMAT`` without a manifest, ``NO_QUESTIONS`` without items; those
            of reading the manifest.
    """
    name = _find_manifest(archive)
    root = parse_xml(archive.read(name))
    if root.name != "manifest":
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    found: dict[str, ItemFile] = {}
    for item in _items(root, posixpath.dirname(name)):
        found.setdefault(item.name, item)
    if not found:
        raise QuestionFileError(FileProblem.NO_QUESTIONS)
    return list(found.values())


def _find_manifest(archive: Archive) -> str:
    """At the root, or in the one folder that was zipped."""
    if MANIFEST in archive:
        return MANIFEST
    inside = [name for name in archive.names if name.count("/") == 1 and name.endswith(f"/{MANIFEST}")]
    if len(inside) != 1:
        raise QuestionFileError(FileProblem.NOT_THIS_FORMAT)
    return inside[0]


def _items(root: Node, folder: str) -> Iterator[ItemFile]:
    for resources in root.elements("resources"):
        base = posixpath.join(folder, unquote(resources.get("base")))
        for resource in resources.elements("resource"):
            if resource.get("type").lower().startswith(ITEM_TYPES):
                yield _item(resource, posixpath.join(base, unquote(resource.get("base"))))


def _item(resource: Node, base: str) -> ItemFile:
    files = [unquote(file.get("href")) for file in resource.elements("file")]
    href = unquote(resource.get("href")) or next((name for name in files if name.endswith(".xml")), "")
    own = next((name for name in files if name.startswith(OWN_FOLDER) and name.endswith(".json")), "")
    return ItemFile(resolve(base, href), resolve(base, own) if own else "")


def resolve(base: str, href: str) -> str:
    """The name of a file in the zip; one that would be outside is never found there."""
    return posixpath.normpath(posixpath.join(base, href))
