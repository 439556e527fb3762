from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from courses.blocks.check import CheckBlock
from courses.blocks.dilemma import DilemmaBlock
from courses.blocks.institution import ChannelsBlock, CodeOfEthicsBlock, LocalExampleBlock
from courses.blocks.law import LawBlock
from courses.blocks.media import DocumentBlock, ImageBlock, VideoBlock
from courses.blocks.text import GlossaryBlock, PlainBlock, TextBlock


class LessonBody(blocks.StreamBlock):
    """All a lesson may contain, in the order in which authors look for it."""

    text = TextBlock()
    plain = PlainBlock()
    law = LawBlock()
    code_of_ethics = CodeOfEthicsBlock()
    channels = ChannelsBlock()
    local_example = LocalExampleBlock()
    check = CheckBlock()
    dilemma = DilemmaBlock()
    glossary = GlossaryBlock()
    image = ImageBlock()
    video = VideoBlock()
    document = DocumentBlock()

    class Meta:
        label = _("Contenido")
        block_counts = {"dilemma": {"max_num": 1}}
