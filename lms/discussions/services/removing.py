"""Taking words away for good. The place of each message stays, so that what others wrote can be followed."""

from django.db import transaction
from django.db.models import QuerySet

from lms.discussions.models import Member, ModerationAction, Post, PostEdit, Report, Thread
from lms.discussions.rules.posting import HAS_WORDS, PostState


@transaction.atomic
def withdraw_post(*, post_id: int) -> bool:
    """Its author takes a message back. False where its words were gone already."""
    return _empty(Post.objects.filter(pk=post_id), PostState.WITHDRAWN) == 1


@transaction.atomic
def withdraw_all(*, person_id: int) -> int:
    """A person takes back all that it wrote, in all conversations; how many messages."""
    return _empty(Post.objects.filter(person_id=person_id), PostState.WITHDRAWN)


@transaction.atomic
def erase_messages(*, person_id: int) -> None:
    """Nothing in conversations names the person or is in its words any more.

    Its messages become «Persona eliminada» without text: removing the rows would leave answers that
    answer nothing. What it reported, and what was reported of it, goes too.
    """
    _empty(Post.objects.filter(person_id=person_id), PostState.ERASED)
    Post.objects.filter(person_id=person_id).update(state=PostState.ERASED.value, institution=None)
    Report.objects.filter(person_id=person_id).delete()
    Report.objects.filter(post__person_id=person_id).delete()
    Member.objects.filter(person_id=person_id).delete()
    ModerationAction.objects.filter(subject_id=person_id).update(subject=None, reason="")


def _empty(posts: QuerySet[Post], state: PostState) -> int:
    """Words, those before or quoted in reports, and titles of subjects that they began. Five queries."""
    ids = list(posts.filter(state__in=HAS_WORDS).select_for_update().values_list("pk", flat=True))
    if not ids:
        return 0
    kept = Post.objects.filter(pk__in=ids)
    Thread.objects.filter(posts__in=kept.filter(number=1)).update(title="")
    PostEdit.objects.filter(post__in=kept).delete()
    Report.objects.filter(post__in=kept).update(quoted="")
    kept.update(text="", hidden_reason="", state=state.value)
    return len(ids)
