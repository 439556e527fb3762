"""What an HTML text says, as lines; see ``courses.quizzes.formats.texts``."""

from html.parser import HTMLParser

from courses.quizzes.formats.base import Adapted


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


INVISIBLE = _names("script style template head title noscript datalist")
MEDIA = _names("audio video object svg iframe canvas applet")
PICTURES = _names("img embed image")
FORMATTING = _names(
    "a abbr b big blockquote center cite code del dfn em font h1 h2 h3 h4 h5 h6 i ins kbd mark math pre q s "
    "samp small strike strong sub sup table tt u var"
)
PARAGRAPHS = _names("p h1 h2 h3 h4 h5 h6 ul ol dl blockquote pre table hr")
LINES = _names(
    "div li dt dd tr section article header footer aside main nav figure figcaption caption address "
    "fieldset form option details summary center legend"
)
OTHERS = _names(
    "html body span br wbr td th thead tbody tfoot col colgroup label select optgroup button textarea input "
    "source track param map area base link meta time data bdi bdo ruby rt rp rb output progress meter "
    "picture dialog menu hgroup search slot basefont nobr"
)
KNOWN = INVISIBLE | MEDIA | PICTURES | FORMATTING | PARAGRAPHS | LINES | OTHERS
RAISED = str.maketrans("0123456789+-=()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿ")
LOWERED = str.maketrans("0123456789+-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎")
TO_SPACES = str.maketrans(dict.fromkeys("\t\n\r\f", " "))


class HtmlReader(HTMLParser):
    """Feed it HTML, close it, take :attr:`text` and what was lost from :attr:`adapted`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.adapted: set[Adapted] = set()
        self._out: list[str] = []
        self._breaks, self._is_spaced = 0, False
        self._skipped, self._depth = "", 0
        self._lists: list[int] = []
        self._mark = ""
        self._pre, self._cells = 0, 0
        self._shifted: tuple[str, int] | None = None

    @property
    def text(self) -> str:
        return "".join(self._out).replace("\u00a0", " ").strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skipped:
            self._depth += tag == self._skipped
            return
        if tag not in KNOWN:
            self._keep_unknown(tag, self.get_starttag_text() or "")
            return
        self._note(tag, dict(attrs))
        if tag in INVISIBLE or tag in MEDIA:
            self._skipped, self._depth = tag, 1
            return
        self._break_for(tag)
        self._begin(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._depth -= tag == self._skipped
            self._skipped = self._skipped if self._depth else ""
        elif tag not in KNOWN:
            self._keep_unknown(tag, f"</{tag}>")
        else:
            self._end(tag)
            self._break_for(tag)

    def handle_data(self, data: str) -> None:
        if self._skipped:
            return
        if self._pre:
            self._keep_lines(data)
        else:
            self._keep_words(data)

    def _note(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag in FORMATTING and (tag != "a" or attributes.get("href")):
            self.adapted.add(Adapted.FORMATTING_LEFT_OUT)
        link = attributes.get("href") or ""
        if tag in MEDIA or tag in PICTURES or link.startswith("@@PLUGINFILE@@"):
            self.adapted.add(Adapted.PICTURE_LEFT_OUT)
        alternative = (attributes.get("alt") or "").strip()
        if tag == "img" and alternative:
            self._keep_words(f" [{alternative}] ")

    def _begin(self, tag: str) -> None:
        if tag == "br":
            self._breaks, self._is_spaced = min(self._breaks + 1, 2), False
        elif tag in ("ul", "ol"):
            self._lists.append(0 if tag == "ul" else 1)
        elif tag == "li":
            self._begin_item()
        elif tag == "tr":
            self._cells = 0
        elif tag in ("td", "th"):
            self._cells += 1
            if self._cells > 1:
                self._keep_words(" | ")
        elif tag == "pre":
            self._pre += 1
        elif tag in ("sup", "sub"):
            self._shifted = self._shifted or (tag, len(self._out))

    def _begin_item(self) -> None:
        number = self._lists[-1] if self._lists else 0
        self._mark = f"{number}. " if number else "- "
        if number:
            self._lists[-1] += 1

    def _end(self, tag: str) -> None:
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "pre" and self._pre:
            self._pre -= 1
        elif tag in ("sup", "sub") and self._shifted:
            self._shift(*self._shifted)
            self._shifted = None

    def _shift(self, tag: str, start: int) -> None:
        """``10<sup>3</sup>`` is 10³, not 103."""
        said = "".join(self._out[start:])
        shifted = said.translate(RAISED if tag == "sup" else LOWERED)
        is_whole = all(new != old for new, old in zip(shifted.strip(), said.strip(), strict=True))
        before = said[: len(said) - len(said.lstrip())]
        mark = "^" if tag == "sup" else "_"
        self._out[start:] = [shifted if is_whole else f"{before}{mark}{said.lstrip()}"]

    def _break_for(self, tag: str) -> None:
        wanted = 2 if tag in PARAGRAPHS and not self._lists else 1 if tag in PARAGRAPHS | LINES else 0
        if wanted:
            self._breaks, self._is_spaced = max(self._breaks, wanted), False

    def _keep_unknown(self, tag: str, written: str) -> None:
        """``<nombre>`` is a text that looks like a tag; ``<o:p>`` is a tag of some word processor."""
        if not self._skipped and not set(tag) & set(":-."):
            self._keep_words(written)

    def _keep_words(self, data: str) -> None:
        words = data.translate(TO_SPACES).split(" ")
        for position, word in enumerate(words):
            self._is_spaced = self._is_spaced or position > 0
            if word:
                self._put(word)

    def _keep_lines(self, data: str) -> None:
        for position, line in enumerate(data.replace("\r\n", "\n").split("\n")):
            if position:
                self._breaks = min(self._breaks + 1, 2)
            if line:
                self._put(line)

    def _put(self, word: str) -> None:
        if self._out:
            self._out.append("\n" * self._breaks or (" " if self._is_spaced else ""))
        self._out.append(self._mark + word)
        self._mark, self._breaks, self._is_spaced = "", 0, False
