"""Credentials of other programs, and how many launches of packages are open."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from lms.xapi.models import Credential, Scope


@dataclass(frozen=True)
class CredentialLine:
    """A credential in the list, with its scopes in words."""

    credential: Credential
    scopes: list[str]


def list_credentials() -> QuerySet[Credential]:
    """Those of programs, in force first, the newest first. One query when read."""
    revoked_last = F("revoked_at").desc(nulls_first=True)
    return Credential.objects.filter(actor__isnull=True).order_by(revoked_last, "-created_at", "-pk")


def to_line(*, credential: Credential) -> CredentialLine:
    """A credential with its scopes in the order of the form."""
    held = set(credential.scopes)
    return CredentialLine(credential, [str(scope.label) for scope in Scope if scope.value in held])


def find_credential(*, credential_id: int) -> Credential | None:
    """The credential of a program, in force or not; a launch is none. One query."""
    return list_credentials().filter(pk=credential_id).first()


def is_name_taken(*, name: str) -> bool:
    """True while a credential in force has this name, whatever the case. One query."""
    return list_credentials().filter(name__iexact=name, revoked_at=None).exists()


def count_launches(*, at: datetime) -> int:
    """Launches of packages that have not expired. One query."""
    return Credential.objects.filter(actor__isnull=False, revoked_at=None, expires_at__gt=at).count()
