"""The languages of courses. One is written in, the source; the others are its translations.

A course has the same keys, rules and records in all of them: only its words differ.
"""

from django.conf import settings
from django.utils.translation import get_language


def source_language() -> str:
    """The code of the language in which courses are written."""
    return str(settings.LANGUAGE_CODE)


def translation_languages() -> list[str]:
    """The codes of the languages into which courses are translated."""
    return [code for code, _name in settings.LANGUAGES if code != source_language()]


def reading_language() -> str:
    """The code of the language in which whoever asks reads. For screens; below them it is passed."""
    code = get_language() or source_language()
    return code if code in dict(settings.LANGUAGES) else source_language()


def preferred(*, language: str) -> list[str]:
    """The languages to look for, the best first: the one asked for, then the source."""
    return list(dict.fromkeys((language, source_language())))
