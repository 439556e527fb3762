"""Credentials: made, rotated, revoked; recognised in microseconds."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from lms.xapi.models import Credential, Scope
from lms.xapi.rules.credentials import LAUNCH_PREFIX, hash_secret
from lms.xapi.rules.errors import InvalidValueError
from lms.xapi.rules.statements import check_agent


@dataclass(frozen=True)
class Issued:
    """A credential and its secret, which is shown once and kept nowhere."""

    credential: Credential
    secret: str


def issue_credential(*, name: str, scopes: Sequence[str], key: str, at: datetime) -> Issued:
    """A credential for another program.

    Args:
        key: the installation's secret key.

    Raises:
        InvalidValueError: no name, no scope, or one that does not exist.
    """
    _check_scopes(name, scopes)
    secret = secrets.token_urlsafe(32)
    credential = Credential.objects.create(
        key=secrets.token_hex(12),
        secret_hash=hash_secret(secret, key=key),
        name=name.strip(),
        scopes=sorted(set(scopes)),
        created_at=at,
    )
    return Issued(credential, secret)


def issue_launch(
    *,
    actor: dict[str, Any],
    registration: UUID,
    activity_prefix: str,
    verbs: Sequence[str],
    expires_at: datetime,
    key: str,
    at: datetime,
    name: str = "",
) -> Issued:
    """A credential for one launch of a package: this learner, this registration, these activities.

    Args:
        actor: the learner's Agent, as in statements.
        activity_prefix: the activity and what lies below it.
        verbs: IRIs it may say.

    Raises:
        InvalidValueError: not an Agent, or it has expired already.
    """
    shape = check_agent(msgspec.json.encode(actor))
    if shape.objectType == "Group":
        raise InvalidValueError("debe ser un Agent", ".actor")
    if expires_at <= at:
        raise InvalidValueError("vence antes de empezar", ".expires_at")
    secret = secrets.token_urlsafe(32)
    credential = Credential.objects.create(
        key=f"{LAUNCH_PREFIX}{secrets.token_hex(12)}",
        secret_hash=hash_secret(secret, key=key),
        name=name or activity_prefix[:100],
        scopes=[Scope.STATEMENTS_WRITE, Scope.STATEMENTS_READ_MINE, Scope.STATE],
        actor=actor,
        registration=registration,
        activity_prefix=activity_prefix,
        verbs=sorted(set(verbs)),
        expires_at=expires_at,
        created_at=at,
    )
    return Issued(credential, secret)


@transaction.atomic
def rotate_credential(*, credential_id: int, key: str, at: datetime) -> Issued:
    """A new secret; the old one stops working at once.

    Raises:
        Credential.DoesNotExist: no such credential in force.
    """
    credential = Credential.objects.select_for_update().get(pk=credential_id, revoked_at=None)
    secret = secrets.token_urlsafe(32)
    credential.secret_hash = hash_secret(secret, key=key)
    credential.rotated_at = at
    credential.save(update_fields=["secret_hash", "rotated_at"])
    return Issued(credential, secret)


def revoke_credential(*, credential_id: int, at: datetime) -> None:
    """It stops working at once; its statements stay. Twice is as once."""
    Credential.objects.filter(pk=credential_id, revoked_at=None).update(revoked_at=at)


def _check_scopes(name: str, scopes: Sequence[str]) -> None:
    if not name.strip():
        raise InvalidValueError("falta el nombre", ".name")
    if not scopes:
        raise InvalidValueError("falta al menos un permiso", ".scopes")
    unknown = set(scopes) - set(Scope.values)
    if unknown:
        raise InvalidValueError(f"el permiso «{sorted(unknown)[0]}» no existe", ".scopes")
