from typing import ClassVar

from wagtail.blocks import RichTextBlock
from wagtail.fields import StreamField
from wagtail.models import Page


class BarePage(Page):
    """Rich text, and nothing around it."""

    body = StreamField([("text", RichTextBlock())])

    template: ClassVar[str] = "bare/page.html"
