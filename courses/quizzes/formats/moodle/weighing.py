"""Moodle's weighted answers as ours, and ours as Moodle's.

In Moodle each answer has a share of the points. Where one is chosen, its share is the grade; where
several are, the shares are added (docs.moodle.org, «Multiple Choice question type»). Ours has a rule of
its own for several (``courses.quizzes.rules.kinds.choice.Multiple``): it is what Moodle does when the
right answers share 100 % and the wrong ones −100 %, and that is how ours are written.
"""

from collections.abc import Sequence
from fractions import Fraction

from courses.quizzes.formats.base import Adapted, Refusal
from courses.quizzes.formats.moodle.ours import FULL, Ours, RefusedError, Weighted
from courses.quizzes.rules import Option, QuestionKind
from courses.quizzes.rules.kinds.choice import Choice
from courses.quizzes.rules.kinds.judgement import Judgement, Way
from courses.quizzes.rules.kinds.short_text import ShortText, Variant

ROUNDING = Fraction(1, 100)
"""Moodle writes a third as 33.33333."""


def choose(answers: Sequence[Weighted], *, is_single: bool, shuffle: bool = True) -> Ours:
    """One of the answers, or several, is to be chosen.

    Raises:
        RefusedError: an answer says nothing.
    """
    _check_texts(answers)
    earning = [answer for answer in answers if answer.percent > 0]
    if not is_single and len(earning) > 1:
        return _choose_several(answers, shuffle=shuffle)
    if len(earning) > 1:
        return _judge(answers, shuffle=shuffle)
    adapted = () if is_single else (Adapted.CREDIT_REPLACED,)
    single = choose_best(answers, shuffle=shuffle)
    return Ours(single.kind, single.body, (*adapted, *single.adapted))


def choose_best(answers: Sequence[Weighted], *, shuffle: bool = True) -> Ours:
    """One is to be chosen, and only the best earns points: a gap of a text has no partial credit.

    Raises:
        RefusedError: an answer says nothing.
    """
    _check_texts(answers)
    best = max((answer.percent for answer in answers), default=FULL)
    right = [answer.percent == best > 0 for answer in answers]
    adapted = []
    if any(answer.percent < 0 for answer in answers):
        adapted.append(Adapted.PENALTY_LEFT_OUT)
    if best != FULL or any(0 < answer.percent < best for answer in answers):
        adapted.append(Adapted.CREDIT_REPLACED)
    return Ours(QuestionKind.SINGLE, _to_choice(answers, right, shuffle=shuffle), tuple(adapted))


def accept_texts(answers: Sequence[Weighted], *, with_case: bool = False) -> Ours:
    """A text is to be written. An answer ``*`` without points is what is said of every other text.

    Raises:
        RefusedError: an answer says nothing.
    """
    _check_texts(answers)
    others = next(
        (answer for answer in answers if answer.text.strip() == "*" and answer.percent < FULL), None
    )
    earning = [answer for answer in answers if answer.percent > 0 and answer is not others]
    variants = tuple(Variant(_unmark(a.text), _to_percent(a.percent), a.feedback) for a in earning)
    body = ShortText(variants, with_case=with_case, feedback_wrong=others.feedback if others else "")
    return Ours(QuestionKind.SHORT_TEXT, body, tuple(_changes_of_texts(answers, earning, others)))


def weigh(kind: QuestionKind, body: Choice | Judgement | ShortText) -> list[Weighted]:
    """Ours with Moodle's shares."""
    if isinstance(body, Judgement):
        return [Weighted(way.text, Fraction(way.percent), way.consequence) for way in body.ways]
    if isinstance(body, ShortText):
        accepted = [Weighted(v.text, Fraction(v.percent), v.feedback) for v in body.variants]
        return [*accepted, *weigh_others(body.feedback_wrong)]
    right = FULL / len(body.correct)
    wrong = -FULL / (len(body.options) - len(body.correct)) if kind is QuestionKind.MULTIPLE else Fraction(0)
    return [Weighted(o.text, right if o.correct else wrong, o.feedback) for o in body.options]


def weigh_others(feedback: str) -> list[Weighted]:
    """What is said of any other answer, where something is."""
    return [Weighted("*", Fraction(0), feedback)] if feedback else []


def _choose_several(answers: Sequence[Weighted], *, shuffle: bool) -> Ours:
    right = [answer.percent > 0 for answer in answers]
    ours = {True: FULL / sum(right), False: -FULL / max(len(right) - sum(right), 1)}
    is_same = all(
        abs(answer.percent - ours[is_right]) < ROUNDING
        for answer, is_right in zip(answers, right, strict=True)
    )
    adapted = () if is_same else (Adapted.CREDIT_REPLACED,)
    return Ours(QuestionKind.MULTIPLE, _to_choice(answers, right, shuffle=shuffle), adapted)


def _judge(answers: Sequence[Weighted], *, shuffle: bool) -> Ours:
    """Several can be defended. Where none has all the points, the best gets them. Always shuffled."""
    best = max(answer.percent for answer in answers)
    shares = [max(answer.percent * FULL / best, Fraction(0)) for answer in answers]
    adapted = [] if shuffle else [Adapted.SHUFFLE_REPLACED]
    if any(answer.percent < 0 for answer in answers):
        adapted.append(Adapted.PENALTY_LEFT_OUT)
    if best != FULL or any(share.denominator > 1 for share in shares):
        adapted.append(Adapted.CREDIT_REPLACED)
    ways = (Way(a.text, round(share), a.feedback) for a, share in zip(answers, shares, strict=True))
    return Ours(QuestionKind.JUDGEMENT, Judgement(tuple(ways)), tuple(adapted))


def _changes_of_texts(
    answers: Sequence[Weighted], earning: Sequence[Weighted], others: Weighted | None
) -> list[Adapted]:
    adapted = []
    dropped = [answer for answer in answers if answer.percent <= 0 and answer is not others]
    if any(answer.feedback for answer in dropped):
        adapted.append(Adapted.GENERAL_FEEDBACK_LEFT_OUT)
    is_shadowed = dropped and any("*" in answer.text for answer in earning)
    is_rounded = any(a.percent.denominator > 1 or "\\*" in a.text for a in earning)
    if is_shadowed or is_rounded or (others and others.percent > 0):
        adapted.append(Adapted.CREDIT_REPLACED)
    if any(answer.percent < 0 for answer in answers):
        adapted.append(Adapted.PENALTY_LEFT_OUT)
    return adapted


def _to_choice(answers: Sequence[Weighted], right: Sequence[bool], *, shuffle: bool) -> Choice:
    paired = zip(answers, right, strict=True)
    return Choice(tuple(Option(a.text, is_right, a.feedback) for a, is_right in paired), shuffle)


def _to_percent(percent: Fraction) -> int:
    return max(round(percent), 1)


def _unmark(text: str) -> str:
    """``\\*`` is an asterisk in Moodle; here it stands for any text all the same, which takes it too."""
    return text.replace("\\*", "*")


def _check_texts(answers: Sequence[Weighted]) -> None:
    if not answers:
        raise RefusedError(Refusal.BROKEN)
    if any(not answer.text.strip() for answer in answers):
        raise RefusedError(Refusal.NO_TEXT)
