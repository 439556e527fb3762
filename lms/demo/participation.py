"""What people say of the plan in the demonstration: an example consultation, comments and replies.

Everything is labelled as an example: the plan is real, what is said of it here is invented.
"""

from datetime import datetime, timedelta

from django.db import transaction

from lms.lib.clock import local_date
from lms.participation.models import Consultation, Contribution
from lms.participation.rules.contributions import Sector, Verdict
from lms.participation.rules.sections import split_draft
from lms.participation.services.consultations import ConsultationValues, create_consultation
from lms.participation.services.contributing import Author, add_comment, add_contribution
from lms.participation.services.meetings import MeetingValues, save_meeting
from lms.participation.services.replying import ReplyValues, reply_to
from lms.participation.services.settings import change_settings
from lms.people.models import User
from lms.plan.models import ActionPlan

OFFICE = "Equipo del plan (ejemplo)"
DRAFT = """Este borrador es un ejemplo de la demostración. No es una propuesta del Estado.

# Qué datos tendría el registro
Nombre de la empresa, de sus dueños finales y el porcentaje de cada uno.

Se actualizaría una vez al año.

# Quién podría consultarlo
Cualquier persona, sin pedir permiso y sin costo.

# Qué pasa si no se informa
Una multa, y no poder vender al Estado hasta ponerse al día."""
SECTIONS = (
    (2, Sector.CIVIL_SOCIETY, "Una vez al año es poco. Propongo hacerlo a los 30 días de cada cambio.", 6,
     Verdict.ACCEPTED, "Se acoge: el borrador siguiente dirá 30 días desde el cambio, y una revisión anual."),
    (3, Sector.ACADEMIA, "Para investigar hace falta bajar todos los datos, no solo buscar uno.", 9,
     Verdict.PARTLY, "Se acoge en parte: habrá descarga completa, sin los datos de contacto."),
    (4, Sector.PRIVATE, "La multa debería depender del tamaño de la empresa.", 12,
     Verdict.REJECTED, "No se acoge en este texto: los montos se fijan por ley y quedan fuera del borrador."),
    (None, Sector.CITIZEN, "¿Cuándo estaría funcionando?", 2,
     Verdict.ANSWERED, "Todavía no hay una fecha: depende de que el borrador se apruebe."),
)  # fmt: skip
COMMENT = "¿Dónde se puede ver cuántas personas se han capacitado en mi región?"


@transaction.atomic
def make_participation(*, emails: list[str], at: datetime) -> None:
    """A consultation about commitment 11, four contributions with replies, a comment that waits, a meeting.

    Nothing the second time. ``emails``: accounts that take turns.
    """
    plan = ActionPlan.objects.filter(is_current=True).first()
    people = list(User.objects.filter(email__in=emails).order_by("pk"))
    if plan is None or not people or Consultation.objects.filter(plan=plan).exists():
        return
    begun = at - timedelta(days=40)
    consultation = _consult(plan, begun, at)
    for number, (order, sector, text, days, verdict, reason) in enumerate(SECTIONS):
        section = consultation.sections.filter(order=order).first() if order else None
        row = add_contribution(
            consultation_id=consultation.pk,
            section_id=section.pk if section else None,
            author=Author(people[number % len(people)].pk, sector),
            text=text,
            at=begun + timedelta(days=number),
        )
        _reply(row, verdict, reason, at=begun + timedelta(days=number + days))
    commitment = plan.commitments.order_by("number").first()
    if commitment:
        author = Author(people[0].pk, Sector.CITIZEN)
        add_comment(
            plan_id=plan.pk,
            commitment_id=commitment.pk,
            author=author,
            text=COMMENT,
            at=at - timedelta(days=33),
        )
    _meet(plan, at)


def _consult(plan: ActionPlan, begun: datetime, at: datetime) -> Consultation:
    commitment = plan.commitments.filter(number=11).first()
    values = ConsultationValues(
        title="Ejemplo: registro de dueños reales",
        question="¿Qué le falta a este borrador? ¿Qué cambiarías y por qué?",
        rules="",
        timeline="Es un ejemplo: cada aporte recibe una respuesta con su motivo en menos de 30 días.",
        opens_on=local_date(begun),
        closes_on=local_date(at) + timedelta(days=20),
        is_published=True,
        commitment_id=commitment.pk if commitment else None,
        sections=split_draft(DRAFT),
    )
    return create_consultation(plan_id=plan.pk, values=values, at=begun)


def _reply(row: Contribution, verdict: Verdict, reason: str, *, at: datetime) -> None:
    values = ReplyValues(
        verdict=verdict,
        reason=reason,
        office=OFFICE,
        section_id=row.section_id if verdict == Verdict.ACCEPTED else None,
    )
    reply_to(contribution_id=row.pk, values=values, replied_by_id=None, at=at)


def _meet(plan: ActionPlan, at: datetime) -> None:
    change_settings(
        plan_id=plan.pk,
        comments_open=True,
        reviews_first=False,
        space_rules="Ejemplo: se convoca con diez días y el acta se publica en una semana.",
    )
    values = MeetingValues(
        held_on=local_date(at) - timedelta(days=50),
        title="Ejemplo: mesa de gobierno abierto",
        is_online=True,
        place="",
        agenda="Avance de los compromisos\nConsulta del compromiso 11",
        minutes_text="Acta de ejemplo.",
        minutes_url="",
        agreements="Abrir la consulta del compromiso 11\nReunirse de nuevo en tres meses",
        is_published=True,
        attendance={Sector.CIVIL_SOCIETY: 9, Sector.ACADEMIA: 3, Sector.PUBLIC_BODY: 6},
    )
    save_meeting(plan_id=plan.pk, meeting_id=None, values=values, at=at)
