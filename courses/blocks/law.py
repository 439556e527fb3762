from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class LawBlock(blocks.StructBlock):
    """What a law says, in plain words, with the version that was read."""

    law = SnippetChooserBlock("courses.Law", label=_("Norma"))
    article = blocks.CharBlock(label=_("Artículo"), max_length=120, required=False)
    version = blocks.DateBlock(
        label=_("Versión que leíste"),
        required=False,
        help_text=_("Fecha del texto consolidado en que te basaste. Aparece en la tarjeta."),
    )
    summary = blocks.RichTextBlock(label=_("Resumen en lenguaje claro"), features=["bold", "ul", "ol"])
    quote = blocks.TextBlock(label=_("Cita textual"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Lo que dice la ley")
