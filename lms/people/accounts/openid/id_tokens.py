"""Believing an ID token (OpenID Connect Core 1.0, section 3.1.3.7). Pure but for the present time."""

import hmac
from typing import Any

import jwt

from lms.people.accounts.openid.asking import ProviderAnswerError

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a private key. Never ``none``, never HS…, whose key could be a public one."""

LEEWAY_SECONDS = 60
REQUIRED = ["iss", "aud", "exp", "iat", "sub", "nonce"]


def read_id_token(
    token: str, *, keys: dict[str, Any], issuer: str, client_id: str, nonce: str
) -> dict[str, Any]:
    """The claims of a token that ``issuer`` signed for ``client_id`` in answer to our ``nonce``, now.

    Raises:
        ProviderAnswerError: anything about it is not as it must be.
    """
    try:
        header = jwt.get_unverified_header(token)
        algorithm = header.get("alg")
        if algorithm not in ALGORITHMS:
            raise ProviderAnswerError("id_token: algorithm")
        claims: dict[str, Any] = jwt.decode(
            token,
            key=_find_key(keys, header.get("kid"), algorithm),
            algorithms=[algorithm],
            issuer=issuer,
            audience=client_id,
            leeway=LEEWAY_SECONDS,
            options={"require": REQUIRED},
        )
    except (jwt.PyJWTError, ValueError, TypeError, KeyError) as error:
        raise ProviderAnswerError(f"id_token: {type(error).__name__}") from None
    _check_party(claims, client_id)
    if not isinstance(claims["nonce"], str) or not hmac.compare_digest(
        claims["nonce"].encode(), nonce.encode()
    ):
        raise ProviderAnswerError("id_token: nonce")
    return claims


def _find_key(keys: dict[str, Any], key_id: str | None, algorithm: str) -> jwt.PyJWK:
    """The signing key of that name; without a name, the only one there is."""
    usable = [key for key in keys["keys"] if key.get("use", "sig") == "sig" and key.get("kty") != "oct"]
    named = [key for key in usable if key.get("kid") == key_id] if key_id is not None else usable
    if len(named) != 1:
        raise ProviderAnswerError("id_token: key")
    if named[0].get("alg", algorithm) != algorithm:
        raise ProviderAnswerError("id_token: algorithm of the key")
    return jwt.PyJWK(named[0], algorithm=algorithm)


def _check_party(claims: dict[str, Any], client_id: str) -> None:
    """A token for several audiences names the one it was given to; if named, it is us."""
    audience = claims["aud"]
    several = isinstance(audience, list) and len(audience) > 1
    if claims.get("azp", None if several else client_id) != client_id:
        raise ProviderAnswerError("id_token: azp")
