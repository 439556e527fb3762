"""Tables of notices. Import from here, not from the topic files."""

from lms.notices.models.addresses import AddressProblem, MailPreference
from lms.notices.models.mails import Mail
from lms.notices.models.notices import Notice, Reminder

__all__ = ["AddressProblem", "Mail", "MailPreference", "Notice", "Reminder"]
