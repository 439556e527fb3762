"""Contributions and replies as the pages print them."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from lms.lib.clock import local_date
from lms.participation.access import Place
from lms.participation.models import Contribution, OfficialReply
from lms.participation.rules.contributions import Kind, is_late, may_edit, may_withdraw
from lms.participation.words import gone_words, public_name, state_notice, verdict_notice
from lms.ui.components import Notice


@dataclass(frozen=True)
class ReplyLine:
    """An official reply. ``effect``: where it had effect, in words, with an address where it has one."""

    reply: OfficialReply
    verdict: Notice
    effect: str
    effect_url: str


@dataclass(frozen=True)
class ContributionLine:
    """One contribution. ``text`` is empty where its words are not shown; ``gone`` then says why.

    ``about`` and ``about_url``: on what it was written. ``days``: how long it has waited for an answer.
    """

    row: Contribution
    name: str
    organisation: str
    text: str
    gone: str
    notice: Notice | None
    about: str
    about_url: str
    reply: ReplyLine | None
    days: int
    is_late: bool
    is_own: bool
    may_edit: bool
    may_withdraw: bool
    may_follow_up: bool
    may_report: bool
    may_answer: bool

    @property
    def has_actions(self) -> bool:
        return any((self.may_edit, self.may_withdraw, self.may_follow_up, self.may_report, self.may_answer))


def contribution_lines(
    *,
    rows: Iterable[Contribution],
    plan_code: str,
    at: datetime,
    user_id: int | None = None,
    may_answer: bool = False,
    reported: Collection[int] = (),
    shows_words: bool = False,
) -> list[ContributionLine]:
    """Rows with what the reader can do about each. No query where the rows were read for it.

    ``shows_words``: to those who moderate, hidden and waiting words too; authors always read their own.
    """
    return [_line(row, plan_code, at, user_id, may_answer, reported, shows_words=shows_words) for row in rows]


def lines_at(place: Place, rows: Iterable[Contribution], *, may_answer: bool) -> list[ContributionLine]:
    """The same for a visitor of a plan's page."""
    return contribution_lines(
        rows=rows,
        plan_code=place.plan.code,
        at=place.at,
        user_id=place.viewer.user_id,
        may_answer=may_answer,
    )


def reply_line(*, reply: OfficialReply, plan_code: str) -> ReplyLine:
    """No query where its effect was read with it."""
    effect, url = _effect(reply, plan_code)
    return ReplyLine(reply, verdict_notice(reply), effect, url)


def _line(
    row: Contribution,
    plan_code: str,
    at: datetime,
    user_id: int | None,
    may_answer: bool,
    reported: Collection[int],
    *,
    shows_words: bool,
) -> ContributionLine:
    is_own = user_id is not None and row.author_id == user_id
    about, about_url = _about(row, plan_code)
    shown_on = local_date(row.shown_at or row.written_at)
    waits = row.is_shown and not row.is_answered
    return ContributionLine(
        row=row,
        name=public_name(row),
        organisation=row.organisation if row.author and row.is_shown else "",
        text=row.text if row.is_shown or is_own or shows_words else "",
        gone=gone_words(row),
        notice=state_notice(row),
        about=about,
        about_url=about_url,
        reply=reply_line(reply=row.latest_reply, plan_code=plan_code) if row.latest_reply else None,
        days=_days(shown_on, local_date(at)) if waits else row.answered_in_days or 0,
        is_late=waits and is_late(shown_on=shown_on, on=local_date(at)),
        is_own=is_own,
        may_edit=is_own
        and may_edit(state=row.state, is_answered=row.is_answered, written_at=row.written_at, at=at),
        may_withdraw=is_own and may_withdraw(state=row.state),
        may_follow_up=is_own and row.is_shown and row.is_answered,
        may_report=user_id is not None and row.is_shown and not is_own and row.pk not in reported,
        may_answer=may_answer and row.is_shown,
    )


def _days(start: date, end: date) -> int:
    return max((end - start).days, 0)


def _about(row: Contribution, plan_code: str) -> tuple[str, str]:
    if row.kind == Kind.COMMENT and row.commitment:
        words = _("Compromiso %(number)s: %(title)s") % {
            "number": row.commitment.number,
            "title": row.commitment.title,
        }
        return words, reverse("participation:comments", args=[plan_code, row.commitment.number])
    if row.consultation is None:
        return "", ""
    url = reverse("participation:consultation", args=[plan_code, row.consultation.pk])
    if row.section is None:
        return _("%(title)s, todo el borrador") % {"title": row.consultation.title}, url
    words = _("%(title)s, sección «%(section)s»") % {
        "title": row.consultation.title,
        "section": row.section.title or _("Inicio"),
    }
    return words, f"{url}#s-{row.section.order}"


def _effect(reply: OfficialReply, plan_code: str) -> tuple[str, str]:
    if reply.commitment:
        url = reverse("plan:commitment", args=[plan_code, reply.commitment.number])
        return _("Compromiso %(number)s") % {"number": reply.commitment.number}, url
    if reply.milestone:
        return _("Hito «%(label)s»") % {"label": reply.milestone.label}, ""
    if reply.section:
        return _("Sección «%(title)s» del borrador") % {"title": reply.section.title or _("Inicio")}, ""
    return "", ""
