from django.utils.translation import gettext_lazy as _
from wagtail import blocks

RICH_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


class TextBlock(blocks.StructBlock):
    """Running text."""

    text = blocks.RichTextBlock(label=_("Texto"), features=RICH_FEATURES)

    class Meta:
        icon = "pilcrow"
        label = _("Texto")


class PlainBlock(blocks.StructBlock):
    """The idea in two or three plain sentences."""

    text = blocks.RichTextBlock(label=_("En simple"), features=["bold", "link", "ul", "ol"])

    class Meta:
        icon = "help"
        label = _("En simple")


class GlossaryBlock(blocks.StructBlock):
    """A word and what it means."""

    term = blocks.CharBlock(label=_("Palabra"), max_length=100)
    definition = blocks.RichTextBlock(label=_("Significado"), features=["bold", "link"])

    class Meta:
        icon = "openquote"
        label = _("Glosario")
