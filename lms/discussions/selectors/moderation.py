"""What waits for those who moderate, and what they did."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lms.discussions.models import Member, ModerationAction, Post, PostEdit, Report
from lms.discussions.rules.posting import PostState


@dataclass(frozen=True)
class Case:
    """One message in front of whoever moderates: its earlier words and what people reported of it."""

    post: Post
    edits: list[PostEdit]
    reports: list[Report]
    member: Member | None

    @property
    def open_reports(self) -> list[Report]:
        return [report for report in self.reports if report.resolved_at is None]


def list_waiting(*, discussion_id: int) -> QuerySet[Post]:
    """Messages to be approved, and those reported, the oldest first. One query when read.

    Each has ``report_count``: the reports that nobody has looked at.
    """
    reported = Report.objects.filter(post=OuterRef("pk"), resolved_at__isnull=True)
    rows = Post.objects.filter(thread__discussion_id=discussion_id)
    rows = rows.filter(Q(state=PostState.WAITING) | Exists(reported))
    return (
        rows.annotate(report_count=Count("reports", filter=Q(reports__resolved_at__isnull=True)))
        .select_related("thread__institution")
        .order_by("written_at", "pk")
    )


def find_case(*, discussion_id: int, public_id: UUID) -> Case | None:
    """One message with all that was said of it. Four queries."""
    rows = Post.objects.filter(thread__discussion_id=discussion_id, public_id=public_id)
    post = rows.select_related("thread__institution", "institution").first()
    if post is None:
        return None
    member = Member.objects.filter(discussion_id=discussion_id, person_id=post.person_id).first()
    return Case(post, list(post.edits.all()), list(post.reports.all()), member)


def find_member_by_id(*, discussion_id: int, public_id: UUID) -> Member | None:
    """One query."""
    return Member.objects.filter(discussion_id=discussion_id, public_id=public_id).first()


def list_muted(*, discussion_id: int) -> list[Member]:
    """Who was muted, whether or not it has passed, by name. One query."""
    rows = Member.objects.filter(discussion_id=discussion_id, muted_until__isnull=False)
    return list(rows.order_by("display_name", "pk"))


def list_actions(*, discussion_id: int) -> QuerySet[ModerationAction]:
    """What was done, the latest first. One query when read."""
    rows = ModerationAction.objects.filter(discussion_id=discussion_id)
    return rows.select_related("by", "post", "thread")
