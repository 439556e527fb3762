"""Participation as its services make it, in the fewest words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from lms.lib.clock import local_date
from lms.participation.models import Consultation, Contribution, DialogueMeeting, OfficialReply
from lms.participation.rules.contributions import Sector, Verdict
from lms.participation.rules.sections import split_draft
from lms.participation.services.consultations import ConsultationValues, create_consultation
from lms.participation.services.contributing import Author, add_comment, add_contribution
from lms.participation.services.meetings import MeetingValues, save_meeting
from lms.participation.services.replying import ReplyValues, reply_to
from lms.people.models import User
from lms.plan.models import ActionPlan, Commitment

REASON = "Se incorpora al segundo hito, con plazo en marzo."
DRAFT = "Texto de entrada.\n\n# Registro público\nQuién lo lleva.\n\n# Sanciones\nQué pasa si no se cumple."


def comment(
    commitment: Commitment,
    user: User,
    *,
    at: datetime,
    text: str = "Propongo publicar el registro cada mes.",
    sector: Sector = Sector.CIVIL_SOCIETY,
    **more: object,
) -> Contribution:
    author = Author(user.pk, sector, **more)  # type: ignore[arg-type]
    return add_comment(
        plan_id=commitment.plan_id, commitment_id=commitment.pk, author=author, text=text, at=at
    )


def reply(
    row: Contribution,
    *,
    at: datetime,
    verdict: Verdict = Verdict.ACCEPTED,
    reason: str = REASON,
    office: str = "Unidad de Análisis Financiero",
    **more: int,
) -> OfficialReply:
    values = ReplyValues(verdict=verdict, reason=reason, office=office, **more)
    return reply_to(contribution_id=row.pk, values=values, replied_by_id=None, at=at)


def consult(
    plan: ActionPlan,
    *,
    at: datetime,
    draft: str | None = DRAFT,
    is_published: bool = True,
    commitment_id: int | None = None,
    opens_on: date | None = None,
    closes_on: date | None = None,
) -> Consultation:
    """Open from the day before to ten days later; ``draft`` None: the plan's commitments."""
    today = local_date(at)
    values = ConsultationValues(
        title="Registro de dueños reales",
        question="¿Qué falta en el borrador?",
        rules="",
        timeline="En enero publicamos las respuestas.",
        opens_on=opens_on or today - timedelta(days=1),
        closes_on=closes_on or today + timedelta(days=10),
        is_published=is_published,
        commitment_id=commitment_id,
        sections=None if draft is None else split_draft(draft),
    )
    return create_consultation(plan_id=plan.pk, values=values, at=at)


def contribute(
    consultation: Consultation,
    user: User,
    *,
    at: datetime,
    section: int | None = None,
    text: str = "Falta decir quién revisa los datos.",
    sector: Sector = Sector.ACADEMIA,
) -> Contribution:
    """To the section of that order, or to the whole draft."""
    found = consultation.sections.get(order=section) if section else None
    return add_contribution(
        consultation_id=consultation.pk,
        section_id=found.pk if found else None,
        author=Author(user.pk, sector),
        text=text,
        at=at,
    )


def meet(
    plan: ActionPlan,
    *,
    on: date,
    at: datetime,
    attendance: Mapping[Sector, int] | None = None,
    is_published: bool = True,
) -> DialogueMeeting:
    values = MeetingValues(
        held_on=on,
        title="Mesa de gobierno abierto",
        is_online=False,
        place="Teatinos 120, Santiago",
        agenda="Avance del plan",
        minutes_text="",
        minutes_url="",
        agreements="Publicar el acta\nReunirse en marzo",
        is_published=is_published,
        attendance={Sector.CIVIL_SOCIETY: 12, Sector.PUBLIC_BODY: 5} if attendance is None else attendance,
    )
    return save_meeting(plan_id=plan.pk, meeting_id=None, values=values, at=at)
