import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from content_packs.markdown import find_forbidden, to_html, unwrap
from content_packs.rich_text import to_markdown

LETTERS = "abcñé 19.,;:-+#*_`[](){}<>&|!«»\"'~=/\\"
words = st.text(LETTERS, min_size=1, max_size=8).map(lambda text: " ".join(text.split())).filter(bool)
addresses = st.sampled_from(
    [
        "https://www.bcn.cl/leychile",
        "https://a.cl/?x=1&copy;=2",
        "https://a.cl/ñ_(b)",
        "mailto:a@b.cl",
        "/aula/",
    ]
)


def escape(text: str) -> str:
    return html.escape(text, quote=False).replace('"', "&quot;")


@st.composite
def bold_or_plain(draw: st.DrawFn) -> str:
    """Stretches that alternate between plain and bold; white space only in the plain ones' edges."""
    parts, bold = [], draw(st.booleans())
    for word in draw(st.lists(words, min_size=1, max_size=4)):
        before, after = (draw(st.sampled_from(["", " "])) for _ in range(2))
        parts.append(f"<b>{escape(word)}</b>" if bold else escape(f"{before}{word}{after}"))
        bold = not bold
    return "".join(parts).strip()


@st.composite
def inlines(draw: st.DrawFn) -> str:
    parts = []
    for number in range(draw(st.integers(1, 3))):
        inner = draw(bold_or_plain())
        parts.append(f'<a href="{escape(draw(addresses))}">{inner}</a>' if number % 2 else inner)
    return draw(st.sampled_from(["", " ", "<br/>"])).join(parts)


@st.composite
def lists(draw: st.DrawFn, depth: int = 0) -> str:
    kind = draw(st.sampled_from(["ul", "ol"]))
    items = []
    for _number in range(draw(st.integers(1, 3))):
        nested = draw(lists(depth=depth + 1)) if depth < 2 and draw(st.booleans()) else ""
        items.append(f"<li>{draw(inlines())}{nested}</li>")
    return f"<{kind}>{''.join(items)}</{kind}>"


@st.composite
def rich_texts(draw: st.DrawFn) -> str:
    """What an author can write: paragraphs, headings and lists, never two lists in a row."""
    parts: list[str] = []
    for kind in draw(st.lists(st.sampled_from(["p", "h2", "h3", "list"]), min_size=1, max_size=5)):
        if kind == "list":
            if not parts or not parts[-1].endswith(("</ul>", "</ol>")):
                parts.append(draw(lists()))
        elif kind == "p":
            parts.append(f"<p>{draw(inlines())}</p>")
        else:
            parts.append(f"<{kind}>{draw(bold_or_plain())}</{kind}>")
    return "".join(parts)


@given(rich=rich_texts())
def test_rich_text_survives_markdown(rich: str) -> None:
    assert to_html(to_markdown(rich)) == rich


@given(rich=rich_texts())
def test_markdown_written_by_us_is_accepted_by_us(rich: str) -> None:
    assert find_forbidden(to_markdown(rich)) is None


@given(text=st.text(LETTERS + "\n", max_size=60))
def test_any_markdown_is_stable_after_one_round(text: str) -> None:
    once = to_markdown(to_html(text))
    assert to_markdown(to_html(once)) == once


@pytest.mark.parametrize(
    ("markdown", "rich"),
    [
        ("Hola\nmundo", "<p>Hola mundo</p>"),
        ("Uno\n\nDos", "<p>Uno</p><p>Dos</p>"),
        ("## Qué hago", "<h2>Qué hago</h2>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n2. b", "<ol><li>a</li><li>b</li></ol>"),
        ("**a** b", "<p><b>a</b> b</p>"),
        ("[a](https://b.cl)", '<p><a href="https://b.cl">a</a></p>'),
        ("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("[a](javascript:alert(1))", "<p>[a](javascript:alert(1))</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_rich_text(markdown: str, rich: str) -> None:
    assert to_html(markdown) == rich


@pytest.mark.parametrize(
    ("rich", "markdown"),
    [
        ('<p data-block-key="x1">Hola</p>', "Hola"),
        ("<p><b>Hola </b>mundo</p>", "**Hola** mundo"),
        ("<p><b>a</b><b>b</b></p>", "**ab**"),
        ("<p>1. No es una lista</p>", "1\\. No es una lista"),
        ("<p>- No es una lista</p>", "\\- No es una lista"),
        ("<p>:::</p>", "\\:::"),
        ("<p>artículo\u00a05</p>", "artículo\u00a05"),
        ("<ol><li>a<ul><li>b</li></ul></li><li>c</li></ol>", "1. a\n   - b\n2. c"),
        ("<ul><li><p>a</p></li><li><p>b</p></li></ul>", "- a\n- b"),
        ('<p><a linktype="page" id="3">Otra lección</a></p>', "Otra lección"),
        ('<p><a href="javascript:alert(1)">a</a></p>', "a"),
        ("<p></p><p>a</p>", "a"),
        ("<p><i>a</i></p>", "a"),
    ],
)
def test_rich_text_becomes_markdown(rich: str, markdown: str) -> None:
    assert to_markdown(rich) == markdown


def test_lines_of_a_paragraph_are_joined_and_paragraphs_kept() -> None:
    assert unwrap("  Uno\ndos\n\n tres \n") == "Uno dos\n\ntres"
