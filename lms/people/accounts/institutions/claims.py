"""What we keep of an institution's word about somebody."""

from typing import Any

from allauth.account.internal.emailkit import valid_email_or_none
from django.conf import settings

from lms.lib.run import InvalidRunError
from lms.lib.tokens import keyed_hash
from lms.people.accounts.openid.asking import text_of, tidy_name
from lms.people.services.identities import Identity, RunMark

UID_PURPOSE = "openid"


def join_claims(claims: dict[str, Any], profile: dict[str, Any]) -> dict[str, Any]:
    """The profile says more; an address of the one never goes with the verification of the other."""
    if "email" in profile:
        claims = {name: value for name, value in claims.items() if name not in ("email", "email_verified")}
    return {**claims, **profile}


def to_identity(*, claims: dict[str, Any], app: Any) -> Identity:
    """What we keep of the claims. ``sub`` may be a RUN, so that only its keyed hash is kept.

    Raises:
        ProviderAnswerError: no ``sub``.
    """
    subject = text_of(claims, "sub")
    return Identity(
        provider=app.provider_id,
        uid=keyed_hash(f"{app.provider_id}:{subject}", purpose=UID_PURPOSE, key=settings.RUN_KEY),
        given_names=_name(claims, "given_name") or _name(claims, "name"),
        family_names=_name(claims, "family_name"),
        email=_proved_email(claims, app.settings["domains"]),
        run=_run(claims, app.settings["run_claim"]),
        institution_code=app.settings["institution"],
    )


def _name(claims: dict[str, Any], name: str) -> str:
    value = claims.get(name)
    return tidy_name(value) if isinstance(value, str) else ""


def _proved_email(claims: dict[str, Any], domains: list[str]) -> str:
    """Only what the provider itself has verified, in a domain for which it may speak."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return ""
    email = (valid_email_or_none(email) or "").lower()
    return email if email and ("*" in domains or email.rpartition("@")[2] in domains) else ""


def _run(claims: dict[str, Any], name: str) -> RunMark | None:
    if not name or not isinstance(claims.get(name), str):
        return None
    try:
        return RunMark.of(claims[name], key=settings.RUN_KEY)
    except InvalidRunError:
        return None
