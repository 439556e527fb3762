"""Keys and codes: what records rest on, made of words so that no author has to think one up."""

from courses.keys.making import following_keys, free_key, make_key, own_key

__all__ = ["following_keys", "free_key", "make_key", "own_key"]
