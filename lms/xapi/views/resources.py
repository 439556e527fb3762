"""``/xapi/about``, ``/xapi/activities``, ``/xapi/agents`` (xAPI-Communication 2.4, 2.5, 2.8)."""

from typing import Any

import msgspec
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from msgspec import UNSET

from lms.xapi.models import Scope
from lms.xapi.rules.activities import parse_accept_language
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import is_iri
from lms.xapi.rules.keys import identify
from lms.xapi.rules.shapes import IDENTIFIERS
from lms.xapi.rules.speakers import covers
from lms.xapi.rules.statements import check_agent
from lms.xapi.selectors.activities import definitions_of
from lms.xapi.selectors.agents import list_names
from lms.xapi.selectors.formatting import localise_definition
from lms.xapi.views.calls import VERSIONS, Call, HttpError
from lms.xapi.views.endpoint import need_scope, resource

_READERS = (Scope.STATEMENTS_READ, Scope.STATEMENTS_READ_MINE, Scope.PROFILE, Scope.STATE)


def _about(call: Call) -> HttpResponseBase:
    call.allow_only()
    return _json({"version": list(VERSIONS), "extensions": {}})


def _activities(call: Call) -> HttpResponseBase:
    need_scope(call, *_READERS)
    call.allow_only("activityId")
    iri = call.need("activityId")
    if not is_iri(iri):
        raise HttpError(400, "activityId debe ser un IRI.", "activityId")
    if call.speaker.is_launch and not covers(call.speaker, iri):
        raise HttpError(403, "Eso no pertenece a esta sesión.")
    found: dict[str, Any] = {"objectType": "Activity", "id": iri}
    definition = definitions_of(iris=[iri]).get(iri)
    if definition:
        languages = parse_accept_language(call.accept_language)
        found["definition"] = (
            localise_definition(definition, languages=languages) if languages else definition
        )
    return _json(found)


def _agents(call: Call) -> HttpResponseBase:
    """A Person: all that is known of an agent. Different identifiers are never put together here."""
    need_scope(call, *_READERS)
    call.allow_only("agent")
    try:
        actor = check_agent(call.need("agent").encode())
    except InvalidValueError as error:
        raise HttpError(400, f"agent: {error}", "agent") from None
    identifier = identify(actor)
    if identifier is None or actor.objectType == "Group":
        raise HttpError(400, "agent debe ser un Agent con un identificador.", "agent")
    if call.speaker.is_launch and identifier != call.speaker.actor:
        raise HttpError(403, "Eso no pertenece a esta sesión.")
    person: dict[str, Any] = {"objectType": "Person"}
    names = list_names(identifier=identifier) if call.speaker.may(Scope.STATEMENTS_READ) else []
    if actor.name is not UNSET:
        names = list(dict.fromkeys([actor.name, *names]))
    if names:
        person["name"] = names
    for name in IDENTIFIERS:
        value = getattr(actor, name)
        if value is not UNSET:
            person[name] = [value]
    return _json(person)


def _json(value: Any) -> HttpResponse:
    return HttpResponse(msgspec.json.encode(value), content_type="application/json")


about = resource({"GET": _about}, open_to_all=True)
activities = resource({"GET": _activities})
agents = resource({"GET": _agents})
