from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class CheckOptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Alternativa"), max_length=400)
    correct = blocks.BooleanBlock(label=_("Es la correcta"), required=False)
    feedback = blocks.TextBlock(label=_("Qué le dices a quien la elige"))

    class Meta:
        label = _("Alternativa")


class CheckBlock(blocks.StructBlock):
    """A practice question inside a lesson: no mark, feedback for every option."""

    key = blocks.RegexBlock(
        label=_("Clave"),
        regex=r"^[a-z0-9][a-z0-9-]*$",
        max_length=60,
        required=False,
        error_messages={"invalid": _("Usa letras minúsculas, números y guiones.")},
        help_text=_("Vacía: se pone sola. Si la cambias, es otra pregunta."),
    )
    stem = blocks.TextBlock(label=_("Situación y pregunta"))
    options = blocks.ListBlock(CheckOptionBlock(), label=_("Alternativas"), min_num=2, max_num=6)

    class Meta:
        icon = "tick-inverse"
        label = _("Pregunta de práctica")
        form_layout = blocks.BlockGroup(["stem", "options"], settings=["key"])

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        if sum(1 for option in cleaned["options"] if option["correct"]) != 1:
            raise blocks.StructBlockValidationError(
                {"options": ValidationError(_("Marca exactamente una alternativa correcta."))}
            )
        return cleaned
