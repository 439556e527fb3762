"""The pieces a lesson is made of. ``LessonBody`` is the StreamField's block."""

from courses.blocks.body import LessonBody
from courses.blocks.topics import CodeTopic

__all__ = ["CodeTopic", "LessonBody"]
