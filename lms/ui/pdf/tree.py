"""A structure tree of several pages with tables, on the canvas of ReportLab, which has none.

ISO 32000-1, 14.7 and 14.8; ISO 14289-1. ``certificates.pdf.tagged`` does it for one page without
nesting; the objects of page and catalogue are its own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from certificates.pdf.tagged import Array, Dictionary, Name, TaggedCatalog, TaggedPage, Text


@dataclass
class Node:
    """One structure element. ``content``: page (from 0) and mark of what it draws, for a leaf."""

    role: str
    number: int
    parent: "Node | None"
    scope: str = ""
    content: tuple[int, int] | None = None
    kids: list["Node"] = field(default_factory=list)

    @property
    def reference(self) -> Any:
        return pdfdoc.PDFObjectReference(f"Node{self.number}")


class PagedTree:
    """Collects elements while pages are drawn, in reading order, and writes them at the end."""

    def __init__(self, canvas: Canvas, *, language: str) -> None:
        self.canvas, self.language = canvas, language
        self.root = Node("Document", 0, None)
        self.nodes = [self.root]
        self.pages: list[list[Node]] = [[]]
        self._open = [self.root]

    def end_page(self, *, is_last: bool = False) -> None:
        """The page is full; a group that is open goes on on the next."""
        self.canvas.showPage()
        if not is_last:
            self.pages.append([])

    @contextmanager
    def group(self, role: str) -> Iterator[None]:
        """Elements opened inside belong to one of ``role`` (Table, TR, L, LI)."""
        self._open.append(self._add(role))
        yield
        self._open.pop()

    @contextmanager
    def element(self, role: str, *, scope: str = "") -> Iterator[None]:
        """What is drawn inside, on this page, is one element; ``scope`` of a TH: Column or Row."""
        node = self._add(role, scope)
        page = self.pages[-1]
        node.content = (len(self.pages) - 1, len(page))
        page.append(node)
        self.canvas._code.append(f"/{role} <</MCID {node.content[1]}>> BDC")
        yield
        self.canvas._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration, and is not read out."""
        self.canvas._code.append("/Artifact BMC")
        yield
        self.canvas._code.append("EMC")

    def write(self) -> None:
        """Adds tree, parent tree and catalogue entries; after the last page, before ``save``."""
        document = self.canvas._doc
        for number, page in enumerate(document.Pages.pages):
            page.__class__ = TaggedPage
            page.StructParents, page.Tabs = number, Name("S")
        root = pdfdoc.PDFObjectReference("StructRoot")
        for node in self.nodes:
            document.Reference(self._dictionary(node, root), f"Node{node.number}")
        parents: list[Any] = []
        for number, leaves in enumerate(self.pages):
            array = Array([leaf.reference for leaf in leaves])
            parents += [number, document.Reference(array, f"ParentsOfPage{number}")]
        document.Reference(
            Dictionary({
                "Type": Name("StructTreeRoot"),
                "K": Array([self.root.reference]),
                "ParentTree": document.Reference(Dictionary({"Nums": Array(parents)}), "ParentTree"),
                "ParentTreeNextKey": len(self.pages),
            }),
            "StructRoot",
        )  # fmt: skip
        catalog = document.Catalog
        catalog.__class__ = TaggedCatalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = Dictionary({"Marked": "true"})
        catalog.ViewerPreferences = Dictionary({"DisplayDocTitle": "true"})

    def _add(self, role: str, scope: str = "") -> Node:
        parent = self._open[-1]
        node = Node(role, len(self.nodes), parent, scope)
        parent.kids.append(node)
        self.nodes.append(node)
        return node

    def _dictionary(self, node: Node, root: Any) -> Any:
        entries = {
            "Type": Name("StructElem"),
            "S": Name(node.role),
            "P": node.parent.reference if node.parent else root,
        }
        if node.content:
            page, mark = node.content
            entries |= {"Pg": pdfdoc.PDFObjectReference(f"Page{page + 1}"), "K": Array([mark])}
        elif node.kids:
            entries["K"] = Array([kid.reference for kid in node.kids])
        if node.scope:
            entries["A"] = Dictionary({"O": Name("Table"), "Scope": Name(node.scope)})
        if node is self.root:
            entries["Lang"] = Text(self.language)
        return Dictionary(entries)
