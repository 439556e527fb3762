"""Queued work: send letters."""

from django.conf import settings
from django_tasks import task

from lms.lib import clock
from lms.people.letters import send_letter
from lms.people.services.invitations import note_sent, write_letter


@task()
def send_invitation(invitation_id: int) -> bool:
    """Sends one invitation; may run twice. Answers whether there was anything to send."""
    at = clock.now()
    letter = write_letter(invitation_id=invitation_id, key=str(settings.SECRET_KEY), at=at)
    if letter is None:
        return False
    send_letter(letter=letter)
    note_sent(invitation_id=invitation_id, at=at)
    return True
