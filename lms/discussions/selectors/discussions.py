"""A course's conversation, and a person's place in it."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from courses.models import Course
from lms.discussions.models import CourseDiscussion, Member
from lms.discussions.rules.posting import WriterFacts
from lms.progress.models import Enrolment


def find_discussion(*, course_code: str) -> CourseDiscussion | None:
    """What the course chose, with the course; ``None`` where nobody ever chose. One query."""
    return CourseDiscussion.objects.select_related("course").filter(course__code=course_code).first()


def find_course(*, course_code: str) -> Course | None:
    """One query."""
    return Course.objects.filter(code=course_code).first()


def discussion_is_open(course: OuterRef) -> Exists:
    """For queries about courses, or about what belongs to one: whether its learners have a conversation."""
    return Exists(CourseDiscussion.objects.filter(course=course, is_open=True))


def has_open_discussion(*, course_code: str) -> bool:
    """Whether learners of the course have a conversation. One query."""
    return CourseDiscussion.objects.filter(course__code=course_code, is_open=True).exists()


def read_contexts(*, person_id: int, course_id: int) -> frozenset[str]:
    """In which contexts the person learns the course here; empty: in none. One query."""
    rows = Enrolment.objects.learned_here().filter(person_id=person_id, course_id=course_id)
    return frozenset(rows.values_list("context", flat=True))


def find_member(*, discussion_id: int, person_id: int) -> Member | None:
    """One query."""
    return Member.objects.filter(discussion_id=discussion_id, person_id=person_id).first()


def writer_facts(
    *,
    discussion: CourseDiscussion,
    member: Member | None,
    is_closed: bool,
    is_trainer: bool,
    posts_lately: int = 0,
) -> WriterFacts:
    """What decides whether this member, or who is none yet, may write there. No query."""
    return WriterFacts(
        is_open=discussion.is_open,
        has_joined=member is not None,
        muted_until=member.muted_until if member else None,
        is_closed=is_closed,
        posts_lately=posts_lately,
        is_trainer=is_trainer,
    )


def read_names(*, discussion_id: int, person_ids: Collection[int]) -> dict[int, str]:
    """How these people appear. Who was erased, and who never joined, has no name. One query."""
    rows = Member.objects.filter(discussion_id=discussion_id, person_id__in=person_ids)
    return dict(rows.values_list("person_id", "display_name"))
