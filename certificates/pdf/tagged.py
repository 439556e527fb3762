"""A structure tree for one page, which ReportLab lacks (ISO 32000-1, 14.7 and 14.8; ISO 14289-1).

Content is marked while it is drawn; elements keep the order of drawing, which is the reading order.
Everything else is marked as an artifact. Reached through the canvas's own low-level objects.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

Dictionary, Name, Array, Text = pdfdoc.PDFDictionary, pdfdoc.PDFName, pdfdoc.PDFArray, pdfdoc.PDFString
Rect = tuple[float, float, float, float]


class TaggedPage(pdfdoc.PDFPage):
    """A page with the keys that a tagged document needs."""

    __NoDefault__ = [*pdfdoc.PDFPage.__NoDefault__, "StructParents", "Tabs"]


class TaggedCatalog(pdfdoc.PDFCatalog):
    """A catalogue with the key that PDF/A needs."""

    __NoDefault__ = [*pdfdoc.PDFCatalog.__NoDefault__, "OutputIntents"]
    __Refs__ = pdfdoc.PDFCatalog.__Refs__


@dataclass
class Element:
    """One structure element; ``box`` in points, for figures."""

    role: str
    content_id: int
    alternative: str = ""
    actual_text: str = ""
    box: Rect | None = None
    annotations: list[str] = field(default_factory=list)
    reference: Any = None


class StructureTree:
    """Collects the elements of one page and writes them at its end."""

    def __init__(self, canvas: Canvas, *, language: str) -> None:
        self.canvas = canvas
        self.language = language
        self.elements: list[Element] = []
        self.linked: list[Element] = []

    @contextmanager
    def element(
        self, role: str, *, alternative: str = "", actual_text: str = "", box: Rect | None = None
    ) -> Iterator[Element]:
        """What is drawn inside belongs to one element of ``role`` (H1, P, Figure, Link)."""
        element = Element(role, len(self.elements), alternative, actual_text, box)
        self.elements.append(element)
        self.canvas._code.append(f"/{role} <</MCID {element.content_id}>> BDC")
        yield element
        self.canvas._code.append("EMC")

    @contextmanager
    def artifact(self) -> Iterator[None]:
        """What is drawn inside is decoration, and is not read out."""
        self.canvas._code.append("/Artifact BMC")
        yield
        self.canvas._code.append("EMC")

    def link(self, element: Element, *, url: str, box: Rect, description: str) -> None:
        """Makes ``box`` (points) a link that belongs to ``element``."""
        self.linked.append(element)
        printed = 4  # an annotation flag that PDF/A asks for
        number = len(self.linked)
        self.canvas.linkURL(url, box, Contents=Text(description), StructParent=number, F=printed)
        element.annotations.append(f"NUMBER{self.canvas._annotationCount}")

    def write(self) -> None:
        """Adds tree, parent tree and catalogue entries; after ``showPage``, before ``save``."""
        document = self.canvas._doc
        page = document.Pages.pages[-1]
        page.__class__ = TaggedPage
        page.StructParents, page.Tabs = 0, Name("S")
        page_reference = pdfdoc.PDFObjectReference(f"Page{document.pageCounter - 1}")
        root, whole = pdfdoc.PDFObjectReference("StructRoot"), pdfdoc.PDFObjectReference("StructDocument")
        for number, element in enumerate(self.elements):
            dictionary = self._dictionary(element, page_reference, whole)
            element.reference = document.Reference(dictionary, f"StructElement{number}")
        references = [element.reference for element in self.elements]
        self._write_tree(root, whole, references)
        catalog = document.Catalog
        catalog.__class__ = TaggedCatalog
        catalog.StructTreeRoot = root
        catalog.MarkInfo = Dictionary({"Marked": "true"})
        catalog.ViewerPreferences = Dictionary({"DisplayDocTitle": "true"})

    def _dictionary(self, element: Element, page: Any, parent: Any) -> Any:
        document = self.canvas._doc
        children: list[Any] = [element.content_id]
        for name in element.annotations:
            target = document.refAnnotation(name)
            children.append(Dictionary({"Type": Name("OBJR"), "Obj": target, "Pg": page}))
        entries = {
            "Type": Name("StructElem"),
            "S": Name(element.role),
            "P": parent,
            "Pg": page,
            "K": Array(children),
        }
        if element.alternative:
            entries["Alt"] = Text(element.alternative)
        if element.actual_text:
            entries["ActualText"] = Text(element.actual_text)
        if element.box:
            corners = Array([round(value, 3) for value in element.box])
            entries["A"] = Dictionary({"O": Name("Layout"), "BBox": corners, "Placement": Name("Block")})
        return Dictionary(entries)

    def _write_tree(self, root: Any, whole: Any, references: list[Any]) -> None:
        document = self.canvas._doc
        document.Reference(
            Dictionary({
                "Type": Name("StructElem"), "S": Name("Document"), "P": root, "K": Array(references),
                "Lang": Text(self.language),
            }),
            "StructDocument",
        )  # fmt: skip
        numbers: list[Any] = [0, document.Reference(Array(references), "ParentsOfPage")]
        for number, element in enumerate(self.linked, 1):
            numbers += [number, element.reference]
        parents = document.Reference(Dictionary({"Nums": Array(numbers)}), "ParentTree")
        document.Reference(
            Dictionary({
                "Type": Name("StructTreeRoot"), "K": Array([whole]), "ParentTree": parents,
                "ParentTreeNextKey": len(self.linked) + 1,
            }),
            "StructRoot",
        )  # fmt: skip
