"""Tables of participation. Import from here, not from the topic files."""

from lms.participation.models.consultations import Consultation, ConsultationSection
from lms.participation.models.contributions import Contribution, ContributionEdit
from lms.participation.models.following import ConfirmationCount, Follower, Following, Letter
from lms.participation.models.meetings import DialogueMeeting, MeetingAttendance
from lms.participation.models.moderation import ContributionReport, ModerationAction
from lms.participation.models.replies import OfficialReply
from lms.participation.models.settings import ParticipationSettings

__all__ = [
    "ConfirmationCount",
    "Consultation",
    "ConsultationSection",
    "Contribution",
    "ContributionEdit",
    "ContributionReport",
    "DialogueMeeting",
    "Follower",
    "Following",
    "Letter",
    "MeetingAttendance",
    "ModerationAction",
    "OfficialReply",
    "ParticipationSettings",
]
