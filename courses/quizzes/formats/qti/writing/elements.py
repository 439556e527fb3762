"""Elements with the names of QTI 2, and how each version spells them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from xml.sax.saxutils import escape, quoteattr

HTML = frozenset({"p", "div", "br"})
CAPITAL = re.compile(r"(?<=[a-z0-9])([A-Z])")
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML 1.0 has not, section 2.2."""


@dataclass(frozen=True)
class Element:
    """Names and attributes in camel case, as QTI 2 has them."""

    name: str
    attributes: tuple[tuple[str, str], ...]
    children: tuple["Element | str", ...]


Child = Element | str


def element(name: str, *children: Child, **attributes: str | int | bool | None) -> Element:
    """An element; attributes that are ``None`` are left out."""
    said = ((key, _attribute(value)) for key, value in attributes.items() if value is not None)
    return Element(name, tuple(said), children)


def _attribute(value: str | int | bool) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


@dataclass(frozen=True)
class Dialect:
    """How a version names things. Source: the schemas of 1EdTech for each version."""

    version: str
    namespace: str
    schema: str
    templates: str
    resource_type: str
    manifest_namespace: str
    manifest_schema: str
    package: str
    package_version: str

    @property
    def is_3(self) -> bool:
        return self.version == "3.0"

    def name(self, name: str) -> str:
        return f"qti-{kebab(name)}" if self.is_3 and name not in HTML else name

    def attribute(self, name: str) -> str:
        return kebab(name) if self.is_3 else name

    def template(self, name: str) -> str:
        return f"{self.templates}{name}.xml" if self.is_3 else f"{self.templates}{name}"


def _dialect_2(version: str) -> Dialect:
    short = f"v{version.replace('.', 'p')}"
    return Dialect(
        version=version,
        namespace=f"http://www.imsglobal.org/xsd/imsqti_{short}",
        schema=f"http://www.imsglobal.org/xsd/qti/qti{short}/imsqti_{short}.xsd",
        templates=f"http://www.imsglobal.org/question/qti_{short}/rptemplates/",
        resource_type=f"imsqti_item_xml{short}",
        manifest_namespace="http://www.imsglobal.org/xsd/imscp_v1p1",
        manifest_schema="http://www.imsglobal.org/xsd/qti/qtiv2p1/qtiv2p1_imscpv1p2_v1p0.xsd"
        if version == "2.1"
        else "http://www.imsglobal.org/xsd/qti/qtiv2p2/qtiv2p2_imscpv1p2_v1p0.xsd",
        package=f"QTI{short.replace('p', '.')} Package",
        package_version="1.0.0",
    )


DIALECTS = {
    "2.1": _dialect_2("2.1"),
    "2.2": _dialect_2("2.2"),
    "3.0": Dialect(
        version="3.0",
        namespace="http://www.imsglobal.org/xsd/imsqtiasi_v3p0",
        schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqti_asiv3p0_v1p0.xsd",
        templates="https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/",
        resource_type="imsqti_item_xmlv3p0",
        manifest_namespace="http://www.imsglobal.org/xsd/qti/qtiv3p0/imscp_v1p1",
        manifest_schema="https://purl.imsglobal.org/spec/qti/v3p0/schema/xsd/imsqtiv3p0_imscpv1p2_v1p0.xsd",
        package="QTI Package",
        package_version="3.0.0",
    ),
}


def kebab(name: str) -> str:
    """``responseIdentifier`` is ``response-identifier``."""
    return CAPITAL.sub(lambda found: f"-{found.group(1)}", name).lower()


def to_xml(root: Element, dialect: Dialect) -> str:
    """The element and all below it, in the spelling of the version. No blanks are added between texts."""
    return "".join(_pieces(root, dialect))


def text(value: str) -> str:
    """A text in XML. A carriage return is written so that it is not read as a line feed."""
    return escape(FORBIDDEN.sub("", value), {"\r": "&#13;"})


def attribute(value: str) -> str:
    """With its quotation marks."""
    return quoteattr(FORBIDDEN.sub("", value))


def paragraphs(value: str) -> list[Element]:
    """Plain text: a blank line parts paragraphs, any other is a line break."""
    blocks = re.split(r"\n\s*\n", value.replace("\r\n", "\n").strip())
    return [element("p", *lines(block)) for block in blocks]


def lines(value: str) -> Iterator[Child]:
    """Texts with line breaks between them."""
    for number, line in enumerate(value.split("\n")):
        if number:
            yield element("br")
        yield line


def figures(number: Fraction | Decimal) -> str:
    """As XML writes numbers: a point, no exponent; fractions with six places."""
    if isinstance(number, Decimal):
        return f"{number:f}" if abs(number.adjusted()) < 60 else str(number)
    return f"{float(round(number, 6)):.6f}".rstrip("0").rstrip(".")


def _pieces(node: Element, dialect: Dialect) -> Iterator[str]:
    name = dialect.name(node.name)
    said = "".join(f" {dialect.attribute(key)}={attribute(value)}" for key, value in node.attributes)
    if not node.children:
        yield f"<{name}{said}/>"
        return
    yield f"<{name}{said}>"
    for child in node.children:
        if isinstance(child, str):
            yield text(child)
        else:
            yield from _pieces(child, dialect)
    yield f"</{name}>"
