"""The people of our stories. Every screen has the Elena test: she is from elsewhere and sees nothing."""

from dataclasses import dataclass

import pytest
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client, RequestFactory

from lms.people.models import Institution, Role, Unit, User
from tests.factories.people import (
    InstitutionFactory,
    PersonFactory,
    PostingFactory,
    RoleAssignmentFactory,
    UnitFactory,
    UserFactory,
)


@dataclass(frozen=True)
class Personas:
    """Accounts, each with its person and its posting.

    Ana learns, Bruno leads her unit (no role), Carla is HR, Diego a trainer, Iris the integrity
    coordinator, all of ``institution``; Pedro keeps the plan, everywhere. Elena is HR of
    ``other_institution``.
    """

    institution: Institution
    other_institution: Institution
    unit: Unit
    ana: User
    bruno: User
    carla: User
    diego: User
    elena: User
    iris: User
    pedro: User


@pytest.fixture
def personas(db: None) -> Personas:
    return create_personas()


def create_personas() -> Personas:
    """Create everybody."""
    institution = InstitutionFactory(code="AA900", name="Servicio de Registros Territoriales")
    other = InstitutionFactory(code="AA901", name="Servicio de Caminos")
    unit = UnitFactory(institution=institution, code="PER", name="Departamento de Personas")
    other_unit = UnitFactory(institution=other, code="PER", name="Departamento de Personas")
    return Personas(
        institution=institution,
        other_institution=other,
        unit=unit,
        ana=_employee("Ana", "Rojas", unit),
        bruno=_employee("Bruno", "Soto", unit),
        carla=_employee("Carla", "Muñoz", unit, Role.HR),
        diego=_employee("Diego", "Vera", unit, Role.TRAINER),
        elena=_employee("Elena", "Pinto", other_unit, Role.HR),
        iris=_employee("Iris", "Lagos", unit, Role.INTEGRITY_COORDINATOR),
        pedro=_employee("Pedro", "Araya", unit, Role.PLAN_OWNER, everywhere=True),
    )


def _employee(
    first: str, last: str, unit: Unit, role: Role | None = None, *, everywhere: bool = False
) -> User:
    email = f"{first.lower()}@servicio.example"
    user = UserFactory(email=email, first_name=first, last_name=last)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    person = PersonFactory(user=user, given_names=first, family_names=last, email=email)
    PostingFactory(person=person, institution=unit.institution, unit=unit)
    if role is not None:
        RoleAssignmentFactory(user=user, role=role, institution=None if everywhere else unit.institution)
    return user


def client_for(user: User) -> Client:
    """A browser in which ``user`` has logged in with password and second factor."""
    if not Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists():
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": "PRUEBA"})
    client = Client()
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request = RequestFactory().get("/")
    request.session = client.session
    record_authentication(request, user, method="password", email=user.email)
    record_authentication(request, user, method="mfa", type="totp")
    request.session.save()
    return client
