"""Keys and codes: what records rest on, made of words so that no author has to think one up."""

from courses.keys.making import following_keys, free_key, make_key, own_key
from courses.keys.reserved import RESERVED_CODES, RESERVED_KEYS

__all__ = ["RESERVED_CODES", "RESERVED_KEYS", "following_keys", "free_key", "make_key", "own_key"]
