from lms.discussions.models.discussions import CourseDiscussion, Member
from lms.discussions.models.moderation import ModerationAction, Report
from lms.discussions.models.posts import Post, PostEdit, Thread

__all__ = ["CourseDiscussion", "Member", "ModerationAction", "Post", "PostEdit", "Report", "Thread"]
