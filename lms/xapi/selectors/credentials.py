"""Recognising who speaks."""

import hmac
from collections.abc import Sequence
from datetime import datetime

from lms.xapi.models import Credential
from lms.xapi.rules.credentials import hash_secret, parse_basic
from lms.xapi.rules.keys import identify
from lms.xapi.rules.shapes import read_actor
from lms.xapi.rules.speakers import CREDENTIAL_PREFIX, Speaker, authority_of


def find_speaker(*, header: str, keys: Sequence[str], base_iri: str, at: datetime) -> Speaker | None:
    """Who sends this ``Authorization`` header; None where it is nobody, expired or revoked. One query.

    Args:
        keys: the installation's secret key, then older ones still accepted.
    """
    given = parse_basic(header)
    if given is None:
        return None
    credential = Credential.objects.filter(key=given[0], revoked_at=None).first()
    expected = credential.secret_hash if credential else ""
    # The same work for an unknown key as for a known one.
    if not any(hmac.compare_digest(hash_secret(given[1], key=key), expected) for key in keys):
        return None
    assert credential is not None
    if credential.expires_at is not None and credential.expires_at <= at:
        return None
    return speaker_of(credential, base_iri=base_iri)


def speaker_of(credential: Credential, *, base_iri: str) -> Speaker:
    """What a credential may say, and as whom."""
    actor = read_actor(credential.actor) if credential.actor else None
    return Speaker(
        name=credential.name,
        authority=authority_of(base_iri=base_iri, account=f"{CREDENTIAL_PREFIX}{credential.authority_id}"),
        scopes=frozenset(credential.scopes),
        actor=identify(actor) if actor else None,
        registration=credential.registration,
        activity_prefix=credential.activity_prefix,
        verbs=frozenset(credential.verbs),
    )
