"""When two titles are the same one. Pure."""

from lms.lib.words import plain_words


def plain_title(title: str) -> str:
    """Without accents, capitals, punctuation and spaces too many; as it is where nothing would be left."""
    return plain_words(title) or title.strip()
