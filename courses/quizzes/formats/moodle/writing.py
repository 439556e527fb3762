"""Questions of ours as Moodle's XML, in the shape that Moodle 4 writes.

Not said in it: cases, areas of a picture, true or false with reasons, and gaps with units. Moodle takes
account of accents always and of capitals as ours; an option that stays at the end keeps all in their
order. The lesson to review, the source and the difficulty stay here. The competence is the category.
"""

from collections.abc import Iterator, Sequence

from courses.quizzes.formats.moodle.labels import write_category
from courses.quizzes.formats.moodle.writing_gaps import can_write_gaps, write_gaps
from courses.quizzes.formats.moodle.writing_kinds import TYPES, write_body
from courses.quizzes.formats.moodle.xml_text import html_block, raw_block, tags, value
from courses.quizzes.formats.texts import from_text
from courses.quizzes.formats.written import Written
from courses.quizzes.rules import QuestionKind, QuestionSpec


def write_moodle_xml(questions: Sequence[QuestionSpec]) -> Written:
    """A file to import into Moodle, in UTF-8."""
    said = [question for question in questions if _can_say(question)]
    left_out = tuple(question.key for question in questions if not _can_say(question))
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>", *_write_all(said), "</quiz>"]
    return Written("\n".join(lines).encode(), left_out)


def _can_say(question: QuestionSpec) -> bool:
    if question.kind not in TYPES or question.flaws():
        return False
    if question.kind is QuestionKind.TRUE_FALSE:
        return not question.body.reasons
    return question.kind is not QuestionKind.CLOZE or can_write_gaps(question.body)


def _write_all(questions: Sequence[QuestionSpec]) -> Iterator[str]:
    category = ""
    for number, question in enumerate(questions, 1):
        if question.competence != category:
            category = question.competence
            yield from _write_category(category)
        yield from (f"<!-- question: {number}  -->", *_write(question), "")


def _write_category(competence: str) -> list[str]:
    return [
        "<!-- question: 0  -->",
        '  <question type="category">',
        *raw_block("category", write_category(competence)),
        *raw_block('info format="moodle_auto_format"', ""),
        value("idnumber", ""),
        "  </question>",
        "",
    ]


def _write(question: QuestionSpec) -> list[str]:
    is_cloze = question.kind is QuestionKind.CLOZE
    html = write_gaps(question.stem, question.body) if is_cloze else from_text(question.stem)
    return [
        f'  <question type="{TYPES[question.kind]}">',
        *raw_block("name", question.key),
        *raw_block('questiontext format="html"', html),
        *html_block("generalfeedback", ""),
        *([] if is_cloze else [value("defaultgrade", "1.0000000")]),
        value("penalty", "0.3333333"),
        value("hidden", "0"),
        value("idnumber", question.key),
        *([] if is_cloze else write_body(question.kind, question.body)),
        *tags(question.tags),
        "  </question>",
    ]
