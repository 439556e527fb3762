"""What an e-mail says, read on the day of sending: only what is still true, to whoever wants it."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from lms.feedback.selectors.reports import NewReports
from lms.notices.models import Mail, Notice
from lms.notices.rules.kinds import OF_FEEDBACK, OF_ONE_SLOT, Kind, Reason, State, group_of
from lms.notices.rules.validity import PresentAnswer, find_answer_obstacle, find_obstacle
from lms.notices.selectors.addresses import address_of
from lms.notices.selectors.answers import ANSWER, WORDS
from lms.notices.selectors.facts import Facts, read_facts
from lms.notices.selectors.feedback import JOINS, UNREAD, FollowUp, find_feedback_obstacle, find_follow_up
from lms.notices.selectors.leads import UnitRow
from lms.notices.selectors.replies import RepliedThread
from lms.notices.selectors.slot_letters import SLOT, SLOT_WORDS, SlotLine, slot_lines
from lms.notices.selectors.slots import Gap
from lms.people.models import Person
from lms.progress.models import QuestionAnswer, RecordQuestion, TrainingRequirement
from lms.progress.rules.timeline import Standing

LIVE = (TrainingRequirement.Status.LIVE, TrainingRequirement.Status.CHANGING)
# Of several notices about one training the first of these speaks.
_URGENCY = (
    Kind.MANUAL, Kind.LATE, Kind.DUE_1, Kind.DUE_7, Kind.DUE_30, Kind.EXPIRING, Kind.ASSIGNED,
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One training. ``minutes`` 0: not known."""

    kind: Kind
    title: str
    is_late: bool
    due_on: date | None
    valid_until: date | None
    minutes: int


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question that was answered: when it was asked, and by what its page is known."""

    asked_on: date
    public_id: UUID


@dataclass(frozen=True)
class Letter:
    """One e-mail: trainings, answers, subjects with replies, the rows of a digest, errors that were
    reported, one follow-up, slots to review, or what lacks of them.

    ``note``: the words of a reminder. The institution is empty where none has to do with it.
    ``language``: the one the person chose; empty for the site's.
    """

    mail_id: int
    public_id: UUID
    person_id: int
    person_public_id: UUID
    address: str
    given_name: str
    institution_name: str
    institution_code: str
    day: date
    lines: tuple[Line, ...] = ()
    rows: tuple[UnitRow, ...] = ()
    note: str = ""
    answers: tuple[AnsweredQuestion, ...] = ()
    language: str = ""
    reports: tuple[NewReports, ...] = ()
    follow_up: FollowUp | None = None
    slots: tuple[SlotLine, ...] = ()
    gaps: tuple[Gap, ...] = ()
    replies: tuple[RepliedThread, ...] = ()

    @property
    def is_digest(self) -> bool:
        return bool(self.rows)


@dataclass(frozen=True)
class Verdict:
    """What becomes of one e-mail: the letter, if anything is left to say, and the notices that fall out."""

    mail_id: int
    letter: Letter | None
    drops: dict[int, tuple[State, Reason]]


def read_verdicts(*, mail_ids: Collection[int], keys: Sequence[str], at: datetime) -> list[Verdict]:
    """What these e-mails say at ``at``, in order of their ids.

    Eight queries for any number of e-mails, three more where there are reported errors, two where there
    are replies, one for each change of a course, and those of the figures where there are digests.
    """
    mails = list(Mail.objects.filter(pk__in=mail_ids).select_related("person__user").order_by("pk"))
    notices: dict[int, list[Notice]] = defaultdict(list)
    rows = Notice.objects.filter(mail_id__in=mail_ids).select_related(
        "requirement", "institution", "reminder", ANSWER, SLOT, *JOINS
    )
    for notice in rows.defer(*WORDS, *SLOT_WORDS, *UNREAD).order_by("pk"):
        notices[notice.mail_id or 0].append(notice)
    every = [notice for group in notices.values() for notice in group]
    facts = read_facts(mails=mails, notices=every, keys=keys, at=at)
    return [_judge(mail, notices[mail.pk], facts) for mail in mails]


def _judge(mail: Mail, notices: list[Notice], facts: Facts) -> Verdict:
    drops = {notice.pk: drop for notice in notices if (drop := _find_drop(mail, notice, facts))}
    left = [notice for notice in notices if notice.pk not in drops]
    if not left:
        return Verdict(mail.pk, None, drops)
    first = left[0]
    digest = facts.figures.rows_of(leads=facts.leads[mail.person_id]) if first.kind == Kind.DIGEST else []
    if first.kind == Kind.DIGEST and not digest:
        nothing = {notice.pk: (State.CANCELLED, Reason.NOTHING) for notice in left}
        return Verdict(mail.pk, None, drops | nothing)
    letter = Letter(
        mail_id=mail.pk,
        public_id=mail.public_id,
        person_id=mail.person_id,
        person_public_id=mail.person.public_id,
        address=address_of(mail.person),
        given_name=(mail.person.given_names.split() or [""])[0],
        institution_name=first.institution.name if first.institution else "",
        institution_code=first.institution.code if first.institution else "",
        language=mail.person.user.language if mail.person.user else "",
        day=facts.day,
        lines=_lines(left, facts),
        rows=tuple(digest),
        note=first.reminder.text if first.reminder else "",
        answers=tuple(
            AnsweredQuestion(notice.key, notice.answer.question.public_id) for notice in left if notice.answer
        ),
        reports=facts.reports.get(mail.person_id, ()) if first.kind == Kind.REPORTS else (),
        follow_up=find_follow_up(notices=left),
        slots=slot_lines(left),
        gaps=facts.slots.gaps_of(mail.person_id) if first.kind == Kind.SLOT_EMPTY else (),
        replies=tuple(thread for notice in left for thread in facts.replies.get(notice.pk, ())),
    )
    return Verdict(mail.pk, letter, drops)


def _find_drop(mail: Mail, notice: Notice, facts: Facts) -> tuple[State, Reason] | None:
    """Why a notice is not sent: its reason is gone, or the person is not reached by e-mail."""
    gone = _find_gone(mail.person, notice, facts)
    if gone:
        return State.CANCELLED, gone
    if group_of(notice.kind) in facts.turned_off.get(mail.person_id, ()):
        return State.SUPPRESSED, Reason.OPTED_OUT
    address = address_of(mail.person)
    if not address:
        return State.SUPPRESSED, Reason.NO_ADDRESS
    reason = facts.suppressed.get(address)
    return (State.SUPPRESSED, reason) if reason else None


def _find_gone(person: Person, notice: Notice, facts: Facts) -> Reason:
    if person.erased_at or person.merged_into_id:
        return Reason.GONE
    if notice.kind == Kind.DIGEST:
        return Reason.NONE if facts.leads.get(person.pk) else Reason.ROLE_ENDED
    if notice.kind in OF_FEEDBACK:
        return find_feedback_obstacle(notice=notice, person=person, reports=facts.reports, day=facts.day)
    if notice.kind in OF_ONE_SLOT or notice.kind == Kind.SLOT_EMPTY:
        return facts.slots.find_obstacle(notice, facts.day)
    if notice.change:
        return Reason.NONE if (person.pk, notice.change.pk) in facts.unread else Reason.NOTHING
    if notice.kind == Kind.REPLY:
        return Reason.NONE if facts.replies.get(notice.pk) else Reason.NOTHING
    if notice.answer:
        return find_answer_obstacle(_present_answer(notice.answer, person))
    if notice.requirement is None or notice.requirement.status not in LIVE:
        return Reason.WITHDRAWN
    present = facts.present.get((person.pk, notice.requirement.pk))
    return find_obstacle(kind=notice.kind, key=notice.key, present=present, day=facts.day)


def _present_answer(answer: QuestionAnswer, person: Person) -> PresentAnswer:
    question = answer.question
    return PresentAnswer(
        answered_at=answer.answered_at,
        replied_at=question.replied_at,
        is_open=question.is_open,
        is_withdrawn=question.state == RecordQuestion.State.WITHDRAWN,
        is_own=question.person_id == person.pk,
    )


def _lines(notices: list[Notice], facts: Facts) -> tuple[Line, ...]:
    """One line per training, what is soonest first."""
    chosen: dict[int, Notice] = {}
    for notice in sorted(notices, key=lambda n: _URGENCY.index(Kind(n.kind)) if n.kind in _URGENCY else 0):
        if notice.requirement_id:
            chosen.setdefault(notice.requirement_id, notice)
    lines = [_line(notice, facts) for notice in chosen.values()]
    return tuple(sorted(lines, key=lambda line: (line.due_on or line.valid_until or date.max, line.title)))


def _line(notice: Notice, facts: Facts) -> Line:
    assert notice.requirement is not None
    present = facts.present[notice.person_id, notice.requirement.pk]
    return Line(
        kind=Kind(notice.kind),
        title=" ".join(notice.requirement.title.split()),
        is_late=present.standing == Standing.LATE,
        due_on=present.due_on,
        valid_until=present.valid_until,
        minutes=facts.minutes.get(notice.requirement.pk, 0),
    )
