"""How easy a Spanish text is to read: the INFLESZ scale on the Szigriszt-Pazos score.

Pure Python. Syllables are counted by orthographic rules (diphthongs as written), because
hyphenation dictionaries undercount Spanish by about 4 % and so flatter every text.
"""

import re
import unicodedata
from dataclasses import dataclass

STRONG = set("aáeéoó")
ACCENTED_WEAK = set("íú")
WEAK = set("iuü")
VOWELS = STRONG | ACCENTED_WEAK | WEAK

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$|[»”\")])")
_ABBREVIATION = re.compile(
    r"\b(?:art|arts|inc|núm|n|sr|sra|srta|dr|dra|etc|pág|págs|ej|ee|uu|ss)\.(?=\s)", re.IGNORECASE
)

READING_WORDS_PER_MINUTE = 180
"""Study reading of non-fiction, slower than the 278 words per minute of silent reading in
Spanish reported by Brysbaert (2019), because a lesson is read to be remembered."""


BANDS = ((40, "muy difícil"), (55, "algo difícil"), (65, "normal"), (80, "bastante fácil"))
"""Upper limits of the INFLESZ bands (Barrio-Cantalejo, 2008)."""


@dataclass(frozen=True)
class Readability:
    """Counts and score of one text. ``score`` is 0 to about 120, higher is easier."""

    words: int
    syllables: int
    sentences: int
    score: float
    longest_sentence: int

    @property
    def level(self) -> str:
        """The INFLESZ band, in words."""
        return next((name for limit, name in BANDS if self.score < limit), "muy fácil")


def count_syllables(word: str) -> int:
    """Syllables of one Spanish word, by its spelling; at least 1 for any word with a letter."""
    letters = unicodedata.normalize("NFC", word.lower())
    letters = re.sub(r"[^a-záéíóúüñ]", "", letters)
    letters = re.sub(r"qu(?=[eéií])", "q", letters)
    letters = re.sub(r"gu(?=[eéií])", "g", letters)
    letters = re.sub(r"y(?![aeiouáéíóú])", "i", letters)
    count, previous = 0, ""
    for letter in letters:
        if letter in VOWELS:
            joins = previous in VOWELS and not (
                (letter in STRONG and previous in STRONG)
                or letter in ACCENTED_WEAK
                or previous in ACCENTED_WEAK
                or letter == previous
            )
            if not joins:
                count += 1
        elif letter == "h" and previous in VOWELS:
            continue  # a silent h does not part a diphthong: prohi-bir
        previous = letter
    return max(count, 1) if letters else 0


def split_words(text: str) -> list[str]:
    """The words of a text, figures included (a figure is read as one word)."""
    return _WORD.findall(text)


def split_sentences(text: str) -> list[str]:
    """Sentences end at ``. ! ? …`` and at the end of a line (a list item is a sentence).

    Colons and semicolons do not end one: that rule is fixed here so that scores compare.
    """
    cleaned = _ABBREVIATION.sub(lambda m: m.group(0)[:-1], text)
    cleaned = re.sub(r"(?<=\d)\.(?=\d)", "", cleaned)
    parts = (part for line in cleaned.splitlines() for part in _SENTENCE_END.split(line))
    return [part.strip() for part in parts if _WORD.search(part)]


def measure(text: str) -> Readability:
    """Szigriszt-Pazos perspicuity: ``206.835 − 62.3·S/P − P/F`` (Szigriszt, 1993).

    S syllables, P words, F sentences. An empty text scores 206.835 with no words.
    """
    words = split_words(text)
    sentences = split_sentences(text)
    syllables = sum(1 if word.isdigit() else max(count_syllables(word), 1) for word in words)
    if not words:
        return Readability(0, 0, 0, 206.835, 0)
    score = 206.835 - 62.3 * syllables / len(words) - len(words) / max(len(sentences), 1)
    longest = max((len(split_words(sentence)) for sentence in sentences), default=0)
    return Readability(len(words), syllables, len(sentences), round(score, 2), longest)


def reading_minutes(words: int) -> float:
    """Minutes to study ``words`` words at ``READING_WORDS_PER_MINUTE``."""
    return words / READING_WORDS_PER_MINUTE
