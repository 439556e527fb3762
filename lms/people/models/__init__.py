"""Tables of people and places. Import from here, not from the topic files."""

from lms.people.models.access import AccessLogEntry
from lms.people.models.accounts import User, UserManager
from lms.people.models.course_teams import CourseMember
from lms.people.models.invitations import Invitation
from lms.people.models.merges import PersonMerge
from lms.people.models.persons import Person, Pseudonym
from lms.people.models.places import Institution, Unit
from lms.people.models.postings import Estamento, Leave, LegalQuality, Posting
from lms.people.models.roles import Role, RoleAssignment
from lms.people.models.rosters import RosterChunk, RosterImport, RosterMapping, RosterStatus

__all__ = [
    "AccessLogEntry",
    "CourseMember",
    "Estamento",
    "Institution",
    "Invitation",
    "Leave",
    "LegalQuality",
    "Person",
    "PersonMerge",
    "Posting",
    "Pseudonym",
    "Role",
    "RoleAssignment",
    "RosterChunk",
    "RosterImport",
    "RosterMapping",
    "RosterStatus",
    "Unit",
    "User",
    "UserManager",
]
