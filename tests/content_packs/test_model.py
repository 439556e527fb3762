"""A pack that is a model: a draft that nobody but authors sees, from which courses begin."""

from datetime import datetime

import pytest

from content_packs.folders import PACKS
from content_packs.models import InstalledPack
from content_packs.reading import read_pack
from content_packs.services.install import install_pack
from courses.models import CoursePage, CourseRelease, LessonPage
from courses.selectors import list_live_pages

pytestmark = pytest.mark.usefixtures("catalogue")
BLOCKS = {"text", "plain", "law", "code_of_ethics", "channels", "glossary", "image", "document", "check"}


def install(at: datetime) -> int:
    return len(install_pack(pack=read_pack(PACKS / "curso-modelo"), at=at).changes)


def test_a_model_is_installed_as_a_draft_and_only_once(at: datetime) -> None:
    assert install(at) > 0
    assert install(at) == 0
    course = CoursePage.objects.of_source().get()
    assert course.is_model and not course.live
    assert not list_live_pages().exists()
    assert not LessonPage.objects.live().exists()
    assert not CourseRelease.objects.exists()
    assert InstalledPack.objects.get().content_hash == ""


def test_our_model_shows_every_part_but_the_video_and_reads_easily(at: datetime) -> None:
    pack = read_pack(PACKS / "curso-modelo")
    kinds = {section.kind for lesson in pack.lessons.values() for section in lesson.sections}
    assert kinds == BLOCKS | {"dilemma"}
    assert not pack.warnings


def test_what_a_model_no_longer_has_goes(at: datetime) -> None:
    install(at)
    lesson = LessonPage.objects.get(key="m1-l2")
    lesson.key = lesson.slug = "otra"
    lesson.save()
    install(at)
    assert set(LessonPage.objects.values_list("key", flat=True)) == {"m1-l1", "m1-l2"}
