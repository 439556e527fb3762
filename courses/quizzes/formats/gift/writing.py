"""Questions of ours in GIFT, in the shape that Moodle 4 writes.

Not said in it: texts with gaps, cases, areas of a picture, true or false with reasons, units of measure,
whether capitals matter, and a rubric but the one that a text without any gets here. Moodle shuffles by a
setting of its own. The lesson to review, the source and the difficulty stay here; the competence is the
category, key and tags are in a comment, where Moodle reads them.
"""

from collections.abc import Iterator, Sequence

from courses.quizzes.formats.gift.writing_answers import can_write, write_answers
from courses.quizzes.formats.gift.writing_text import escape_text
from courses.quizzes.formats.moodle.labels import write_category
from courses.quizzes.formats.written import Written
from courses.quizzes.rules import QuestionSpec


def write_gift(questions: Sequence[QuestionSpec]) -> Written:
    """A file to import into Moodle, in UTF-8."""
    said = [question for question in questions if can_write(question)]
    left_out = tuple(question.key for question in questions if not can_write(question))
    return Written("\n".join(_write_all(said)).encode(), left_out)


def _write_all(questions: Sequence[QuestionSpec]) -> Iterator[str]:
    category = ""
    for number, question in enumerate(questions, 1):
        if question.competence != category:
            category = question.competence
            path = write_category(category)
            yield from (f"// question: 0  name: Switch category to {path}", f"$CATEGORY: {path}", "", "")
        yield f"// question: {number}  name: {question.key}"
        yield "// " + " ".join([f"[id:{question.key}]", *(f"[tag:{tag}]" for tag in question.tags)])
        answers = write_answers(question.kind, question.body)
        yield f"::{question.key}::[plain]{escape_text(question.stem)}{{{answers}}}"
        yield from ("", "")
