import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template import engines
from django.template.loader import get_template

pytestmark = pytest.mark.urls("tests.ui.urls")

FOLDERS = ["layouts", "components", "allauth", "account", "mfa", "usersessions", "ui", "operations"]
ROOT = Path(settings.BASE_DIR) / "templates"
TEMPLATES = sorted(
    [
        *(str(file.relative_to(ROOT)) for folder in FOLDERS for file in (ROOT / folder).rglob("*.*")),
        *(file.name for file in ROOT.glob("*.html")),
    ]
)
SYMBOLS = set(re.findall(r'id="([\w-]+)"', Path(finders.find("ui/icons/sprite.svg")).read_text()))
UI_ICONS = re.compile(r'{% icon "([\w-]+)"|{% tag "\w+" "([\w-]+)"|icon="([\w-]+)"')


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_holds_no_inline_style_or_script(name: str) -> None:
    source = (ROOT / name).read_text()
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)|javascript:", source)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_says_nothing_with_dashes_or_exclamation_marks(name: str) -> None:
    source = re.sub(r"<!doctype html>|<!--.*?-->", "", (ROOT / name).read_text(), flags=re.S)
    assert not re.search("[—–¡!]", source)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_uses_icons_of_the_sprite(name: str) -> None:
    used = {next(filter(None, found)) for found in UI_ICONS.findall((ROOT / name).read_text())}
    assert {f"i-{icon}" for icon in used} <= SYMBOLS


@pytest.mark.parametrize("name", [n for n in TEMPLATES if n.startswith("components/")])
def test_component_begins_by_saying_what_it_needs(name: str) -> None:
    source = (ROOT / name).read_text()
    assert re.match(r"({% load [\w ]+ %})?{% comment %}", source)


def test_builtin_tags_need_no_load() -> None:
    template = engines["django"].from_string(
        '{% icon "check" %}{% emblem "lobby" 2 %}{% tag "none" "x" text %}'
    )
    html = template.render({"text": "<b>"})
    assert "sprite.svg#i-check" in html
    assert 'class="emblem g2"' in html
    assert 'class="tag hatch"' in html
    assert "&lt;b&gt;" in html


def test_crumbs_end_in_the_present_page() -> None:
    html = engines["django"].from_string('{% crumbs "Cursos" "/cursos/" "Regalos" %}').render({})
    assert '<a href="/cursos/">Cursos</a>' in html
    assert '<span aria-current="page">Regalos</span>' in html


def test_table_that_scrolls_has_a_name_and_takes_the_focus() -> None:
    source = '{% table_scroll label="Cobertura" %}<table></table>{% endtable_scroll %}'
    html = engines["django"].from_string(source).render({})
    assert 'role="group" tabindex="0" aria-label="Cobertura"' in html
    assert "<table></table>" in html


def test_missing_fact_says_so() -> None:
    source = '{% include "components/facts.html" with facts=facts only %}'
    html = engines["django"].from_string(source).render({"facts": [{"label": "Responsable", "value": ""}]})
    assert '<dd class="hatch">Sin información en el documento fuente</dd>' in html


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_error_page_needs_no_context(name: str) -> None:
    html = get_template(name).render()
    assert html.count("<h1") == 1
    assert "{" not in html


@pytest.mark.parametrize("name", ["403.html", "404.html", "429.html"])
def test_error_page_in_the_frame_survives_without_context(name: str) -> None:
    assert get_template(name).render().count("<h1") == 1
