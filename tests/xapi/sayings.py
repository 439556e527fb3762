"""Short statements, and putting them into the record as the platform or as somebody else."""

import json
import uuid
from typing import Any

from lms.xapi import models
from lms.xapi.models import Statement
from lms.xapi.platform import current_platform
from lms.xapi.rules.speakers import ALL, Speaker, authority_of, platform_speaker
from lms.xapi.services.activities import forget_activities
from lms.xapi.services.storing import prepare_statement, receive_statements

EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
ANSWERED = "http://adlnet.gov/expapi/verbs/answered"
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
ACTIVITY = "https://otro.example/actividad/1"
OTHER: dict[str, Any] = {"mbox": "mailto:otra@otro.example"}


def learner(name: str = "ana", kind: str = "funcionarias") -> dict[str, Any]:
    """The account of one of our learners, as statements name them."""
    return {"account": {"homePage": f"{current_platform().base_iri}/personas/{kind}", "name": name}}


def saying(
    *, actor: dict[str, Any] | None = None, verb: str = EXPERIENCED, activity: str = ACTIVITY, **more: Any
) -> dict[str, Any]:
    """A small statement with an id."""
    return {
        "id": str(uuid.uuid4()),
        "actor": actor or learner(),
        "verb": {"id": verb},
        "object": {"id": activity},
        **more,
    }


def voiding(statement_id: str, **more: Any) -> dict[str, Any]:
    return saying(verb=VOIDED, object={"objectType": "StatementRef", "id": statement_id}, **more)


def ours() -> Speaker:
    return platform_speaker(current_platform().base_iri)


def stranger(account: str = "credencial-ajena") -> Speaker:
    """A program that may say everything that others may."""
    authority = authority_of(base_iri=current_platform().base_iri, account=account)
    return Speaker(name="Ajena", authority=authority, scopes=frozenset({ALL}))


def say(*statements: dict[str, Any] | bytes, speaker: Speaker | None = None) -> list[str]:
    """Store them together; their ids."""
    speaker = speaker or ours()
    prepared = [
        prepare_statement(
            said if isinstance(said, bytes) else json.dumps(said).encode(), speaker=speaker, version="1.0.3"
        )
        for said in statements
    ]
    receive_statements(statements=prepared, speaker=speaker)
    return [str(found.id) for found in prepared]


def say_some(count: int, **more: Any) -> list[str]:
    """So many short statements of the platform, one after the other."""
    return say(*[saying(**more) for _ in range(count)])


def kept(statement_id: str) -> dict[str, Any]:
    """The statement as it is in the record."""
    return Statement.objects.get(id=statement_id).raw


def empty_record() -> None:
    """Delete every row of the record, as in another installation."""
    for name in models.__all__:
        if hasattr(getattr(models, name), "objects"):
            getattr(models, name).objects.all().delete()
    forget_activities()
