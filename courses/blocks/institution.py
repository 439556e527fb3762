from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.topics import CodeTopic


class CodeOfEthicsBlock(blocks.StructBlock):
    """The article of the learner's own institution on a topic; the general text without one."""

    topic = blocks.ChoiceBlock(label=_("Tema"), choices=CodeTopic.choices)
    fallback = blocks.RichTextBlock(
        label=_("Texto general"),
        features=["bold", "link", "ul", "ol"],
        help_text=_("Se muestra cuando la institución de la persona aún no cargó ese artículo."),
    )
    acknowledge = blocks.BooleanBlock(
        label=_("Pedir que declare conocer el código"), required=False, default=False
    )

    class Meta:
        icon = "group"
        label = _("Código de ética de la institución")


class ChannelsBlock(blocks.StructBlock):
    """Whom to ask and where to report in the learner's own institution."""

    intro = blocks.RichTextBlock(label=_("Introducción"), features=["bold", "link"], required=False)

    class Meta:
        icon = "mail"
        label = _("A quién pregunto y dónde denuncio")


class LocalExampleBlock(blocks.StructBlock):
    """An example on a topic from the learner's own institution; the general one without it."""

    topic = blocks.ChoiceBlock(label=_("Tema"), choices=CodeTopic.choices)
    fallback = blocks.RichTextBlock(
        label=_("Ejemplo general"),
        features=["bold", "link", "ul", "ol"],
        help_text=_("Se muestra cuando la institución de la persona aún no cargó su ejemplo."),
    )

    class Meta:
        icon = "pick"
        label = _("Un ejemplo de aquí")
