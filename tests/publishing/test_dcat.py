"""The catalogue: DCAT as data portals read it, the same in both notations."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from django.test import Client

from lms.plan.models import ActionPlan
from lms.publishing.selectors.dcat import PREFIXES
from lms.publishing.selectors.tables import TABLES
from lms.publishing.services import release_data
from tests.factories.plan import ActionPlanFactory
from tests.queries import count_page_queries

pytestmark = pytest.mark.django_db
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
JSON_LD, RDF_XML = "/plan/datos/catalogo.jsonld", "/plan/datos/catalogo.rdf"

# What DCAT-AP 3.0 makes mandatory (https://semiceu.github.io/DCAT-AP/releases/3.0.1/), and what this
# catalogue promises beyond; each with its least and its most (None: any number).
SHAPES: dict[str, dict[str, tuple[int, int | None]]] = {
    "dcat:Catalog": {
        "dct:title": (1, None),
        "dct:description": (1, None),
        "dct:publisher": (1, 1),
        "dct:license": (1, 1),
        "dcat:dataset": (1, None),
        "dct:issued": (1, 1),
        "dct:modified": (1, 1),
        "foaf:homepage": (1, 1),
    },
    "dcat:Dataset": {
        "dct:title": (1, None),
        "dct:description": (1, None),
        "dct:publisher": (1, 1),
        "dcat:contactPoint": (1, None),
        "dcat:distribution": (2, None),
        "dcat:theme": (1, None),
        "dct:accrualPeriodicity": (1, 1),
        "dct:spatial": (1, None),
        "dct:issued": (1, 1),
        "dct:modified": (1, 1),
        "dct:temporal": (0, None),
        "dcat:version": (0, 1),
    },
    "dcat:Distribution": {
        "dcat:accessURL": (1, None),
        "dcat:downloadURL": (1, None),
        "dcat:mediaType": (1, 1),
        "dct:format": (1, 1),
        "dct:license": (1, 1),
        "dcat:byteSize": (0, 1),
        "spdx:checksum": (0, 1),
    },
    "dcat:DataService": {"dct:title": (1, None), "dcat:endpointURL": (1, None)},
    "foaf:Agent": {"foaf:name": (1, None)},
    "spdx:Checksum": {"spdx:algorithm": (1, 1), "spdx:checksumValue": (1, 1)},
    "vcard:Kind": {"vcard:fn": (1, 1)},
}
DATATYPES = {
    "xsd:dateTime": re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)"),
    "xsd:date": re.compile(r"\d{4}-\d\d-\d\d"),
    "xsd:nonNegativeInteger": re.compile(r"\d+"),
    "xsd:hexBinary": re.compile(r"([0-9a-f]{2})+"),
}
Triple = tuple[str, str, str]


@pytest.fixture
def released(plan: ActionPlan, at: datetime) -> ActionPlan:
    ActionPlan.objects.update(starts_on="2018-11-01", ends_on="2020-10-31")
    release_data(plan_id=plan.pk, at=at)
    return plan


# --- Reading both notations into the same triples -------------------------------------------------
def many(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def json_triples(node: dict[str, Any], name: str) -> Iterator[Triple]:
    yield name, "a", node["@type"]
    for term, values in node.items():
        if term.startswith("@"):
            continue
        for value in many(values):
            if "@value" in value:
                kind = value.get("@language") or value.get("@type", "")
                yield name, term, f"{value['@value']}^{kind}"
                continue
            inner = value.get("@id") or f"{name}>{term}"
            yield name, term, inner
            if "@type" in value:
                yield from json_triples(value, inner)


def short(tag: str) -> str:
    space, _brace, name = tag[1:].partition("}")
    prefix = next(prefix for prefix, iri in PREFIXES.items() if iri == space)
    return f"{prefix}:{name}"


def xml_triples(element: Element, name: str) -> Iterator[Triple]:
    yield name, "a", short(element.tag)
    for child in element:
        term = short(child.tag)
        if f"{RDF}resource" in child.attrib:
            yield name, term, child.attrib[f"{RDF}resource"]
        elif len(child):
            inner = child[0].attrib.get(f"{RDF}about") or f"{name}>{term}"
            yield name, term, inner
            yield from xml_triples(child[0], inner)
        else:
            lang = child.attrib.get("{http://www.w3.org/XML/1998/namespace}lang", "")
            kind = child.attrib.get(f"{RDF}datatype", "").replace(PREFIXES["xsd"], "xsd:")
            yield name, term, f"{child.text}^{lang or kind}"


def read_json(client: Client) -> set[Triple]:
    response = client.get(JSON_LD)
    assert response["Content-Type"] == "application/ld+json"
    document = json.loads(response.content)
    assert document["@context"] == PREFIXES
    return set(json_triples(document, document["@id"]))


def read_xml(client: Client) -> set[Triple]:
    response = client.get(RDF_XML)
    assert response["Content-Type"] == "application/rdf+xml"
    (root,) = fromstring(response.content)
    return set(xml_triples(root, root.attrib[f"{RDF}about"]))


def find_breaches(triples: set[Triple]) -> list[str]:
    """What the shapes ask for and the graph has not, or has too often."""
    breaches = []
    for subject, term, kind in triples:
        if term != "a" or kind not in SHAPES:
            continue
        for wanted, (least, most) in SHAPES[kind].items():
            found = sum(1 for one, name, _value in triples if (one, name) == (subject, wanted))
            if found < least or (most is not None and found > most):
                breaches.append(f"{subject} {wanted}: {found}")
    for _subject, term, value in triples:
        text, caret, kind = value.rpartition("^")
        if caret and kind in DATATYPES and not DATATYPES[kind].fullmatch(text):
            breaches.append(f"{term}: {value}")
    return breaches


# --- What must hold ------------------------------------------------------------------------------
def test_catalogue_has_what_dcat_ap_requires(client: Client, released: ActionPlan) -> None:
    triples = read_xml(client)
    assert not find_breaches(triples)
    kinds = [kind for _subject, term, kind in triples if term == "a"]
    assert kinds.count("dcat:Dataset") == len(TABLES)
    assert kinds.count("dcat:Distribution") == kinds.count("spdx:Checksum") == 2 * len(TABLES)


def test_plan_without_versions_is_catalogued_too(client: Client, plan: ActionPlan) -> None:
    triples = read_xml(client)
    assert not find_breaches(triples)
    assert "spdx:Checksum" not in {value for _subject, _term, value in triples}


def test_shapes_find_what_is_missing(client: Client, released: ActionPlan) -> None:
    """Otherwise the test above could pass over anything."""
    triples = {triple for triple in read_xml(client) if triple[1] != "dcat:accessURL"}
    assert len(find_breaches(triples)) == 2 * len(TABLES)


def test_both_notations_say_the_same(client: Client, released: ActionPlan) -> None:
    assert read_json(client) == read_xml(client)


def test_download_is_the_version_with_its_sum(client: Client, released: ActionPlan) -> None:
    triples = read_json(client)
    (url,) = (
        value
        for subject, term, value in triples
        if subject.endswith("#hitos-csv") and term == "dcat:downloadURL"
    )
    assert url == "http://testserver/plan/plan/datos/v/1/hitos.csv"
    body = client.get(url.removeprefix("http://testserver")).content
    sizes = {
        value for subject, term, value in triples if subject.endswith("#hitos-csv") and "byteSize" in term
    }
    assert sizes == {f"{len(body)}^xsd:nonNegativeInteger"}


def test_catalogue_without_plans_is_no_error(client: Client, db: None) -> None:
    assert client.get(RDF_XML).status_code == client.get(JSON_LD).status_code == 200


def test_draft_is_not_catalogued(client: Client, released: ActionPlan) -> None:
    ActionPlanFactory(code="secreto", title="Plan secreto", is_current=False, status="draft")
    assert "secreto" not in client.get(RDF_XML).content.decode()


@pytest.mark.parametrize("path", [JSON_LD, RDF_XML])
def test_catalogue_costs_the_same_with_few_and_many_plans(
    client: Client, plan: ActionPlan, path: str
) -> None:
    few = count_page_queries(client, path)
    for number in range(30):
        ActionPlanFactory(code=f"otro-{number}", is_current=False)
    assert few == count_page_queries(client, path) <= 6


@pytest.mark.parametrize("path", [JSON_LD, RDF_XML])
def test_any_page_may_read_the_catalogue(client: Client, plan: ActionPlan, path: str) -> None:
    response = client.get(path)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert client.get(path, headers={"If-None-Match": response["ETag"]}).status_code == 304
