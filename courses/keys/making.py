"""Keys made of words, and the next free one."""

from collections.abc import Container, Iterator

from django.utils.text import slugify

LONGEST = 60
LONGEST_MADE = 40


def make_key(text: str, longest: int = LONGEST_MADE, default: str = "pregunta") -> str:
    """A key out of words, cut between them: ``llega-un-regalo-de-un-proveedor``.

    ``default``: where the words have neither letter nor figure.
    """
    words = slugify(text).replace("_", "-").strip("-")
    if len(words) > longest:
        cut = words[: longest + 1].rpartition("-")[0] or words[:longest]
        words = cut.strip("-")
    return words or default


def own_key(text: str) -> str:
    """A key of the file as we write keys; the same text gives the same key."""
    return make_key(text, LONGEST)


def following_keys(key: str, longest: int = LONGEST) -> Iterator[str]:
    """The key, then ``key-2``, ``key-3`` and so on."""
    yield key
    number = 1
    while True:
        number += 1
        ending = f"-{number}"
        yield key[: longest - len(ending)].strip("-") + ending


def free_key(wanted: str, taken: Container[str], longest: int = LONGEST) -> str:
    """The wanted key, or the next after it that is not taken."""
    return next(key for key in following_keys(wanted, longest) if key not in taken)
