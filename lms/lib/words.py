"""Words without what people spell differently."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


def plain_words(text: str) -> str:
    """``"  Calidad  JURÍDICA:"`` → ``"calidad juridica"``: lower case, no accents, single spaces."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text)
        text = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _NOT_WORD.sub(" ", text).strip().casefold()
