"""The editor speaks Spanish where Wagtail's own catalogue does not."""

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from lms.settings.base import BASE_DIR
from tests.courses.conftest import author as author  # a fixture
from tests.factories.courses import create_catalogue
from tests.personas import personas as personas  # a fixture

FOLDER = BASE_DIR / "lms" / "locale" / "es" / "LC_MESSAGES"
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")
LINE = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[\d\])?) (".*")$', re.MULTILINE)


def entries(domain: str) -> list[dict[str, str]]:
    """The entries of a catalogue's text, without its head."""
    pieces = Path(FOLDER / f"{domain}.po").read_text().split("\n\n")[1:]
    return [{name: ast.literal_eval(text) for name, text in LINE.findall(piece)} for piece in pieces]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_the_compiled_catalogue_says_what_the_text_says(domain: str) -> None:
    with (FOLDER / f"{domain}.mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for entry in entries(domain):
        plural = entry.get("msgid_plural")
        if plural:
            said = [compiled.ngettext(entry["msgid"], plural, number) for number in (1, 2)]
            assert said == [entry["msgstr[0]"], entry["msgstr[1]"]]
        else:
            assert compiled.gettext(entry["msgid"]) == entry["msgstr"]


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_a_translation_names_only_what_the_editor_fills_in(domain: str) -> None:
    for entry in entries(domain):
        known = set(PLACE.findall(entry["msgid"] + entry.get("msgid_plural", "")))
        for name, text in entry.items():
            assert not name.startswith("msgstr") or set(PLACE.findall(text)) <= known, text


def test_the_editor_uses_these_words() -> None:
    with translation.override("es"):
        assert translation.gettext("Search the whole site") == "Buscar en todo el sitio"


@pytest.mark.django_db
def test_a_list_of_pages_is_all_in_spanish(author: Client) -> None:
    page = author.get(reverse("wagtailadmin_explore", args=[create_catalogue().pk])).content.decode()
    assert "Buscar…" in page and "Search…" not in page
