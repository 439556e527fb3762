"""How easy the words are."""

from collections.abc import Iterable, Iterator

from courses.quality.rules.findings import Data, Finding, Rule
from courses.quality.rules.snapshot import Block, CourseText, LessonText
from courses.readability import Readability, measure, split_sentences, split_words

EASY_ENOUGH = 55.0
"""INFLESZ «normal» begins here (Barrio-Cantalejo, 2008): below it a text is hard for most adults. A
warning and no gate, because a score knows nothing of what has to be said."""

FEWEST_WORDS = 50
"""Of fewer words a score says nothing: ours."""

LONG_SENTENCE = 30
"""Words of a sentence that has to be read twice: ours, twice the mean of 15 that plain language guides
ask for."""

_SHOWN = 12


def measure_lesson(lesson: LessonText) -> Readability:
    """The words of a lesson; quoted law is left out, for nobody may reword it."""
    return measure("\n".join(block.text for block in _written(lesson.blocks)))


def check_level(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """INFLESZ (Szigriszt-Pazos score), as ``courses.readability`` counts it."""
    found = measure_lesson(lesson)
    if found.words >= FEWEST_WORDS and found.score < EASY_ENOUGH:
        data: Data = {"score": round(found.score), "level": found.level, "limit": round(EASY_ENOUGH)}
        yield Finding(Rule.READING_HARD, lesson.key, data=data)


def check_sentences(lesson: LessonText, course: CourseText) -> Iterator[Finding]:
    """No sentence of more than ``LONG_SENTENCE`` words."""
    for block in _written(lesson.blocks):
        for sentence in split_sentences(block.text):
            words = split_words(sentence)
            if len(words) > LONG_SENTENCE:
                data: Data = {"words": len(words), "beginning": " ".join(sentence.split()[:_SHOWN])}
                yield Finding(Rule.SENTENCE_LONG, lesson.key, block.id, sentence, data)


def _written(blocks: Iterable[Block]) -> list[Block]:
    return [block for block in blocks if block.kind not in ("document", "image")]
