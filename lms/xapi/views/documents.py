"""``/xapi/activities/state``, ``/xapi/activities/profile``, ``/xapi/agents/profile`` (2.3, 2.6, 2.7)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import http_date

from lms.lib import clock
from lms.xapi.models import Document, Scope
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import is_iri, parse_instant, parse_uuid
from lms.xapi.rules.keys import identify
from lms.xapi.rules.speakers import Speaker, covers
from lms.xapi.rules.statements import check_agent
from lms.xapi.services.documents import (
    DocumentKey,
    DocumentPlace,
    Preconditions,
    delete_document,
    delete_documents,
    post_document,
    put_document,
)
from lms.xapi.views.calls import Call, HttpError
from lms.xapi.views.endpoint import resource

LAUNCH_DATA = "LMS.LaunchData"
"""The state document that only the platform writes (cmi5 10.0)."""
Resource = Document.Resource


@dataclass(frozen=True)
class Kind:
    """One of the three resources: its parameters, its scope, and the name of a document's id."""

    resource: str
    scope: str
    id_name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()
    deletes_all: bool = False


STATE = Kind(
    Resource.STATE, Scope.STATE, "stateId", ("activityId", "agent"), ("registration",), deletes_all=True
)
ACTIVITY_PROFILE = Kind(Resource.ACTIVITY_PROFILE, Scope.PROFILE, "profileId", ("activityId",))
AGENT_PROFILE = Kind(Resource.AGENT_PROFILE, Scope.PROFILE, "profileId", ("agent",))


def _where(call: Call, kind: Kind, *, writes: bool) -> dict[str, str]:
    """The parameters that say whose document it is, checked and normalised."""
    extra = () if writes else ("since",)
    call.allow_only(kind.id_name, *kind.required, *kind.optional, *extra)
    found: dict[str, str] = {}
    if "activityId" in kind.required:
        found["activity"] = call.need("activityId")
        if not is_iri(found["activity"]):
            raise HttpError(400, "activityId debe ser un IRI.", "activityId")
    if "agent" in kind.required:
        found["agent"] = _agent(call)
    if "registration" in call.params:
        try:
            found["registration"] = str(parse_uuid(call.params["registration"]))
        except InvalidValueError as error:
            raise HttpError(400, f"registration: {error.reason}", "registration") from None
    _check_bounds(call.speaker, kind, found, name=call.params.get(kind.id_name), writes=writes)
    return found


def _agent(call: Call) -> str:
    try:
        found = identify(check_agent(call.need("agent").encode()))
    except InvalidValueError as error:
        raise HttpError(400, f"agent: {error}", "agent") from None
    if found is None:
        raise HttpError(400, "agent debe tener un identificador.", "agent")
    return found


def _check_bounds(
    speaker: Speaker, kind: Kind, found: dict[str, str], *, name: str | None, writes: bool
) -> None:
    """A launch reads and writes the state of its learner, activity and registration; reads profiles."""
    if not speaker.is_launch:
        if not speaker.may(kind.scope):
            raise HttpError(403, f"Esta credencial no tiene el permiso {kind.scope}.")
        return
    outside = (
        ("agent" in found and found["agent"] != speaker.actor)
        or ("activity" in found and not covers(speaker, found["activity"]))
        or (
            kind.resource == Resource.STATE
            and UUID(found.get("registration", str(UUID(int=0)))) != speaker.registration
        )
    )
    if outside:
        raise HttpError(403, "Eso no pertenece a esta sesión.")
    if writes and (kind.resource != Resource.STATE or name in (None, LAUNCH_DATA)):
        raise HttpError(403, "Una sesión no escribe eso.")


def _place(kind: Kind, found: dict[str, str]) -> DocumentPlace:
    return DocumentPlace(
        resource=str(kind.resource), activity=found.get("activity", ""), agent=found.get("agent", "")
    )


def _key(call: Call, kind: Kind, found: dict[str, str]) -> DocumentKey:
    return DocumentKey(_place(kind, found), call.need(kind.id_name), found.get("registration", ""))


def _conditions(call: Call, kind: Kind) -> Preconditions:
    state = kind.resource == Resource.STATE
    return Preconditions(
        if_match=call.if_match,
        if_none_match=call.if_none_match,
        put_overwrites=state and not call.newer,
        needs_header=not state and not call.newer,
    )


def _write(kind: Kind, write: Callable[..., None]) -> Callable[[Call], HttpResponseBase]:
    def handler(call: Call) -> HttpResponseBase:
        found = _where(call, kind, writes=True)
        key = _key(call, kind, found)
        content_type = call.content_type.strip() or "application/octet-stream"
        write(
            key=key,
            content=call.body(limit=settings.XAPI_MAX_DOCUMENT),
            content_type=content_type,
            conditions=_conditions(call, kind),
            at=clock.now(),
        )
        return HttpResponse(status=204)

    return handler


def _get(kind: Kind) -> Callable[[Call], HttpResponseBase]:
    def handler(call: Call) -> HttpResponseBase:
        found = _where(call, kind, writes=False)
        if kind.id_name not in call.params:
            return _list(call, _of(kind, found))
        if "since" in call.params:
            raise HttpError(400, f"since no se combina con {kind.id_name}.", "since")
        document = Document.objects.filter(key=_key(call, kind, found).digest).first()
        if document is None:
            raise HttpError(404, "No hay un documento con ese id.")
        response = HttpResponse(bytes(document.content), content_type=document.content_type)
        response["ETag"] = f'"{document.etag}"'
        response["Last-Modified"] = http_date(document.updated_at.timestamp())
        # Whatever a program stored, it is never run here.
        response["Content-Security-Policy"] = "sandbox; default-src 'none'"
        response["Content-Disposition"] = "attachment"
        return response

    return handler


def _list(call: Call, documents: QuerySet[Document]) -> HttpResponse:
    if "since" in call.params:
        documents = documents.filter(updated_at__gt=_since(call))
    rows = list(documents.order_by("name", "pk").values_list("name", "updated_at"))
    names = list(dict.fromkeys(name for name, _at in rows))
    response = HttpResponse(msgspec.json.encode(names), content_type="application/json")
    if rows:
        response["Last-Modified"] = http_date(max(at for _name, at in rows).timestamp())
    return response


def _since(call: Call) -> datetime:
    try:
        return parse_instant(call.params["since"])
    except InvalidValueError as error:
        raise HttpError(400, f"since: {error.reason}", "since") from None


def _of(kind: Kind, found: dict[str, str]) -> QuerySet[Document]:
    """All of a place; of one registration where the request names one."""
    documents = Document.objects.filter(place=_place(kind, found).digest)
    if "registration" in found:
        documents = documents.filter(registration=found["registration"])
    return documents


def _delete(kind: Kind) -> Callable[[Call], HttpResponseBase]:
    def handler(call: Call) -> HttpResponseBase:
        found = _where(call, kind, writes=True)
        if kind.deletes_all and kind.id_name not in call.params:
            delete_documents(documents=_of(kind, found))
        else:
            delete_document(key=_key(call, kind, found), conditions=_conditions(call, kind))
        return HttpResponse(status=204)

    return handler


def _document_resource(kind: Kind) -> Any:
    return resource(
        {
            "GET": _get(kind),
            "PUT": _write(kind, put_document),
            "POST": _write(kind, post_document),
            "DELETE": _delete(kind),
        }
    )


state = _document_resource(STATE)
activity_profile = _document_resource(ACTIVITY_PROFILE)
agent_profile = _document_resource(AGENT_PROFILE)
