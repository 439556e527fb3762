"""Invented sessions for the demonstration."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from uuid import UUID, uuid5

from django.db import transaction

from courses.models import Course
from lms.lib.clock import CHILE, local_date
from lms.people.models import Posting, User
from lms.progress.models import LearningContext
from lms.workshops.models import Modality, WorkshopSession
from lms.workshops.selectors import list_trainers
from lms.workshops.services.registrations import sign_up
from lms.workshops.services.sessions import SessionDraft, create_session

NAMESPACE = UUID("5a1c9f0e-6b3d-4f35-9a55-2d3f5a0d7e11")
ETHICS = (
    "Trabaja con casos anónimos y sal con tres acuerdos concretos para tu equipo.\n\n"
    "Leemos en parejas tres artículos del código, resolvemos tres dilemas por mesas y escribimos acuerdos "
    "de trabajo. Hay una pausa de quince minutos. Trae el código de ética de tu institución."
)
ONLINE = (
    "La versión en línea, para quienes no pueden viajar. Resolvemos dos dilemas en grupos pequeños.\n\n"
    "Necesitas un computador o teléfono con sonido. La conversación no se graba."
)
PARTICIPATION = (
    "Cómo invitar, escuchar y responder en una consulta pública.\n\n"
    "Revisamos tres consultas reales y preparamos la respuesta que cada persona debería recibir."
)


@transaction.atomic
def make_demo_sessions(
    *, at: datetime, trainer: User | None = None, attendees: Sequence[Posting] = ()
) -> list[WorkshopSession]:
    """Three published sessions around ``at``; the new ones. Safe to repeat.

    ``trainer`` leads them; without one, the first account that may. ``attendees`` are signed up for
    the first session, as employees. For demonstrations only: the caller makes sure of that.
    """
    trainer = trainer or list_trainers(at=at).first()
    course = Course.objects.filter(code="integridad-fundamentos").first()
    ethics = _draft(at, 12, time(9, 30), 240, "Códigos de ética: del papel a la práctica", ETHICS, trainer)
    ethics = replace(
        ethics, course=course, place="Salón Auditorio, calle de ejemplo 123, Talca", region="Región del Maule"
    )
    online = _draft(at, 27, time(15, 0), 120, "Códigos de ética: versión en línea", ONLINE, trainer)
    online = replace(
        online,
        course=course,
        modality=Modality.ONLINE,
        seats=80,
        join_url="https://reuniones.example/codigos",
    )
    held = _draft(at, -20, time(10, 0), 180, "Consultas públicas que se responden", PARTICIPATION, trainer)
    held = replace(
        held, place="Sala de capacitación, avenida de ejemplo 45, Temuco", region="Región de La Araucanía"
    )
    made = []
    for key, draft in (("etica", ethics), ("en-linea", online), ("participar", held)):
        public_id = uuid5(NAMESPACE, key)
        if not WorkshopSession.objects.filter(public_id=public_id).exists():
            planned_at = min(at, draft.starts_at - timedelta(days=30))
            made.append(create_session(draft=draft, at=planned_at, public_id=public_id))
    for session in made[:1]:
        for posting in attendees:
            sign_up(
                session_id=session.pk,
                person=posting.person,
                context=LearningContext.EMPLOYEE,
                posting=posting,
                at=min(at, session.starts_at - timedelta(hours=1)),
            )
    return made


def _draft(
    at: datetime, days: int, start: time, minutes: int, title: str, summary: str, trainer: User | None
) -> SessionDraft:
    starts_at = datetime.combine(local_date(at) + timedelta(days=days), start, tzinfo=CHILE)
    return SessionDraft(
        title=title,
        summary=summary,
        modality=Modality.IN_PERSON,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
        seats=30,
        is_published=True,
        trainer=trainer,
    )
