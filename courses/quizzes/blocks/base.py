"""A form for each kind of question. The names of its fields are those of the kind's frozen JSON."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wagtail import blocks
from wagtail.blocks.list_block import ListValue

from courses.quizzes.blocks.flaws import describe_flaws
from courses.quizzes.rules.kinds import KINDS
from courses.quizzes.rules.kinds.base import QuestionKind


def plain(value: Any) -> Any:
    """A block's value as dicts and lists."""
    if isinstance(value, ListValue):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {name: plain(item) for name, item in value.items()}
    return value


class KindBlock(blocks.StructBlock):
    """The answer of a question. A question that cannot be asked is not accepted."""

    kind: ClassVar[QuestionKind]

    def to_body(self, value: Any) -> Any:
        """The body that the block's value says."""
        return KINDS[self.kind].from_json(plain(value))

    def from_body(self, body: Any) -> dict[str, Any]:
        """The inverse of :meth:`to_body`, as plain data that :meth:`normalize` takes."""
        return KINDS[self.kind].to_json(body)

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        problems = describe_flaws(KINDS[self.kind].flaws(self.to_body(cleaned)))
        if problems:
            raise blocks.StructBlockValidationError(non_block_errors=problems)
        return cleaned
