"""Workshop sessions and registrations with the least that makes them valid."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import factory

from lms.progress.models import LearningContext
from lms.workshops.models import Modality, Registration, RegistrationState, WorkshopSession
from tests.factories.people import PersonFactory

AT = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("America/Santiago"))
"""The instant of the fixture ``at``."""


class WorkshopSessionFactory(factory.django.DjangoModelFactory):
    """A published session in twelve days, of four hours."""

    class Meta:
        model = WorkshopSession

    class Params:
        online = factory.Trait(
            modality=Modality.ONLINE, place="", region="", join_url="https://reuniones.example/sala"
        )
        running = factory.Trait(starts_at=AT - timedelta(hours=1))
        held = factory.Trait(starts_at=AT - timedelta(days=20))
        hidden = factory.Trait(is_published=False)
        cancelled = factory.Trait(
            cancelled_at=AT - timedelta(days=1), cancel_reason="La sala no está disponible"
        )

    title = factory.Sequence(lambda n: f"Códigos de ética {n}")
    summary = "Tres dilemas, tres mesas."
    modality = Modality.IN_PERSON
    place = "Salón Auditorio, calle de ejemplo 123, Talca"
    region = "Región del Maule"
    starts_at = AT + timedelta(days=12)
    ends_at = factory.LazyAttribute(lambda o: o.starts_at + timedelta(hours=4))
    seats = 30
    is_published = True
    updated_at = AT - timedelta(days=40)


class RegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Registration

    class Params:
        waiting = factory.Trait(state=RegistrationState.WAITING)
        left = factory.Trait(state=RegistrationState.CANCELLED)

    session = factory.SubFactory(WorkshopSessionFactory)
    person = factory.SubFactory(PersonFactory)
    context = LearningContext.CITIZEN
    state = RegistrationState.REGISTERED
    registered_at = factory.Sequence(lambda n: AT - timedelta(days=30) + timedelta(minutes=n))
