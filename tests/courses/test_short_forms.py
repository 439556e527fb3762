"""A form is as short as the thing: what has to be filled in is seen, the rest waits in «Más opciones»."""

from typing import Any

import pytest
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel, PanelGroup, PublishingPanel, get_edit_handler
from wagtail.snippets.models import get_snippet_models

from courses.blocks import LessonBody
from courses.models import CoursePage, LessonPage, ModulePage
from courses.quizzes.blocks import QuestionAnswerBlock
from courses.quizzes.models import Question

pytestmark = pytest.mark.django_db
MOST = 14
PAGES = [CoursePage, ModulePage, LessonPage]
SNIPPETS = [model for model in get_snippet_models() if model.__module__.startswith("courses.")]
MODELS = pytest.mark.parametrize("model", PAGES + SNIPPETS, ids=lambda model: model.__name__)
KINDS = QuestionAnswerBlock().child_blocks
PARTS = LessonBody().child_blocks


def panel_controls(panel: Any) -> list[str]:
    """What a panel shows before anything is opened or added."""
    if "collapsed" in panel.classname or isinstance(panel, (InlinePanel, PublishingPanel)):
        return []
    if isinstance(panel, PanelGroup):
        return [name for child in panel.children for name in panel_controls(child)]
    return [panel.field_name] if isinstance(panel, FieldPanel) else []


def block_controls(block: blocks.Block, value: Any = None) -> list[str]:
    """What a block shows when it was just inserted."""
    value = block.get_default() if value is None else value
    if isinstance(block, blocks.StructBlock):
        shown = block.meta.form_layout.children
        return [name for child in shown for name in block_controls(block.child_blocks[child], value[child])]
    if isinstance(block, blocks.ListBlock):
        return [name for row in value for name in block_controls(block.child_block, row)]
    if isinstance(block, blocks.StreamBlock):
        return [name for child in value for name in block_controls(child.block, child.value)]
    return [block.name]


def handler_of(model: Any) -> Any:
    return model.get_edit_handler() if model in PAGES else get_edit_handler(model)


def form_controls(model: Any) -> list[str]:
    return panel_controls(handler_of(model))


@MODELS
def test_the_form_of_a_thing_is_short(model: Any) -> None:
    assert 0 < len(form_controls(model)) <= MOST


@pytest.mark.parametrize("name", KINDS)
def test_the_form_of_a_question_is_short_whatever_its_kind(name: str) -> None:
    around = [field for field in form_controls(Question) if field != "answer"]
    assert 0 < len(around) + len(block_controls(KINDS[name])) <= MOST


@pytest.mark.parametrize("name", PARTS)
def test_a_new_part_of_a_lesson_is_short(name: str) -> None:
    assert 0 < len(block_controls(PARTS[name])) <= MOST


@MODELS
def test_nothing_that_has_to_be_invented_is_asked_for(model: Any) -> None:
    fields = handler_of(model).get_form_class()().fields
    assert not [name for name in ("key", "code", "short_title") if name in fields and fields[name].required]
