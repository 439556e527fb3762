"""Letters of this app as e-mails, in the frame of those of ``lms.notices``.

One-click unsubscription: RFC 8058. Automatic: RFC 3834. No remote image, no tracking.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lms.lib.sealing import UnsealError, unseal
from lms.lib.words import clean_line
from lms.notices.mail_settings import MailSettings
from lms.participation.links import confirm_url, stop_reply_url, stop_url
from lms.participation.models import Follower, Following, Letter, OfficialReply
from lms.participation.rules.following import LetterKind
from lms.participation.selectors.following import News, find_verified_address, read_news
from lms.participation.services.following import PURPOSE
from lms.plan.models import PlanChange
from lms.ui.spelling import spell_date

LONGEST_SUBJECT = 150


@dataclass(frozen=True)
class Draft:
    """What goes into the frame. ``context`` is of the letter's own template."""

    template: str
    subject: str
    link: str
    stop: str
    context: dict[str, Any]


@dataclass(frozen=True)
class Salutation:
    """What the frame asks of a letter: nobody is called by name here."""

    given_name: str = ""


@dataclass(frozen=True)
class NewsLine:
    """What happened to one commitment, in sentences."""

    number: int
    title: str
    url: str
    sentences: list[str]


def find_address(*, letter: Letter, mail: MailSettings) -> str:
    """Where it goes; empty where there is no such address any more. One query for an account."""
    follower = letter.follower
    if letter.recipient_id is not None:
        return find_verified_address(user_id=letter.recipient_id)
    if follower is None:
        return ""
    if follower.user_id is not None:
        return find_verified_address(user_id=follower.user_id)
    try:
        return unseal(follower.sealed_address, purpose=PURPOSE, keys=mail.keys)
    except UnsealError:
        return ""


def compose(*, letter: Letter, address: str, mail: MailSettings) -> EmailMultiAlternatives | None:
    """The e-mail, ready to be handed over; ``None`` where there is nothing to tell any more.

    Raises:
        ValueError: the address or a text cannot stand in a header.
    """
    language = letter.follower.language if letter.follower else ""
    with translation.override(language or settings.LANGUAGE_CODE):
        draft = _draft(letter, mail)
        return _message(letter, address, draft, mail) if draft else None


def _draft(letter: Letter, mail: MailSettings) -> Draft | None:
    if letter.kind == LetterKind.CONFIRM and letter.following and letter.follower:
        return _confirmation(letter.following, letter.follower, mail)
    if letter.kind == LetterKind.REPLY and letter.reply:
        return _reply(letter.reply, mail)
    if letter.kind == LetterKind.DIGEST and letter.follower:
        return _digest(letter, letter.follower, mail)
    return None


def _confirmation(following: Following, follower: Follower, mail: MailSettings) -> Draft | None:
    if following.confirmed_at:
        return None
    return Draft(
        template="confirm",
        subject=_("Confirma que quieres seguir el compromiso %(number)s")
        % {"number": following.commitment.number},
        link=confirm_url(site_url=mail.site_url, following_id=following.public_id),
        stop=stop_url(site_url=mail.site_url, follower_id=follower.public_id),
        context={"commitment": following.commitment},
    )


def _reply(reply: OfficialReply, mail: MailSettings) -> Draft | None:
    row = reply.contribution
    if not row.wants_mail or not row.is_shown:
        return None
    words = {"office": reply.office, "verdict": reply.get_verdict_display(), "number": row.number}
    sentence = (
        _("%(office)s corrigió la respuesta a tu aporte %(number)s. Decisión: %(verdict)s.")
        if reply.is_correction
        else _("%(office)s respondió tu aporte %(number)s. Decisión: %(verdict)s.")
    )
    return Draft(
        template="reply",
        subject=_("Respondieron tu aporte %(number)s") % words,
        link=mail.site_url + reverse("participation:contribution", args=[row.public_id]),
        stop=stop_reply_url(site_url=mail.site_url, contribution_id=row.public_id),
        context={"sentence": sentence % words, "reason": reply.reason},
    )


def _digest(letter: Letter, follower: Follower, mail: MailSettings) -> Draft | None:
    news = [_news_line(found, mail.site_url) for found in read_news(follower_id=follower.pk, letter=letter)]
    if not news:
        return None
    first = news[0]
    subject = (
        _("Novedades del compromiso %(number)s: %(title)s") % {"number": first.number, "title": first.title}
        if len(news) == 1
        else _("Novedades de %(count)s compromisos que sigues") % {"count": len(news)}
    )
    return Draft(
        template="digest",
        subject=subject,
        link=first.url,
        stop=stop_url(site_url=mail.site_url, follower_id=follower.public_id),
        context={"news": news},
    )


def _news_line(news: News, site_url: str) -> NewsLine:
    commitment = news.commitment
    path = reverse("plan:commitment", args=[commitment.plan.code, commitment.number])
    sentences = [_say_change(change) for change in news.changes]
    sentences += [
        _("%(day)s: %(office)s respondió el aporte %(number)s (%(verdict)s).")
        % {
            "day": spell_date(value=reply.replied_at),
            "office": reply.office,
            "number": reply.contribution.number,
            "verdict": reply.get_verdict_display(),
        }
        for reply in news.replies
    ]
    return NewsLine(commitment.number, commitment.title, site_url + path, sentences)


def _say_change(change: PlanChange) -> str:
    words = {"day": spell_date(value=change.changed_at), "label": change.label}
    if change.kind == PlanChange.Kind.REPLANNED:
        return _("%(day)s: se reprogramó «%(label)s».") % words
    return _("%(day)s: se aprobó un avance de «%(label)s».") % words


def _message(letter: Letter, address: str, draft: Draft, mail: MailSettings) -> EmailMultiAlternatives:
    subject = clean_line(draft.subject)[:LONGEST_SUBJECT]
    context = draft.context | {
        "letter": Salutation(),
        "subject": subject,
        "link": draft.link,
        "stop_url": draft.stop,
        "site_url": mail.site_url,
        "can_reply": False,
    }
    name = f"participation/mail/{draft.template}"
    message = EmailMultiAlternatives(
        subject=subject,
        body=render_to_string(f"{name}.txt", context).strip() + "\n",
        from_email=mail.envelope_sender(letter.public_id),
        to=[address],
        headers={
            "From": mail.sender,
            "Message-ID": mail.message_id(letter.public_id),
            "List-Unsubscribe": f"<{draft.stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(render_to_string(f"{name}.html", context), "text/html")
    return message
