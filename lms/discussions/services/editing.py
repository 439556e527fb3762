"""Authors correct their own messages, for a while."""

from datetime import datetime

from django.db import transaction

from lms.discussions.models import Member, Post, PostEdit
from lms.discussions.rules.posting import Refusal, may_edit
from lms.discussions.services.posting import PostRefusedError
from lms.lib.words import clean_text


class TooLateToEditError(Exception):
    """Fifteen minutes have passed, or the message no longer stands."""


@transaction.atomic
def edit_post(*, post_id: int, text: str, at: datetime) -> bool:
    """Correct the words; those before are kept for whoever moderates. False where nothing changed.

    Raises:
        TooLateToEditError: see there.
        PostRefusedError: whoever moderates keeps the author from writing.
    """
    post = Post.objects.select_for_update(of=("self",)).select_related("thread").get(pk=post_id)
    if _is_muted(post, at):
        raise PostRefusedError(Refusal.MUTED)
    if not may_edit(state=post.state, written_at=post.written_at, at=at):
        raise TooLateToEditError
    text = clean_text(text)
    if text == post.text:
        return False
    PostEdit.objects.create(post=post, text=post.text, replaced_at=at)
    post.text, post.edited_at = text, at
    post.save(update_fields=["text", "edited_at"])
    return True


def _is_muted(post: Post, at: datetime) -> bool:
    """Whoever teaches the course is never kept from writing."""
    members = Member.objects.filter(discussion=post.thread.discussion_id, person=post.person_id)
    return not post.is_trainer and any(member.is_muted_at(at) for member in members)
