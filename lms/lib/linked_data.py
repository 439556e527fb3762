"""A small graph, written as JSON-LD 1.1 and as RDF/XML 1.1."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree as ET

from lms.lib.xml_text import xml_text

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Ref:
    """A thing named elsewhere."""

    iri: str


@dataclass(frozen=True)
class Text:
    """A value: words in a language, or something of a type (``"xsd:date"``)."""

    value: str
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Node:
    """A thing with its properties, as ``(term, value)``; without an address it is a blank node."""

    type: str
    properties: Sequence[tuple[str, "Ref | Text | Node"]]
    iri: str = ""


Value = Ref | Text | Node


def as_json_ld(node: Node, *, prefixes: Mapping[str, str]) -> dict[str, Any]:
    """The document, with its prefixes as context."""
    return {"@context": dict(prefixes), **_json_node(node)}


def as_rdf_xml(node: Node, *, prefixes: Mapping[str, str]) -> bytes:
    """The document; nested nodes stand where they are spoken of."""
    for prefix, space in {**prefixes, "rdf": RDF}.items():
        ET.register_namespace(prefix, space)
    root = ET.Element(f"{{{RDF}}}RDF")
    _xml_node(root, node, prefixes)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _json_node(node: Node) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": node.iri} if node.iri else {}
    found["@type"] = node.type
    for term, value in node.properties:
        written = _json_value(value)
        if term not in found:
            found[term] = written
        elif isinstance(found[term], list):
            found[term].append(written)
        else:
            found[term] = [found[term], written]
    return found


def _json_value(value: Value) -> dict[str, Any]:
    if isinstance(value, Node):
        return _json_node(value)
    if isinstance(value, Ref):
        return {"@id": value.iri}
    found = {"@value": value.value}
    if value.language:
        found["@language"] = value.language
    elif value.datatype:
        found["@type"] = value.datatype
    return found


def _xml_node(parent: ET.Element, node: Node, prefixes: Mapping[str, str]) -> None:
    element = ET.SubElement(parent, _qualified(node.type, prefixes))
    if node.iri:
        element.set(f"{{{RDF}}}about", node.iri)
    for term, value in node.properties:
        written = ET.SubElement(element, _qualified(term, prefixes))
        if isinstance(value, Node):
            _xml_node(written, value, prefixes)
        elif isinstance(value, Ref):
            written.set(f"{{{RDF}}}resource", value.iri)
        else:
            _xml_text(written, value, prefixes)


def _xml_text(element: ET.Element, value: Text, prefixes: Mapping[str, str]) -> None:
    element.text = xml_text(value.value)
    if value.language:
        element.set(XML_LANG, value.language)
    elif value.datatype:
        prefix, _colon, name = value.datatype.partition(":")
        element.set(f"{{{RDF}}}datatype", f"{prefixes[prefix]}{name}")


def _qualified(term: str, prefixes: Mapping[str, str]) -> str:
    prefix, _colon, name = term.partition(":")
    return f"{{{prefixes[prefix]}}}{name}"
