"""How secrets of tokens look, and what is kept of them."""

from lms.lib.tokens import keyed_hash, new_token

PREFIX = "aula_"
"""How every token begins, so that programs which look for leaked secrets know it."""
LONGEST_HEADER = 200
_PURPOSE = "api"


def new_secret() -> str:
    """256 random bits after the prefix."""
    return f"{PREFIX}{new_token()}"


def hash_secret(secret: str, *, key: str) -> str:
    """A keyed hash. With so many random bits a slow hash would add nothing."""
    return keyed_hash(secret, purpose=_PURPOSE, key=key)


def read_bearer(header: str) -> str | None:
    """The secret of a Bearer ``Authorization`` header (RFC 6750); None for anything else."""
    scheme, _space, secret = header[:LONGEST_HEADER].strip().partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret.startswith(PREFIX) or not secret.isascii():
        return None
    return secret
