"""The e-mail of an invitation: plain text and HTML."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from lms.people.services.invitations import Letter

TEMPLATE = "people/email/invitation"


def send_letter(*, letter: Letter) -> None:
    """Send it. An error of the mail server goes up, so that the task is tried again."""
    context = {
        "letter": letter,
        "link": settings.SITE_URL + reverse("invitation", kwargs={"token": letter.token}),
        "site_url": settings.SITE_URL,
    }
    subject = render_to_string(f"{TEMPLATE}_subject.txt", context).strip()
    message = EmailMultiAlternatives(
        subject=f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}",
        body=render_to_string(f"{TEMPLATE}_message.txt", context),
        to=[letter.email],
    )
    message.attach_alternative(render_to_string(f"{TEMPLATE}_message.html", context), "text/html")
    message.send()
