"""Whether and how a course has a conversation."""

from datetime import datetime

from django.db import transaction

from courses.models import Course
from lms.discussions.models import CourseDiscussion, ModerationAction
from lms.discussions.rules.cohorts import Scope
from lms.discussions.services.acts import Moderator, log_action

Kind = ModerationAction.Kind


@transaction.atomic
def change_settings(
    *,
    course: Course,
    is_open: bool,
    scope: Scope,
    approves_first: bool,
    moderator: Moderator,
    at: datetime,
) -> CourseDiscussion:
    """Keep what the course chose. Switching off hides the conversation from learners and loses nothing."""
    discussion, _is_new = CourseDiscussion.objects.select_for_update().get_or_create(
        course=course, defaults={"changed_at": at}
    )
    changes = {
        Kind.SWITCHED_ON if is_open else Kind.SWITCHED_OFF: discussion.is_open != is_open,
        Kind.TO_COHORTS if scope == Scope.COHORT else Kind.TO_EVERYBODY: discussion.scope != scope,
        Kind.APPROVAL_ON if approves_first else Kind.APPROVAL_OFF: discussion.approves_first
        != approves_first,
    }
    discussion.is_open, discussion.scope, discussion.approves_first = is_open, scope.value, approves_first
    discussion.changed_at = at
    discussion.save(update_fields=["is_open", "scope", "approves_first", "changed_at"])
    for kind, is_changed in changes.items():
        if is_changed:
            log_action(discussion_id=discussion.pk, kind=kind, moderator=moderator, at=at)
    return discussion
