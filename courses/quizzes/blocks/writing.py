"""Forms of questions in which something is written."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.quizzes.blocks.base import KindBlock
from courses.quizzes.rules.kinds.base import QuestionKind


class MeasureUnitBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Unidad"), max_length=40)
    factor = blocks.DecimalBlock(
        label=_("Cuántas de la primera es una de estas"), max_digits=18, decimal_places=9, default=1
    )

    class Meta:
        label = _("Unidad")


class NumericBlock(KindBlock):
    kind = QuestionKind.NUMERIC

    value = blocks.DecimalBlock(label=_("Número correcto"), max_digits=18, decimal_places=6)
    tolerance = blocks.DecimalBlock(
        label=_("Tolerancia"), max_digits=18, decimal_places=6, default=0, min_value=0,
        help_text=_("Se acepta hasta esta distancia, hacia arriba o hacia abajo."),
    )  # fmt: skip
    units = blocks.ListBlock(
        MeasureUnitBlock(), label=_("Unidades para elegir"), default=[], max_num=6,
        help_text=_("Opcional. La primera es la del número correcto."),
    )  # fmt: skip
    feedback_wrong = blocks.TextBlock(label=_("Qué le dices a quien no acierta"), required=False)

    class Meta:
        icon = "decimal"
        label = _("Número")


class VariantBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Se acepta"), max_length=200, help_text=_("* vale por cualquier texto."))
    percent = blocks.IntegerBlock(label=_("Puntos (%)"), min_value=1, max_value=100, default=100)
    feedback = blocks.TextBlock(label=_("Qué le dices a quien la escribe"), required=False)

    class Meta:
        label = _("Respuesta")


class ShortTextBlock(KindBlock):
    kind = QuestionKind.SHORT_TEXT

    variants = blocks.ListBlock(VariantBlock(), label=_("Respuestas que se aceptan"), min_num=1, max_num=20)
    with_accents = blocks.BooleanBlock(label=_("Las tildes cuentan"), required=False)
    with_case = blocks.BooleanBlock(label=_("Las mayúsculas cuentan"), required=False)
    feedback_wrong = blocks.TextBlock(label=_("Qué le dices a quien no acierta"), required=False)

    class Meta:
        icon = "edit"
        label = _("Texto corto")
        form_layout = blocks.BlockGroup(
            ["variants", "feedback_wrong"], settings=["with_accents", "with_case"]
        )


class LevelBlock(blocks.StructBlock):
    points = blocks.IntegerBlock(label=_("Puntos"), min_value=0, max_value=100)
    text = blocks.CharBlock(label=_("Qué se ve en la respuesta"), max_length=300)

    class Meta:
        label = _("Nivel")


BLANK_LEVELS = [{"points": 0, "text": ""}, {"points": 1, "text": ""}]


class CriterionBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Criterio"), max_length=120)
    levels = blocks.ListBlock(
        LevelBlock(), label=_("Niveles, del menor al mayor"), min_num=2, max_num=6, default=BLANK_LEVELS
    )

    class Meta:
        label = _("Criterio")


class OpenBlock(KindBlock):
    kind = QuestionKind.OPEN

    words = blocks.IntegerBlock(
        label=_("Palabras, a lo más"), min_value=0, max_value=2000, default=200, help_text=_("0: no se dice.")
    )
    criteria = blocks.ListBlock(CriterionBlock(), label=_("Rúbrica"), min_num=1, max_num=8)
    guide = blocks.TextBlock(
        label=_("Guía para quien corrige"), required=False, help_text=_("Quien responde no la ve.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Respuesta abierta")
        help_text = _("La corrige una persona: el resultado espera hasta entonces.")
