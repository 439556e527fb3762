"""Statements for the screens to show."""

import json
import uuid
from datetime import datetime
from typing import Any

from django.conf import settings

from lms.people.models import Person
from lms.people.services.pseudonyms import ensure_pseudonym
from lms.xapi.models import Credential, Statement
from lms.xapi.platform import current_platform
from lms.xapi.rules.speakers import Speaker, platform_speaker
from lms.xapi.selectors.credentials import speaker_of
from lms.xapi.services.credentials import Issued, issue_credential
from lms.xapi.services.storing import prepare_statement, receive_statements
from lms.xapi.vocabulary import COMPLETED

COURSE: dict[str, Any] = {
    "id": "https://otro.example/curso",
    "definition": {"name": {"en": "Dignity", "es": "Trato digno"}},
}
ACCOUNT: dict[str, Any] = {
    "account": {"homePage": "https://otro.example", "name": "u-8841"},
    "name": "Ana Rojas",
}


def program(*, at: datetime, name: str = "Intranet", scopes: tuple[str, ...] = ("all",)) -> Issued:
    return issue_credential(name=name, scopes=scopes, key=settings.SECRET_KEY, at=at)


def speaker(credential: Credential) -> Speaker:
    return speaker_of(credential, base_iri=current_platform().base_iri)


def ours() -> Speaker:
    return platform_speaker(current_platform().base_iri)


def agent(person: Person, context: str = "employee") -> dict[str, Any]:
    """The account that stands for a person in statements."""
    platform = current_platform()
    home = "funcionarias" if context == "employee" else "ciudadania"
    name = ensure_pseudonym(person=person, context=context, key=platform.pseudonym_key)
    return {"account": {"homePage": f"{platform.base_iri}/personas/{home}", "name": name}}


def pseudonym(person: Person) -> str:
    name: str = agent(person)["account"]["name"]
    return name


def say(by: Speaker, **said: Any) -> uuid.UUID:
    """Store one statement; what it does not say is that somebody completed a course. Its id."""
    whole = {"actor": ACCOUNT, "verb": {"id": COMPLETED.iri}, "object": COURSE} | said
    return say_raw(by, json.dumps(whole).encode())


def say_raw(by: Speaker, text: bytes) -> uuid.UUID:
    prepared = prepare_statement(text, speaker=by, version="1.0.3")
    receive_statements(statements=[prepared], speaker=by)
    return prepared.id


def void(by: Speaker, target: uuid.UUID) -> uuid.UUID:
    verb = {"id": "http://adlnet.gov/expapi/verbs/voided"}
    return say(by, verb=verb, object={"objectType": "StatementRef", "id": str(target)})


def stored_of(statement_id: uuid.UUID) -> datetime:
    return Statement.objects.get(id=statement_id).stored
