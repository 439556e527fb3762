"""Our own form of a question, which a package of ours has beside each item. Trusted no more than the item.

``aula/<key>.json`` is what ``question_to_json`` gives, and ``item_sha256`` of the item that was written
with it: where somebody has changed the item since, the item counts.
"""

from collections.abc import Iterator
from decimal import Decimal
from hashlib import sha256
from typing import Annotated, Any

import msgspec

from courses.quizzes.formats.base import ReadQuestion
from courses.quizzes.formats.qti.names import KEY, item_identifier
from courses.quizzes.rules import KINDS, QuestionKind

LONGEST = 20_000
Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]
Short = Annotated[str, msgspec.Meta(max_length=300)]


class OwnError(ValueError):
    """It is not what we write."""


class Own(msgspec.Struct):
    """As ``question_to_json`` has it."""

    key: Short
    competence: Short
    difficulty: Annotated[int, msgspec.Meta(ge=0, le=3)]
    kind: QuestionKind
    stem: Text
    body: dict[str, Any]
    source: Text = ""
    review: Short = ""
    tags: Annotated[tuple[Short, ...], msgspec.Meta(max_length=50)] = ()
    item_sha256: str = ""


def read_own(data: bytes, where: str) -> ReadQuestion:
    """The question.

    Raises:
        OwnError: it is none.
    """
    own = _decode(data)
    return ReadQuestion(
        where=where,
        kind=own.kind,
        stem=own.stem,
        body=_body(own),
        key=own.key if KEY.fullmatch(own.key) else "",
        competence=own.competence,
        difficulty=own.difficulty,
        tags=own.tags,
        source=own.source,
        review=own.review,
    )


def belongs_to(data: bytes, item: bytes, identifier: str) -> bool:
    """Whether it is that item's, and the item still is as it was.

    Raises:
        OwnError: it is no question.
    """
    own = _decode(data)
    is_as_written = own.item_sha256 in ("", sha256(item).hexdigest())
    return is_as_written and item_identifier(own.key) == identifier


def _decode(data: bytes) -> Own:
    try:
        own = msgspec.json.decode(data, type=Own)
        leaves = list(_leaves(msgspec.to_builtins(own)))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise OwnError from error
    if any(_is_odd(value) for value in leaves):
        raise OwnError
    return own


def _body(own: Own) -> Any:
    try:
        body = KINDS[own.kind].from_json(own.body)
    except (msgspec.MsgspecError, ValueError, TypeError, ArithmeticError, RecursionError) as error:
        raise OwnError from error
    if any(_is_huge(number) for number in _leaves(msgspec.to_builtins(body, builtin_types=(Decimal,)))):
        raise OwnError
    return body


def _leaves(value: Any) -> Iterator[Any]:
    """All below lists and mappings. No recursion: the depth is the sender's."""
    rest = [value]
    while rest:
        value = rest.pop()
        if isinstance(value, dict):
            rest.extend(value.values())
        elif isinstance(value, list | tuple):
            rest.extend(value)
        else:
            yield value


def _is_odd(value: Any) -> bool:
    return isinstance(value, str) and ("\0" in value or len(value) > LONGEST)


def _is_huge(value: Any) -> bool:
    """A number with which nobody reckons, and with which reckoning would take long."""
    if isinstance(value, Decimal):
        return not value.is_finite() or abs(value.adjusted()) > 30 or len(value.as_tuple().digits) > 60
    return isinstance(value, int) and abs(value) > 10**9
