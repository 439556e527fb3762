"""The catalogue of the open data as DCAT 3 (with what DCAT-AP asks for), for data portals.

https://www.w3.org/TR/vocab-dcat-3/ and https://semiceu.github.io/DCAT-AP/releases/3.0.1/
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.lib.linked_data import Node, Ref, Text, Value
from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import LICENCE_URL
from lms.publishing.selectors.datapackage import publisher_of
from lms.publishing.selectors.fields import Table
from lms.publishing.selectors.releases import FileFacts, ReleaseFacts
from lms.publishing.selectors.tables import SUFFIXES, TABLES

EU = "http://publications.europa.eu/resource/authority"
PREFIXES = {
    "dcatap": "http://data.europa.eu/r5r/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "spdx": "http://spdx.org/rdf/terms#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
LANGUAGE = "es"
LICENCE = Node("dct:LicenseDocument", (), iri=LICENCE_URL.removesuffix("deed.es"))
MEDIA_TYPES = {
    "csv": "https://www.iana.org/assignments/media-types/text/csv",
    "json": "https://www.iana.org/assignments/media-types/application/json",
}
FORMATS = {"csv": f"{EU}/file-type/CSV", "json": f"{EU}/file-type/JSON"}
DAILY = f"{EU}/frequency/DAILY"
CLOSED = f"{EU}/frequency/IRREG"
SPANISH = f"{EU}/language/SPA"
COUNTRIES = {"Chile": f"{EU}/country/CHL"}

# Names as their own vocabulary gives them.
THEMES = Node(
    "skos:ConceptScheme", (("dct:title", Text("Data theme", language="en")),), iri=f"{EU}/data-theme"
)
GOVERNMENT = Node(
    "skos:Concept",
    (("skos:prefLabel", Text("Government and public sector", language="en")),),
    iri=f"{EU}/data-theme/GOVE",
)
STABLE = Node(
    "skos:Concept",
    (("skos:prefLabel", Text("Stable", language="en")),),
    iri=f"{EU}/planned-availability/STABLE",
)

Properties = Sequence[tuple[str, Value]]


def build_catalogue(*, plans: Sequence[ActionPlan], releases: Mapping[int, ReleaseFacts]) -> Node:
    """All files of all public plans; no query. ``releases``: the latest of each plan, by its id."""
    with translation.override(settings.LANGUAGE_CODE):
        return Node("dcat:Catalog", list(_catalogue(plans, releases)), iri=_address("publishing:data"))


def _catalogue(
    plans: Sequence[ActionPlan], releases: Mapping[int, ReleaseFacts]
) -> Iterator[tuple[str, Value]]:
    yield "dct:title", _words(_("Datos abiertos de los planes de acción"))
    yield (
        "dct:description",
        _words(_("Planes, compromisos, hitos, evidencias, cambios y cobertura de la formación.")),
    )
    yield "dct:publisher", _agent(settings.WAGTAIL_SITE_NAME, settings.SITE_URL + "/")
    yield "dct:license", LICENCE
    yield "dct:language", _thing("dct:LinguisticSystem", SPANISH)
    yield "foaf:homepage", _thing("foaf:Document", _address("publishing:data"))
    yield "dcat:themeTaxonomy", THEMES
    if plans:
        yield "dct:issued", _instant(min(plan.installed_at for plan in plans))
        yield "dct:modified", _instant(max(_modified(plan, releases.get(plan.pk)) for plan in plans))
    datasets = [(plan, table) for plan in plans for table in TABLES.values()]
    for plan, table in datasets:
        yield "dcat:dataset", _dataset(plan, table, releases.get(plan.pk))
    yield "dcat:service", _service(datasets)


def _dataset(plan: ActionPlan, table: Table, facts: ReleaseFacts | None) -> Node:
    page = _address("publishing:plan_data", plan.code)
    found: list[tuple[str, Value]] = [
        ("dct:identifier", Text(f"{plan.code}/{table.name}")),
        ("dct:title", _words(f"{table.title}. {plan.title}")),
        ("dct:description", _words(str(table.text))),
        ("dct:publisher", _agent(publisher_of(plan), settings.SITE_URL + f"/plan/{plan.code}/#responsable")),
        ("dcat:contactPoint", _contact(plan, page)),
        ("dcat:theme", GOVERNMENT),
        *(("dcat:keyword", _words(word)) for word in (_("gobierno abierto"), _("plan de acción"))),
        ("dct:language", _thing("dct:LinguisticSystem", SPANISH)),
        ("dct:license", LICENCE),
        ("dct:issued", _instant(plan.installed_at)),
        ("dct:modified", _instant(_modified(plan, facts))),
        ("dct:accrualPeriodicity", _thing("dct:Frequency", CLOSED if _is_closed(plan) else DAILY)),
        ("dct:spatial", _place(plan)),
        ("dcat:landingPage", _thing("foaf:Document", page)),
    ]
    if plan.starts_on or plan.ends_on:
        found.append(("dct:temporal", _period(plan.starts_on, plan.ends_on)))
    if facts is not None:
        found.append(("dcat:version", Text(str(facts.release.number))))
    found += [("dcat:distribution", _distribution(plan, table, suffix, facts)) for suffix in SUFFIXES]
    return Node("dcat:Dataset", found, iri=_dataset_iri(plan, table))


def _distribution(plan: ActionPlan, table: Table, suffix: str, facts: ReleaseFacts | None) -> Node:
    """The file of the latest version, whose bytes do not change; without one, the file as it is now."""
    name = f"{table.name}.{suffix}"
    now = _address("publishing:plan_file", plan.code, table.name, suffix)
    file = facts.files.get(name) if facts else None
    found: list[tuple[str, Value]] = [
        ("dct:title", _words(name)),
        ("dct:description", _words(str(table.text))),
        ("dcatap:availability", STABLE),
        ("dcat:accessURL", _thing("foaf:Document", now)),
        ("dcat:downloadURL", _thing("foaf:Document", file.url if file else now)),
        ("dcat:mediaType", _thing("dct:MediaType", MEDIA_TYPES[suffix])),
        ("dct:format", _thing("dct:MediaTypeOrExtent", FORMATS[suffix])),
        ("dct:license", LICENCE),
        ("dct:modified", _instant(_modified(plan, facts))),
    ]
    if suffix == "csv":
        schema = _address("publishing:datapackage", plan.code)
        found.append(("dct:conformsTo", _thing("dct:Standard", schema)))
    if file is not None:
        found += _sum(file)
    return Node("dcat:Distribution", found, iri=f"{_dataset_iri(plan, table)}-{suffix}")


def _sum(file: FileFacts) -> Properties:
    checksum = Node(
        "spdx:Checksum",
        (
            (
                "spdx:algorithm",
                _thing("spdx:ChecksumAlgorithm", f"{PREFIXES['spdx']}checksumAlgorithm_sha256"),
            ),
            ("spdx:checksumValue", Text(file.sha256, datatype="xsd:hexBinary")),
        ),
    )
    size = Text(str(file.size), datatype="xsd:nonNegativeInteger")
    return [("dcat:byteSize", size), ("spdx:checksum", checksum)]


def _service(datasets: Sequence[tuple[ActionPlan, Table]]) -> Node:
    api = f"{settings.SITE_URL}/api/v1/plan/"
    found: list[tuple[str, Value]] = [
        ("dct:title", _words(_("API pública de los planes"))),
        ("dcat:endpointURL", Ref(api)),
        ("dcat:endpointDescription", Ref(f"{api}openapi.json")),
        ("dct:license", LICENCE),
    ]
    found += [("dcat:servesDataset", Ref(_dataset_iri(plan, table))) for plan, table in datasets]
    return Node("dcat:DataService", found, iri=f"{api}#servicio")


def _contact(plan: ActionPlan, page: str) -> Node:
    named = (("vcard:fn", Text(publisher_of(plan))), ("vcard:hasURL", Ref(page)))
    return Node("vcard:Kind", named)


def _place(plan: ActionPlan) -> Node:
    """The country; within it, the institution whose plan it is."""
    name = f"{plan.institution.name}, {plan.country}" if plan.institution else plan.country
    iri = "" if plan.institution else COUNTRIES.get(plan.country, "")
    return Node("dct:Location", (("skos:prefLabel", _words(name)),), iri=iri)


def _period(start: date | None, end: date | None) -> Node:
    ends = (("dcat:startDate", start), ("dcat:endDate", end))
    return Node(
        "dct:PeriodOfTime",
        [(term, Text(day.isoformat(), datatype="xsd:date")) for term, day in ends if day],
    )


def _agent(name: str, iri: str) -> Node:
    return Node("foaf:Agent", (("foaf:name", _words(name)),), iri=iri)


def _thing(kind: str, iri: str) -> Node:
    """Something named elsewhere, with its class: validators ask for it."""
    return Node(kind, (), iri=iri)


def _words(text: str) -> Text:
    return Text(text, language=LANGUAGE)


def _instant(at: datetime) -> Text:
    return Text(at.isoformat(timespec="seconds"), datatype="xsd:dateTime")


def _modified(plan: ActionPlan, facts: ReleaseFacts | None) -> datetime:
    return facts.release.made_at if facts else plan.installed_at


def _is_closed(plan: ActionPlan) -> bool:
    return plan.status == ActionPlan.Status.CLOSED


def _dataset_iri(plan: ActionPlan, table: Table) -> str:
    return f"{_address('publishing:plan_data', plan.code)}#{table.name}"


def _address(name: str, *args: object) -> str:
    return settings.SITE_URL + reverse(name, args=args)
