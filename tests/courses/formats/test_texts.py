"""HTML and Markdown as plain text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from courses.quizzes.formats.base import Adapted
from courses.quizzes.formats.texts import TextFormat, from_text, read_text, to_text
from tests.courses.formats.moodle_made import stems

FORMATTING, PICTURE = Adapted.FORMATTING_LEFT_OUT, Adapted.PICTURE_LEFT_OUT

SAID = {
    "plain": ("hola", "hola", ()),
    "blanks": (" a \n\t b ", "a b", ()),
    "paragraphs": ("<p>uno</p>\n<p>dos</p>", "uno\n\ndos", ()),
    "line_breaks": ("uno<br>dos<br />tres", "uno\ndos\ntres", ()),
    "divisions": ("<div>uno</div><div>dos</div>", "uno\ndos", ()),
    "entities": ("a &amp; b &lt;c&gt; &ntilde; &#8220;d&#8221;", "a & b <c> ñ “d”", ()),
    "hard_space": ("20&nbsp;días", "20 días", ()),
    "bold": ("<b>a</b> <strong>b</strong>", "a b", (FORMATTING,)),
    "link": ('<a href="https://leychile.cl">ley</a>', "ley", (FORMATTING,)),
    "anchor": ('<a name="x">ley</a>', "ley", ()),
    "list": ("<p>Elige:</p><ul><li>a</li><li>b</li></ul><p>fin</p>", "Elige:\n\n- a\n- b\n\nfin", ()),
    "numbered_list": ("<ol><li><p>a</p></li><li>b</li></ol>", "1. a\n2. b", ()),
    "nested_list": ("<ul><li>a<ol><li>b</li></ol></li></ul>", "- a\n1. b", ()),
    "table": ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr></table>", "a | b\n1 | 2", (FORMATTING,)),
    "raised": ("10<sup>3</sup> m<sup>2</sup> x<sup>ab</sup>", "10³ m² x^ab", (FORMATTING,)),
    "lowered": ("CO<sub>2</sub> x<sub>i</sub> y <sub>ab</sub>", "CO₂ x_i y _ab", (FORMATTING,)),
    "lines_as_written": ("<pre>a\n  b</pre>", "a\n  b", (FORMATTING,)),
    "picture": ('mira<img src="x.png" alt="el plano">aquí', "mira [el plano] aquí", (PICTURE,)),
    "picture_without_words": ('<img src="x.png">', "", (PICTURE,)),
    "sound": ("a<audio controls>sin sonido</audio>b", "ab", (PICTURE,)),
    "file": ('<a href="@@PLUGINFILE@@/x.pdf">x</a>', "x", (FORMATTING, PICTURE)),
    "script": ("a<script>alert('<b>')</script>b<style>p{}</style>c", "abc", ()),
    "unclosed_script": ("a<script>alert(1)", "a", ()),
    "comment": ("a<!-- <b>no</b> -->b<!-- sin fin", "ab<!-- sin fin", ()),
    "declaration": ("<!DOCTYPE html><?php x ?>a", "a", ()),
    "character_data": ("<![CDATA[a]]>b", "b", ()),
    "less_than": ("si 3 < 4 y a > b", "si 3 < 4 y a > b", ()),
    "what_looks_like_a_tag": ("escribe <nombre> aquí", "escribe <nombre> aquí", ()),
    "tag_of_a_word_processor": ("<o:p>a</o:p>", "a", ()),
    "unclosed_tag": ("a <b", "a <b", ()),
    "null": ("a\0b", "ab", ()),
}  # fmt: skip


@pytest.mark.parametrize("case", SAID)
def test_html_is_said_in_plain_text(case: str) -> None:
    html, text, adapted = SAID[case]
    assert to_text(html) == (text, adapted)


FORMATS = {
    "plain": (TextFormat.PLAIN, " <b>a</b>\r\nb ", "<b>a</b>\nb"),
    "automatic": (TextFormat.AUTO, "a\nb", "a\nb"),
    "automatic_with_tags": (TextFormat.AUTO, "<b>a</b>\nb", "a\nb"),
    "markdown": (TextFormat.MARKDOWN, "**a** b\n\n- c\n- d", "a b\n\n- c\n- d"),
}


@pytest.mark.parametrize("case", FORMATS)
def test_a_text_is_read_by_its_format(case: str) -> None:
    text_format, text, said = FORMATS[case]
    assert read_text(text, text_format)[0] == said


@given(st.text())
def test_no_text_fails(text: str) -> None:
    for text_format in TextFormat:
        read_text(text, text_format)


@given(st.text(alphabet="<>/!-?[]&;#ab ='\"x\n", max_size=60))
def test_no_markup_fails(text: str) -> None:
    said, _adapted = to_text(text)
    assert said == said.strip()


@given(stems)
def test_a_plain_text_survives_html(text: str) -> None:
    assert to_text(from_text(text)) == (text, ())


@given(st.lists(stems, min_size=1, max_size=3).map("\n\n".join))
def test_paragraphs_survive_html(text: str) -> None:
    assert to_text(from_text(text))[0] == text


@pytest.mark.parametrize("text", ["a  b", "a   b\n  c", "uno\n\ndos"])
def test_blanks_survive_html(text: str) -> None:
    assert to_text(from_text(text))[0] == text


@pytest.mark.parametrize(
    "piece", ["<!--", "<a ", "</", "<![CDATA[", "<sup>", "<ul>", "<x>", "<script>", "<", "&", "<a b='"]
)
@pytest.mark.parametrize("end", ["", ">", "-->", "</sup>"])
def test_time_grows_with_the_text_and_no_more(piece: str, end: str) -> None:
    started = time.process_time()
    to_text(piece * 20_000 + end * 20_000)
    assert time.process_time() - started < 30
