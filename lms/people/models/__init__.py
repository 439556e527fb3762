"""Tables of people and places. Import from here, not from the topic files."""

from lms.people.models.access import AccessLogEntry
from lms.people.models.accounts import User, UserManager
from lms.people.models.persons import Person, Pseudonym
from lms.people.models.places import Institution, Unit
from lms.people.models.postings import Estamento, LegalQuality, Posting
from lms.people.models.roles import Role, RoleAssignment
from lms.people.models.rosters import RosterImport, RosterStatus

__all__ = [
    "AccessLogEntry",
    "Estamento",
    "Institution",
    "LegalQuality",
    "Person",
    "Posting",
    "Pseudonym",
    "Role",
    "RoleAssignment",
    "RosterImport",
    "RosterStatus",
    "Unit",
    "User",
    "UserManager",
]
