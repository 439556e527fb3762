"""Building our own statements with tincan: one actor form, one context form, one way."""

import hmac
import uuid
from datetime import datetime
from typing import Any

from tincan import (
    Activity,
    ActivityDefinition,
    ActivityList,
    Agent,
    AgentAccount,
    Context,
    ContextActivities,
    Extensions,
    LanguageMap,
    Result,
    Score,
    Statement,
    Verb,
)

from lms.xapi.platform import Platform
from lms.xapi.vocabulary import Word

VERSION = "1.0.3"
NAMESPACE = uuid.UUID("7d1d5bd2-6b0b-4f2c-9b5e-0e6c6b6f2a51")
"""Statement ids are made of the fact they state: a fact stated twice is one statement."""


def statement_id(*parts: object, platform: Platform) -> uuid.UUID:
    """The id of the statement of a fact, from the fact's own key.

    Keyed: whoever knows a registration could otherwise take the ids of what is to be stated of it.
    """
    fact = "|".join(str(part) for part in parts)
    digest = hmac.digest(platform.pseudonym_key.encode(), f"declaración|{fact}".encode(), "sha256")
    return uuid.uuid5(NAMESPACE, digest.hex())


def account(*, platform: Platform, context: str, name: str) -> Agent:
    """The actor: an opaque account, never a name, an e-mail address or a RUN."""
    return Agent(account=AgentAccount(home_page=account_home(platform=platform, context=context), name=name))


def account_home(*, platform: Platform, context: str) -> str:
    """The home page of the accounts of a context: employees and citizens are kept apart."""
    return accounts_home(platform.base_iri) + ("funcionarias" if context == "employee" else "ciudadania")


def accounts_home(base_iri: str) -> str:
    """How the home pages of all accounts of our people begin."""
    return f"{base_iri}/personas/"


def verb(word: Word) -> Verb:
    return Verb(id=word.iri, display=LanguageMap({"es": word.es, "en-US": word.en}))


def activity(*, iri: str, kind: str, name: str = "", **definition: Any) -> Activity:
    """An activity with its type and Spanish name; ``definition`` adds interaction properties."""
    return Activity(
        id=iri,
        definition=ActivityDefinition(
            type=kind, name=LanguageMap({"es": name}) if name else None, **definition
        ),
    )


def score(*, raw: float, maximum: float) -> Score:
    """A score from 0 to ``maximum``, scaled as well."""
    return Score(raw=raw, min=0, max=maximum, scaled=round(raw / maximum, 4) if maximum else 0)


def build_statement(
    *,
    id: uuid.UUID,
    actor: Agent,
    verb: Verb,
    object: Activity,
    at: datetime,
    registration: uuid.UUID | None = None,
    parent: Activity | None = None,
    result: Result | None = None,
    extensions: dict[str, Any] | None = None,
) -> Statement:
    """A statement of this platform, in Spanish, with its context."""
    return Statement(
        id=id,
        actor=actor,
        verb=verb,
        object=object,
        timestamp=at,
        result=result,
        version=VERSION,
        context=Context(
            registration=registration,
            language="es-CL",
            # Only where the object is an activity (xAPI-Data 2.4.6).
            platform="Aula Abierta" if isinstance(object, Activity) else None,
            context_activities=ContextActivities(parent=ActivityList([parent])) if parent else None,
            extensions=Extensions(extensions) if extensions else None,
        ),
    )
