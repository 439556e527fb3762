"""What the record needs to know of this installation. Read by screens, passed down as a value."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Platform:
    """``base_iri`` starts every activity address; ``pseudonym_key`` keys the account names."""

    base_iri: str
    pseudonym_key: str


def current_platform() -> Platform:
    """The platform of the settings; for screens, tasks and commands."""
    return Platform(base_iri=settings.SITE_URL, pseudonym_key=settings.PSEUDONYM_KEY)


def credential_keys() -> tuple[str, ...]:
    """The keys of secrets of credentials: today's, and older ones while they are being replaced."""
    return (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))


def private_targets_allowed() -> bool:
    """May statements be forwarded to addresses of the inner network?"""
    allowed: bool = settings.XAPI_FORWARD_PRIVATE
    return allowed
