"""Forms of questions in which something is chosen, put together or put in order."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.quizzes.blocks.base import KindBlock
from courses.quizzes.rules.kinds.base import QuestionKind
from courses.quizzes.rules.kinds.true_false import TrueFalse

LONGEST_OPTION = 500
BLANK_OPTION = {"text": "", "correct": False, "feedback": "", "is_pinned": False}
BLANK_PAIR = {"left": "", "right": ""}
BLANK_WAY = {"text": "", "percent": 0, "consequence": ""}
"""A new question begins with as many rows as it needs at least."""


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Alternativa"), max_length=LONGEST_OPTION)
    correct = blocks.BooleanBlock(label=_("Es correcta"), required=False)
    feedback = blocks.TextBlock(label=_("Qué le dices a quien la elige"), required=False)
    is_pinned = blocks.BooleanBlock(
        label=_("Va siempre al final"), required=False, help_text=_("Para «todas las anteriores».")
    )

    class Meta:
        label = _("Alternativa")
        form_layout = blocks.BlockGroup(["text", "correct", "feedback"], settings=["is_pinned"])


class _ChoiceBlock(KindBlock):
    options = blocks.ListBlock(
        OptionBlock(), label=_("Alternativas"), min_num=2, max_num=10, default=[BLANK_OPTION] * 2
    )
    shuffle = blocks.BooleanBlock(label=_("Mezclar las alternativas"), required=False, default=True)


class SingleBlock(_ChoiceBlock):
    kind = QuestionKind.SINGLE

    class Meta:
        icon = "radio-full"
        label = _("Una respuesta")
        form_layout = blocks.BlockGroup(["options"], settings=["shuffle"])


class MultipleBlock(_ChoiceBlock):
    kind = QuestionKind.MULTIPLE

    class Meta:
        icon = "tick-inverse"
        label = _("Varias respuestas")
        form_layout = blocks.BlockGroup(["options"], settings=["shuffle"])
        help_text = _(
            "Da puntos por cada correcta y los quita por cada incorrecta: marcarlas todas no da nada."
        )


class ReasonBlock(OptionBlock):
    text = blocks.CharBlock(label=_("Razón"), max_length=LONGEST_OPTION)

    class Meta:
        label = _("Razón")
        form_layout = blocks.BlockGroup(["text", "correct", "feedback"], settings=["is_pinned"])


class TrueFalseBlock(KindBlock):
    kind = QuestionKind.TRUE_FALSE

    is_true = blocks.ChoiceBlock(
        label=_("La afirmación es"), choices=[("si", _("Verdadera")), ("no", _("Falsa"))], default="si"
    )
    reasons = blocks.ListBlock(
        ReasonBlock(), label=_("Razones"), default=[], max_num=6,
        help_text=_("Opcional. Con razones, solo acierta quien elige también la correcta."),
    )  # fmt: skip
    feedback_true = blocks.TextBlock(label=_("Qué le dices a quien responde «verdadero»"), required=False)
    feedback_false = blocks.TextBlock(label=_("Qué le dices a quien responde «falso»"), required=False)

    class Meta:
        icon = "resubmit"
        label = _("Verdadero o falso, y por qué")

    def to_body(self, value: Any) -> TrueFalse:
        body: TrueFalse = super().to_body({**value, "is_true": value["is_true"] == "si"})
        return body

    def from_body(self, body: TrueFalse) -> dict[str, Any]:
        return super().from_body(body) | {"is_true": "si" if body.is_true else "no"}


class PairBlock(blocks.StructBlock):
    left = blocks.CharBlock(label=_("A la izquierda"), max_length=300)
    right = blocks.CharBlock(label=_("Su pareja"), max_length=300)

    class Meta:
        label = _("Par")


class MatchingBlock(KindBlock):
    kind = QuestionKind.MATCHING

    pairs = blocks.ListBlock(PairBlock(), label=_("Pares"), min_num=2, max_num=12, default=[BLANK_PAIR] * 2)
    distractors = blocks.ListBlock(
        blocks.CharBlock(label=_("Sobra"), max_length=300), label=_("Lo que sobra a la derecha"), default=[],
        max_num=6,
    )  # fmt: skip

    class Meta:
        icon = "link"
        label = _("Unir pares")


class OrderingBlock(KindBlock):
    kind = QuestionKind.ORDERING

    items = blocks.ListBlock(
        blocks.CharBlock(label=_("Paso"), max_length=300),
        label=_("En el orden correcto"),
        min_num=3,
        max_num=10,
        default=[""] * 3,
    )

    class Meta:
        icon = "list-ol"
        label = _("Ordenar")


class WayBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Lo que se puede hacer"), max_length=LONGEST_OPTION)
    percent = blocks.IntegerBlock(label=_("Puntos (%)"), min_value=0, max_value=100, default=0)
    consequence = blocks.TextBlock(label=_("Qué pasa después"))

    class Meta:
        label = _("Salida")


class JudgementBlock(KindBlock):
    kind = QuestionKind.JUDGEMENT

    ways = blocks.ListBlock(WayBlock(), label=_("Salidas"), min_num=2, max_num=6, default=[BLANK_WAY] * 2)

    class Meta:
        icon = "order"
        label = _("Dilema con consecuencias")
        help_text = _("Más de una salida se puede defender: cada una vale un porcentaje.")
