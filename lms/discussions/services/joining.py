"""Taking part in a course's conversation: accepting its rules, and the name under which one appears."""

from datetime import datetime

from django.db import transaction

from lms.discussions.models import Member
from lms.discussions.rules.posting import LONGEST_NAME
from lms.lib.words import clean_line


class NoNameError(ValueError):
    """Nothing of the name can be seen."""


@transaction.atomic
def join(
    *, discussion_id: int, person_id: int, display_name: str, mail_replies: bool, at: datetime
) -> tuple[Member, bool]:
    """The member, and whether it is new; who takes part already changes its name and its wish.

    The rules are accepted once: when that was stays as it is.

    Raises:
        NoNameError: see there.
    """
    name = clean_line(display_name)[:LONGEST_NAME]
    if not name:
        raise NoNameError
    member, is_new = Member.objects.get_or_create(
        discussion_id=discussion_id,
        person_id=person_id,
        defaults={"display_name": name, "mail_replies": mail_replies, "accepted_at": at},
    )
    if not is_new:
        member.display_name, member.mail_replies = name, mail_replies
        member.save(update_fields=["display_name", "mail_replies"])
    return member, is_new


@transaction.atomic
def stop_reply_mails(*, person_id: int) -> None:
    """No e-mail about answers any more, in any course, until the person asks for it again."""
    Member.objects.filter(person_id=person_id, mail_replies=True).update(mail_replies=False)
