"""A letter as an e-mail: plain text and HTML, with the headers of a good sender.

One-click unsubscription: RFC 8058 (the mail server has to cover both headers with its DKIM signature).
Automatic: RFC 3834, so that no holiday answer comes back. No remote image, no tracking, one link to do
what is asked.
"""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from lms.notices.links import unsubscribe_url
from lms.notices.mail_settings import MailSettings
from lms.notices.selectors.letters import Letter
from lms.notices.words import lead_in, say, say_answers, say_replies, say_row, subject_of
from lms.notices.words_feedback import say_follow_up, say_reports
from lms.notices.words_slots import say_gaps, say_slots, slot_path, slot_subject

TEMPLATES = "notices/mail"
LEARNER_PATH, LEADER_PATH = "/aula/", "/cumplimiento/"
RECORD_PATH, TRAINER_PATH = "/aula/mi-registro/", "/docencia/"


def compose(*, letter: Letter, mail: MailSettings) -> EmailMultiAlternatives:
    """The e-mail in the person's language, ready to be handed over.

    Its sender is the envelope's, its ``From`` the platform's.

    Raises:
        ValueError: the address or a text cannot stand in a header.
    """
    with translation.override(letter.language or settings.LANGUAGE_CODE):
        return _compose(letter, mail)


def _compose(letter: Letter, mail: MailSettings) -> EmailMultiAlternatives:
    stop = unsubscribe_url(site_url=mail.site_url, person_public_id=letter.person_public_id)
    reply_to = "" if letter.replies else mail.reply_address(letter.institution_code)
    template = _template_of(letter)
    subject = slot_subject(letter) if letter.slots or letter.gaps else subject_of(letter)
    context = {
        "letter": letter,
        "subject": subject,
        "lead_in": lead_in(letter),
        "trainings": [say(line=line, day=letter.day) for line in letter.lines],
        "rows": [say_row(row=row) for row in letter.rows],
        "sentences": say_answers(answers=letter.answers) or say_replies(threads=letter.replies),
        "follow_up": say_follow_up(follow_up=letter.follow_up) if letter.follow_up else None,
        "reports": say_reports(reports=letter.reports),
        "slots": say_slots(lines=letter.slots, day=letter.day),
        "gaps": say_gaps(gaps=letter.gaps),
        "link": mail.site_url + _path_of(letter),
        "stop_url": stop,
        "site_url": mail.site_url,
        "can_reply": bool(reply_to),
    }
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{TEMPLATES}/{template}.txt", context).strip() + "\n",
        from_email=mail.envelope_sender(letter.public_id),
        to=[letter.address],
        reply_to=[reply_to] if reply_to else None,
        headers=_headers(letter, mail, stop),
    )
    message.attach_alternative(render_to_string(f"{TEMPLATES}/{template}.html", context), "text/html")
    return message


def _template_of(letter: Letter) -> str:
    if letter.follow_up:
        return "follow_up"
    if letter.reports:
        return "reports"
    if letter.answers:
        return "answer"
    if letter.slots or letter.gaps:
        return "slots" if letter.slots else "slot_gaps"
    if letter.replies:
        return "reply"
    return "digest" if letter.is_digest else "training"


def _path_of(letter: Letter) -> str:
    """Where it is done or read; several answers are read from one's record."""
    if letter.follow_up:
        return letter.follow_up.path
    if letter.reports:
        return TRAINER_PATH
    if letter.slots or letter.gaps:
        return slot_path(letter)
    if len(letter.answers) == 1:
        return f"{RECORD_PATH}consultas/{letter.answers[0].public_id}/"
    if letter.answers:
        return RECORD_PATH
    if len(letter.replies) == 1:
        thread = letter.replies[0]
        return reverse("discussions:thread", args=[thread.course_code, thread.thread_id])
    if letter.replies:
        return reverse("discussions:mine")
    return LEADER_PATH if letter.is_digest else LEARNER_PATH


def _headers(letter: Letter, mail: MailSettings, stop: str) -> dict[str, str]:
    by_mail = mail.unsubscribe_address(letter.public_id)
    ways = [f"<{stop}>", *([f"<mailto:{by_mail}?subject=baja>"] if by_mail else [])]
    return {
        "From": mail.sender,
        "Message-ID": mail.message_id(letter.public_id),
        "List-Unsubscribe": ", ".join(ways),
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
