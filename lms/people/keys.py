"""The secret keys of this installation. Read by screens, passed down as a value."""

from django.conf import settings


def secret_keys() -> list[str]:
    """Today's key first, then former ones, by which what they made is still recognised."""
    return [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
