"""The parameters of ``GET /xapi/statements``, read strictly (xAPI-Communication 2.1.3)."""

import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.conf import settings

from lms.xapi.models import Scope
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.formats import is_iri, parse_instant, parse_uuid
from lms.xapi.rules.keys import identify
from lms.xapi.rules.statements import check_agent
from lms.xapi.selectors.finding import StatementFilter
from lms.xapi.views.calls import Call, HttpError

_WHOLE = re.compile(r"-?[0-9]{1,19}").fullmatch


def read_filter(call: Call) -> StatementFilter:
    """What is asked for; of a speaker that reads only its own, its own.

    Raises:
        HttpError: 400, a value that the parameter cannot have.
    """
    params = call.params
    agent = None
    if "agent" in params:
        try:
            agent = identify(check_agent(params["agent"].encode()))
        except InvalidValueError as error:
            raise HttpError(400, f"agent: {error}", "agent") from None
        if agent is None:
            raise HttpError(400, "agent debe tener un identificador.", "agent")
    wanted = StatementFilter(
        agent=agent,
        verb=_iri(call, "verb"),
        activity=_iri(call, "activity"),
        registration=str(read_uuid(call, "registration")) if "registration" in params else None,
        related_agents=read_flag(call, "related_agents"),
        related_activities=read_flag(call, "related_activities"),
        since=_instant(call, "since"),
        until=_instant(call, "until"),
        ascending=read_flag(call, "ascending"),
        after=_cursor(call),
    )
    if call.speaker.may(Scope.STATEMENTS_READ):
        return wanted
    return replace(wanted, authority=call.speaker.key)


def read_limit(call: Call) -> int:
    """How many; 0 or none is the most that this server gives.

    Raises:
        HttpError: 400.
    """
    text = call.params.get("limit", "0")
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise HttpError(400, "limit debe ser un número entero, 0 o mayor.", "limit")
    return min(int(text) or settings.XAPI_MAX_RESULTS, settings.XAPI_MAX_RESULTS)


def _cursor(call: Call) -> int | None:
    text = call.params.get("cursor")
    if text is None:
        return None
    if not _WHOLE(text) or not -(2**63) <= int(text) < 2**63:
        raise HttpError(400, "cursor no es de este servidor.", "cursor")
    return int(text)


def read_flag(call: Call, name: str) -> bool:
    """A boolean parameter; false where it is absent.

    Raises:
        HttpError: 400.
    """
    text = call.params.get(name, "false").lower()  # tincan says True
    if text not in ("true", "false"):
        raise HttpError(400, f"{name} debe ser true o false.", name)
    return text == "true"


def _iri(call: Call, name: str) -> str | None:
    text = call.params.get(name)
    if text is not None and not is_iri(text):
        raise HttpError(400, f"{name} debe ser un IRI.", name)
    return text


def read_uuid(call: Call, name: str) -> UUID:
    """A parameter that must be there and be a UUID.

    Raises:
        HttpError: 400.
    """
    try:
        return parse_uuid(call.need(name))
    except InvalidValueError as error:
        raise HttpError(400, f"{name}: {error.reason}", name) from None


def _instant(call: Call, name: str) -> datetime | None:
    if name not in call.params:
        return None
    try:
        return parse_instant(call.params[name])
    except InvalidValueError as error:
        raise HttpError(400, f"{name}: {error.reason}", name) from None
