"""The interface in English: its catalogue is that of the sources, and what is translated is translated well."""

import re
from functools import cache

import polib
import pytest
from django.conf import settings

from lms.ui.catalogue.finding import find_messages, messages_of_python, messages_of_template
from lms.ui.catalogue.keeping import TwoKindsError, read_catalogue, update_catalogue

PATH = settings.BASE_DIR / "lms" / "locale" / "en" / "LC_MESSAGES" / "django.po"
WHOLE = ("",)
"""Parts that are translated whole: everything."""

PLACES = re.compile(r"%\(\w+\)[a-z]|%%|\{\w+\}|</?\w+|href=\"[^\"]*\"")


@cache
def catalogue() -> polib.POFile:
    return read_catalogue(PATH)


def pairs(entry: polib.POEntry) -> list[tuple[str, str]]:
    if not entry.msgid_plural:
        return [(entry.msgid, entry.msgstr)]
    return [(entry.msgid, entry.msgstr_plural[0]), (entry.msgid_plural, entry.msgstr_plural[1])]


def test_it_is_what_make_messages_writes() -> None:
    assert str(update_catalogue(read_catalogue(PATH), find_messages(settings.BASE_DIR))) == PATH.read_text()


def test_django_reads_what_people_translated() -> None:
    compiled = {entry.msgid: pairs(entry) for entry in polib.mofile(str(PATH.with_suffix(".mo")))}
    assert compiled == {entry.msgid: pairs(entry) for entry in catalogue() if entry.translated()}


def test_a_translation_has_the_places_of_its_original() -> None:
    wrong = [
        text
        for entry in catalogue()
        if entry.translated()
        for original, text in pairs(entry)
        # One of something may be said in a word: «un día».
        if not set(PLACES.findall(text)) <= set(PLACES.findall(original + entry.msgid_plural))
        or (
            (original != entry.msgid or not entry.msgid_plural)
            and sorted(PLACES.findall(text)) != sorted(PLACES.findall(original))
        )
    ]
    assert not wrong


def test_a_plural_has_both_its_forms() -> None:
    assert not [e.msgid for e in catalogue() if any(e.msgstr_plural.values()) and not e.translated()]


def test_what_is_said_to_be_whole_is_whole() -> None:
    missing = [
        entry.msgid
        for entry in catalogue()
        if not entry.translated() and any(file.startswith(WHOLE) for file, _line in entry.occurrences)
    ]
    assert not missing


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('_("uno" " dos")', [("uno dos", "", "")]),
        ('ngettext("día", "días", 2)', [("día", "días", "")]),
        ('pgettext_lazy("modelo", "persona")', [("persona", "", "modelo")]),
        ("_(name); other('x')", []),
        ('from django.utils.translation import gettext_lazy as _lazy\n_lazy("uno")', [("uno", "", "")]),
    ],
)
def test_python_is_read(source: str, found: list[tuple[str, str, str]]) -> None:
    assert [(m.text, m.plural, m.context) for m in messages_of_python(source)] == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% load i18n %}{% translate "It\'s" %}', ("It's", "")),
        ("{% load i18n %}{% blocktranslate count n=2 %}{{ n }} día{% plural %}{{ n }} días{% endblocktranslate %}",
         ("%(n)s día", "%(n)s días")),
        ('{{ name|default:_("Mi cuenta") }}', ("Mi cuenta", "")),
    ],
)  # fmt: skip
def test_templates_are_read(source: str, found: tuple[str, str]) -> None:
    [message] = messages_of_template(source)
    assert (message.text, message.plural) == found


def test_one_text_with_and_without_plural_is_refused() -> None:
    found = {message: ["a.py"] for source in ('_("día")', 'ngettext("día", "días", 2)')
             for message in messages_of_python(source)}  # fmt: skip
    with pytest.raises(TwoKindsError, match="día"):
        update_catalogue(polib.POFile(), found)
