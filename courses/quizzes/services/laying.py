"""Laying what was read on a question of the bank. What the file does not say stays as it is."""

from typing import Any

from courses.quizzes.formats.base import Adapted
from courses.quizzes.formats.words import describe_adapted
from courses.quizzes.models import Question
from courses.quizzes.rules import QuestionKind
from courses.quizzes.services.checking import Candidate, clean_text

Content = dict[str, Any]


def content_of(question: Question) -> Content:
    """All that an import can set, for comparing."""
    kind, body = _answer_of(question)
    fields = ("stem", "competence_id", "difficulty", "tags", "source_law_id", "source_article")
    rest = ("source_note", "review")
    return {name: getattr(question, name) for name in (*fields, *rest)} | {"kind": kind, "body": body}


def asks_the_same(question: Question, new: Candidate) -> bool:
    """Whether words and answer are the same, whatever else is said of it."""
    return question.stem.strip() == new.stem and _answer_of(question) == (new.read.kind, new.body)


def lay_on(question: Question, new: Candidate) -> list[str]:
    """Set words, answer, tags, source and review; not saved. What had to be cut, in words."""
    question.stem = new.stem
    if not question.answer or _answer_of(question) != (new.read.kind, new.body):
        question.set_body(new.read.kind, new.body)
    is_cut = [_lay_tags(question, new), _lay_source(question, new), _lay_review(question, new)]
    return describe_adapted([Adapted.TEXT_SHORTENED]) if any(is_cut) else []


def _answer_of(question: Question) -> tuple[QuestionKind, Any]:
    child = question.answer[0]
    return QuestionKind(child.block_type), child.block.to_body(child.value)


def _lay_tags(question: Question, new: Candidate) -> bool:
    wanted = tuple(dict.fromkeys(filter(None, (clean_text(tag).lower() for tag in new.read.tags))))
    if not wanted or wanted == question.tag_list:
        return False
    text = ", ".join(wanted)
    question.tags, is_cut = _cut(question, "tags", text, between=", ")
    return is_cut


def _lay_source(question: Question, new: Candidate) -> bool:
    """A source in other words than the law's that is linked takes its place."""
    text = clean_text(new.read.source)
    if not text or text == question.source_text:
        return False
    question.source_law, question.source_article = None, ""
    question.source_note, is_cut = _cut(question, "source_note", text)
    return is_cut


def _lay_review(question: Question, new: Candidate) -> bool:
    text = clean_text(new.read.review)
    if not text:
        return False
    question.review, is_cut = _cut(question, "review", text)
    return is_cut


def _cut(question: Question, name: str, text: str, *, between: str = " ") -> tuple[str, bool]:
    """The text as long as the field takes it, and whether it was cut."""
    longest = getattr(question._meta.get_field(name), "max_length", None) or len(text)
    if len(text) <= longest:
        return text, False
    return text[:longest].rpartition(between)[0] or text[:longest], True
