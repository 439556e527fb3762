"""How often one token may ask: so many times in a minute, counted in the cache."""

from datetime import datetime

from django.core.cache import cache

MINUTE = 60


def count_call(*, token_id: int, limit: int, at: datetime) -> int | None:
    """Count one call; the seconds to wait when there were too many in this minute, else None."""
    second = int(at.timestamp())
    key = f"api:calls:{token_id}:{second // MINUTE}"
    cache.add(key, 0, timeout=2 * MINUTE)
    try:
        calls = cache.incr(key)
    except ValueError:  # the cache dropped it in between
        return None
    return MINUTE - second % MINUTE if calls > limit else None
