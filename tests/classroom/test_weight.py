"""What the quality report estimates of a page's weight is what the classroom sends."""

from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from courses.models import CoursePage, LessonPage, ModulePage
from courses.quality.rules import check_lesson
from courses.quality.rules.weight import SHARED, weigh
from courses.quality.selectors import read_lesson
from courses.services import publish_release
from tests.factories.courses import LawFactory, channels, check, code_of_ethics, create_lesson, dilemma, text
from tests.factories.learning import make_learner
from tests.personas import Personas

pytestmark = pytest.mark.django_db

WORDS = "La persona que decide pone el interés general primero y lo cuenta a su jefatura. " * 5


@pytest.mark.parametrize(("paragraphs", "is_heavy"), [(1, False), (12, False), (120, True)])
def test_the_estimate_is_close(
    client: Client, people: Personas, course: CoursePage, at: datetime, paragraphs: int, is_heavy: bool
) -> None:
    law = {
        "type": "law",
        "value": {"law": LawFactory().pk, "version": "2024-01-15", "summary": f"<p>{WORDS}</p>"},
    }
    body = [
        *[text(WORDS)] * paragraphs,
        law,
        code_of_ethics(),
        channels(),
        check("peso-p1"),
        check("peso-p2"),
        dilemma("peso"),
    ]
    lesson = create_lesson(ModulePage.objects.first(), key="peso", body=body)
    publish_release(page=course, at=at)
    make_learner(person=people.ana.person, at=at, course=course.code)
    answer = client.get(f"/aula/{course.code}/peso/")
    snapshot = read_lesson(page=LessonPage.objects.get(pk=lesson.pk))
    estimate = weigh(snapshot.lessons[0], snapshot).html
    assert estimate == pytest.approx(len(answer.content), rel=0.15)
    found = [finding.rule for finding in check_lesson(snapshot.lessons[0], snapshot)]
    assert ("page_heavy" in found) is is_heavy


def test_the_shared_files_weigh_what_is_said() -> None:
    folder = Path(finders.find("ui/favicon.svg")).parent
    files = [file for ending in ("css", "js", "svg", "woff2") for file in folder.rglob(f"*.{ending}")]
    assert sum(file.stat().st_size for file in files) == pytest.approx(SHARED, rel=0.15)
