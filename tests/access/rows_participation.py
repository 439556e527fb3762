"""Addresses of ``lms.participation``: everybody reads, who has an account writes, keepers decide."""

from collections.abc import Callable, Mapping

from lms.participation.links import confirm_url, stop_reply_url, stop_url
from lms.participation.models import (
    Consultation,
    Contribution,
    DialogueMeeting,
    Follower,
    Following,
)
from tests.access.cases import (
    MEMBERS,
    OWNER,
    PLAN_KEEPERS,
    Case,
    for_members,
    in_plan,
    of_commitment,
    open_to_all,
)
from tests.access.world import World


def of_consultation(world: World) -> Mapping[str, object]:
    return {**in_plan(world), "consultation_id": Consultation.objects.get().pk}


def of_meeting(world: World) -> Mapping[str, object]:
    return {**in_plan(world), "meeting_id": DialogueMeeting.objects.get().pk}


def of_anas_comment(world: World) -> Mapping[str, object]:
    return {"public_id": Contribution.objects.get(number=1).public_id}


def of_new_comment(world: World) -> Mapping[str, object]:
    return {"public_id": Contribution.objects.get(number=2).public_id}


def to_review(world: World) -> Mapping[str, object]:
    return {**in_plan(world), **of_anas_comment(world)}


def with_token(url: Callable[[], str]) -> Callable[[World], Mapping[str, object]]:
    return lambda world: {"token": url().rstrip("/").rpartition("/")[2]}


def _confirm() -> str:
    return confirm_url(site_url="", following_id=Following.objects.get().public_id)


def _stop() -> str:
    return stop_url(site_url="", follower_id=Follower.objects.get().public_id)


def _stop_replies() -> str:
    return stop_reply_url(site_url="", contribution_id=Contribution.objects.get(number=1).public_id)


def of_writing(args: Callable[[World], Mapping[str, object]]) -> list[Case]:
    """Everybody reads the page; who has an account writes there, and an empty text is refused."""
    return [open_to_all(200, post=None, args=args), Case(MEMBERS, None, 400, args=args)]


ROWS: dict[str, list[Case]] = {
    "participation:rules": [open_to_all()],
    "participation:mine": [for_members()],
    "participation:download": [for_members()],
    "participation:contribution": [open_to_all(args=of_anas_comment)],
    "participation:edit": [Case(OWNER, 302, 400, args=of_anas_comment)],
    "participation:follow_up": [Case(OWNER, 200, 400, args=of_anas_comment)],
    "participation:withdraw": [Case(OWNER, 200, 302, args=of_anas_comment)],
    "participation:report": [Case(MEMBERS - OWNER, 200, 400, args=of_anas_comment)],
    "participation:to_answer": [Case(PLAN_KEEPERS)],
    "participation:answer": [Case(PLAN_KEEPERS, 200, 400, args=of_new_comment)],
    "participation:confirm": [open_to_all(200, 200, args=with_token(_confirm))],
    "participation:stop": [open_to_all(200, 302, args=with_token(_stop))],
    "participation:stop_replies": [open_to_all(200, 302, args=with_token(_stop_replies))],
    "participation:desk": [Case(PLAN_KEEPERS, args=in_plan)],
    "participation:settings": [Case(PLAN_KEEPERS, 200, 302, args=in_plan)],
    "participation:log": [Case(PLAN_KEEPERS, args=in_plan)],
    "participation:review": [Case(PLAN_KEEPERS, 200, 400, args=to_review)],
    "participation:consultation_create": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "participation:consultation_edit": [Case(PLAN_KEEPERS, 200, 400, args=of_consultation)],
    "participation:meeting_create": [Case(PLAN_KEEPERS, 200, 400, args=in_plan)],
    "participation:meeting_edit": [Case(PLAN_KEEPERS, 200, 400, args=of_meeting)],
    "participation:register": [open_to_all(args=in_plan)],
    "participation:register_csv": [open_to_all(args=in_plan)],
    "participation:register_json": [open_to_all(args=in_plan)],
    "participation:meetings": [open_to_all(args=in_plan)],
    "participation:meetings_csv": [open_to_all(args=in_plan)],
    "participation:consultations": [open_to_all(args=in_plan)],
    "participation:consultation": of_writing(of_consultation),
    "participation:comments": of_writing(of_commitment),
    "participation:follow": [open_to_all(200, 400, args=of_commitment)],
}
