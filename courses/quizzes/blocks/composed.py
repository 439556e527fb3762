"""Forms of questions with several parts, and of pictures to point at."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from courses.quizzes.blocks.base import KindBlock, plain
from courses.quizzes.blocks.choosing import (
    JudgementBlock,
    MatchingBlock,
    MultipleBlock,
    OrderingBlock,
    SingleBlock,
    TrueFalseBlock,
)
from courses.quizzes.blocks.writing import NumericBlock, OpenBlock, ShortTextBlock
from courses.quizzes.rules.kinds.base import QuestionKind
from courses.quizzes.rules.kinds.hotspot import Hotspot
from courses.quizzes.rules.kinds.parts import Case, Cloze, Part

SIMPLE_BLOCKS: tuple[type[KindBlock], ...] = (
    SingleBlock,
    MultipleBlock,
    TrueFalseBlock,
    MatchingBlock,
    OrderingBlock,
    NumericBlock,
    ShortTextBlock,
    JudgementBlock,
)


class GapsBlock(blocks.StreamBlock):
    """The gaps of a text, in order."""

    short_text = ShortTextBlock(label=_("Se escribe una palabra"))
    numeric = NumericBlock(label=_("Se escribe un número"))
    single = SingleBlock(label=_("Se elige de una lista"))


class AnswersBlock(blocks.StreamBlock):
    """How one question of a case is answered."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([(block.kind.value, block()) for block in SIMPLE_BLOCKS], **kwargs)


class CasePartBlock(blocks.StructBlock):
    stem = blocks.TextBlock(label=_("Pregunta"))
    answer = AnswersBlock(label=_("Cómo se responde"), min_num=1, max_num=1)
    weight = blocks.IntegerBlock(label=_("Cuánto cuenta"), min_value=1, max_value=10, default=1)

    class Meta:
        label = _("Pregunta")
        form_layout = blocks.BlockGroup(["stem", "answer"], settings=["weight"])


class ClozeBlock(KindBlock):
    kind = QuestionKind.CLOZE

    text = blocks.TextBlock(
        label=_("Texto"), help_text=_("Escribe {{1}} donde va el primer espacio, {{2}} donde va el segundo.")
    )
    gaps = GapsBlock(label=_("Espacios, en orden"), min_num=1, max_num=12)

    class Meta:
        icon = "form"
        label = _("Completar el texto")

    def to_body(self, value: Any) -> Cloze:
        return Cloze(tuple(_part(child) for child in value["gaps"]), value["text"])

    def from_body(self, body: Cloze) -> dict[str, Any]:
        gaps = self.child_blocks["gaps"]
        return {"text": body.text, "gaps": _raw(gaps, body.parts)}


BLANK_PART = {"stem": "", "answer": [], "weight": 1}


class CaseBlock(KindBlock):
    kind = QuestionKind.CASE

    parts = blocks.ListBlock(
        CasePartBlock(), label=_("Preguntas"), min_num=2, max_num=8, default=[BLANK_PART] * 2
    )

    class Meta:
        icon = "folder-open-inverse"
        label = _("Caso con varias preguntas")

    def to_body(self, value: Any) -> Case:
        parts = ((part, answer) for part in value["parts"] for answer in part["answer"])
        return Case(tuple(_part(answer, part["stem"], part["weight"]) for part, answer in parts))

    def from_body(self, body: Case) -> dict[str, Any]:
        answers = self.child_blocks["parts"].child_block.child_blocks["answer"]
        rows = [
            {"stem": part.stem, "weight": part.weight, "answer": _raw(answers, [part])} for part in body.parts
        ]
        return {"parts": rows}


BLANK_AREA = {
    "label": "", "x": None, "y": None, "width": None, "height": None, "is_round": False, "correct": True,
    "feedback": "",
}  # fmt: skip
"""A new question begins with the right area."""


class AreaBlock(blocks.StructBlock):
    label = blocks.CharBlock(label=_("Nombre"), max_length=120, help_text=_("Sin decir si es la correcta."))
    x = blocks.FloatBlock(label=_("Desde la izquierda (%)"), min_value=0, max_value=100)
    y = blocks.FloatBlock(label=_("Desde arriba (%)"), min_value=0, max_value=100)
    width = blocks.FloatBlock(label=_("Ancho (%)"), min_value=1, max_value=100)
    height = blocks.FloatBlock(label=_("Alto (%)"), min_value=1, max_value=100)
    is_round = blocks.BooleanBlock(label=_("Es redonda"), required=False)
    correct = blocks.BooleanBlock(label=_("Es correcta"), required=False)
    feedback = blocks.TextBlock(label=_("Qué le dices a quien la elige"), required=False)

    class Meta:
        label = _("Zona")
        form_layout = blocks.BlockGroup(
            ["label", "x", "y", "width", "height", "correct"], settings=["is_round", "feedback"]
        )


class HotspotBlock(KindBlock):
    kind = QuestionKind.HOTSPOT

    image = ImageChooserBlock(label=_("Imagen"))
    alt = blocks.TextBlock(label=_("Qué se ve en la imagen"), help_text=_("Para quien no la ve."))
    areas = blocks.ListBlock(AreaBlock(), label=_("Zonas"), min_num=2, max_num=12, default=[BLANK_AREA])
    is_many = blocks.BooleanBlock(label=_("Hay varias correctas"), required=False)

    class Meta:
        icon = "image"
        label = _("Señalar en una imagen")
        form_layout = blocks.BlockGroup(["image", "alt", "areas"], settings=["is_many"])

    def to_body(self, value: Any) -> Hotspot:
        image = value["image"]
        data = {name: plain(value[name]) for name in ("alt", "areas", "is_many")}
        body: Hotspot = super().to_body(data | {"image_id": image.pk if image else None})
        return body

    def from_body(self, body: Hotspot) -> dict[str, Any]:
        data = super().from_body(body)
        data["image"] = self.child_blocks["image"].to_python(data.pop("image_id"))
        return data


class QuestionAnswerBlock(blocks.StreamBlock):
    """All kinds of questions, one of which a question is."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kinds: tuple[type[KindBlock], ...] = (*SIMPLE_BLOCKS, ClozeBlock, HotspotBlock, CaseBlock, OpenBlock)
        super().__init__([(block.kind.value, block()) for block in kinds], **kwargs)

    class Meta:
        min_num = 1
        max_num = 1


def _part(child: Any, stem: str = "", weight: int = 1) -> Part:
    block: KindBlock = child.block
    return Part(block.kind, block.to_body(child.value), stem, weight)


def _raw(stream: blocks.StreamBlock, parts: Sequence[Part]) -> list[tuple[str, Any]]:
    """Children of a stream block for these parts."""
    return [(part.kind.value, stream.child_blocks[part.kind.value].from_body(part.body)) for part in parts]
