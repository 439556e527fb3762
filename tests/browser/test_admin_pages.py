"""The authors' screens are Wagtail's: no worse than Wagtail 7.4 itself, and nothing blocked by the policy.

``admin_baseline.json`` holds what axe finds there, by screen and rule. It may shrink, not grow.
"""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page
from pytest_django.live_server_helper import LiveServer

from courses.models import CoursePage, LessonPage
from courses.quizzes.models import Question
from tests.browser.conftest import find_violations
from tests.browser.stage import Stage
from tests.browser.steps import enter_as

KNOWN: dict[str, dict[str, int]] = json.loads(Path(__file__).with_name("admin_baseline.json").read_text())
SCREENS: dict[str, Callable[[], str]] = {
    "home": lambda: "",
    "explorer": lambda: f"pages/{CoursePage.objects.of_source().get().get_parent().pk}/",
    "course": lambda: f"pages/{CoursePage.objects.of_source().get().pk}/edit/",
    "lesson": lambda: f"pages/{LessonPage.objects.get(key='m1-l1', locale__language_code='es').pk}/edit/",
    "questions": lambda: "snippets/quizzes/question/",
    "question": lambda: f"snippets/quizzes/question/edit/{Question.objects.order_by('pk')[0].pk}/",
    "new-question": lambda: "snippets/quizzes/question/add/",
    "laws": lambda: "snippets/courses/law/",
    "glossary": lambda: "snippets/courses/glossaryterm/",
    "quality": lambda: f"calidad/{CoursePage.objects.of_source().get().pk}/",
    "blocked": lambda: f"calidad/{_blocked_lesson()}/antes-de-publicar/",
}


def _blocked_lesson() -> int:
    """A lesson whose draft has an image without words."""
    lesson = LessonPage.objects.get(key="m1-l1", locale__language_code="es")
    image = {"type": "image", "value": {"image": None, "alt": "", "decorative": False, "caption": ""}}
    lesson.body = lesson.body.stream_block.to_python([image, *lesson.body.get_prep_value()])
    lesson.save_revision()
    return lesson.pk


@pytest.mark.parametrize("screen", SCREENS)
def test_an_authors_screen_is_no_worse_than_wagtail(
    screen: str, live_server: LiveServer, stage: Stage, page: Page
) -> None:
    enter_as(page, live_server.url, stage.trainer)
    answer = page.goto(f"{live_server.url}/gestion/{SCREENS[screen]()}")
    assert answer
    assert answer.status == 200
    page.wait_for_load_state("networkidle")
    found = {problem["id"]: len(problem["nodes"]) for problem in find_violations(page)}
    known = KNOWN.get(screen, {})
    assert {rule: count for rule, count in found.items() if count > known.get(rule, 0)} == {}
