"""The catalogue for data portals."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from lms.lib.linked_data import Node, as_json_ld, as_rdf_xml
from lms.plan.selectors.open_data import DataFile, write_json
from lms.publishing.selectors.dcat import PREFIXES, build_catalogue
from lms.publishing.selectors.plans import list_public_plans
from lms.publishing.selectors.releases import find_latest_releases
from lms.publishing.views.sending import send_file


@login_not_required
@require_safe
def catalogue_json(request: HttpRequest) -> HttpResponse:
    """As JSON-LD."""
    body = write_json(as_json_ld(_catalogue(), prefixes=PREFIXES))
    return send_file(request, file=DataFile("catalogo.jsonld", "application/ld+json", body), inline=True)


@login_not_required
@require_safe
def catalogue_rdf(request: HttpRequest) -> HttpResponse:
    """As RDF/XML."""
    body = as_rdf_xml(_catalogue(), prefixes=PREFIXES)
    return send_file(request, file=DataFile("catalogo.rdf", "application/rdf+xml", body), inline=True)


def _catalogue() -> Node:
    plans = list_public_plans()
    return build_catalogue(plans=plans, releases=find_latest_releases(plans=plans))
