"""Conversations: those who take the course, and those who teach it. All of it is switched on."""

from collections.abc import Mapping
from dataclasses import replace

from lms.discussions.models import Member, Post
from tests.access.building import COURSE
from tests.access.cases import EDITORS, NOT_ALLOWED, OWNER, Case, for_members, in_course
from tests.access.world import World

SPEAKERS = OWNER | EDITORS


def in_thread(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE, "public_id": Post.objects.get(number=1).thread.public_id}


def of_anas_post(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE, "public_id": Post.objects.get(number=1).public_id}


def of_answer(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE, "public_id": Post.objects.get(number=2).public_id}


def of_anas_words(world: World) -> Mapping[str, object]:
    return {"public_id": Post.objects.get(number=1).public_id}


def of_member(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE, "public_id": Member.objects.get(person=world.ana).public_id}


def for_speakers(get: int | None = 200, post: int = NOT_ALLOWED, **more: object) -> Case:
    return replace(Case(SPEAKERS, get, post), **more)  # type: ignore[arg-type]


ROWS: dict[str, list[Case]] = {
    "discussions:mine": [for_members()],
    "discussions:download": [for_members()],
    "discussions:withdraw_all": [for_members(200, 302)],
    "discussions:withdraw": [Case(OWNER, 200, 302, args=of_anas_words)],
    "discussions:threads": [for_speakers(args=in_course)],
    "discussions:profile": [for_speakers(200, 400, args=in_course)],
    "discussions:new_thread": [for_speakers(200, 400, args=in_course)],
    "discussions:thread": [for_speakers(200, 400, args=in_thread)],
    "discussions:post": [for_speakers(302, args=of_anas_post)],
    "discussions:edit": [Case(OWNER, 302, 400, args=of_anas_post)],
    "discussions:report": [for_speakers(200, 400, args=of_answer)],
    "discussions_desk:settings": [Case(EDITORS, 200, 400, args=in_course)],
    "discussions_desk:queue": [Case(EDITORS, args=in_course)],
    "discussions_desk:log": [Case(EDITORS, args=in_course)],
    "discussions_desk:post": [Case(EDITORS, 200, 400, args=of_anas_post)],
    "discussions_desk:thread": [Case(EDITORS, NOT_ALLOWED, 302, args=in_thread)],
    "discussions_desk:member": [Case(EDITORS, 200, 400, args=of_member)],
}
