"""Accounts, people, places and roles with the least that makes them valid."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import factory
from django.conf import settings
from stdnum.cl import rut

from lms.lib.run import fingerprint_run, mask_run
from lms.people.models import (
    Estamento,
    Institution,
    LegalQuality,
    Person,
    Posting,
    Role,
    RoleAssignment,
    Unit,
    User,
)

BEGINNING = datetime(2020, 1, 1, tzinfo=ZoneInfo("America/Santiago"))


def make_run(number: int) -> str:
    """``11000001`` → ``"11000001-"`` and its check digit."""
    return f"{number}-{rut.calc_check_digit(str(number))}"


_RUNS: dict[str, str] = {}


def run_of(*, person: Person) -> str:
    """The RUN with which :class:`PersonFactory` made ``person``; the row itself keeps a fingerprint only."""
    return _RUNS[person.run_fingerprint or ""]


def _fingerprint(*, run: str) -> str:
    found = fingerprint_run(run, settings.RUN_KEY)
    _RUNS[found] = run
    return found


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        superuser = factory.Trait(is_staff=True, is_superuser=True)

    email = factory.Sequence(lambda n: f"cuenta{n}@servicio.example")
    first_name = "Ana"
    last_name = "Rojas"
    password = factory.django.Password("una-clave-larga-de-prueba")


class InstitutionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Institution

    class Params:
        ministry = factory.Trait(kind=Institution.Kind.MINISTRY)
        municipality = factory.Trait(kind=Institution.Kind.MUNICIPALITY)

    code = factory.Sequence(lambda n: f"ZZ{n:03d}")
    name = factory.Sequence(lambda n: f"Servicio de ejemplo {n}")


class UnitFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Unit

    institution = factory.SubFactory(InstitutionFactory)
    code = factory.Sequence(lambda n: f"U{n}")
    name = factory.Sequence(lambda n: f"Departamento {n}")


class PersonFactory(factory.django.DjangoModelFactory):
    """``run="12345678-5"`` makes the person recognisable in a roster; by default each has one."""

    class Meta:
        model = Person
        exclude = ("run",)

    class Params:
        with_account = factory.Trait(user=factory.SubFactory(UserFactory))
        without_run = factory.Trait(run_fingerprint=None, run_masked="")
        erased = factory.Trait(
            given_names="Persona retirada",
            family_names="",
            email="",
            run_fingerprint=None,
            run_masked="",
            erased_at=BEGINNING,
        )

    run = factory.Sequence(lambda n: make_run(9_000_000 + n))
    given_names = "Ana"
    family_names = factory.Sequence(lambda n: f"Rojas {n}")
    email = factory.Sequence(lambda n: f"persona{n}@servicio.example")
    run_fingerprint = factory.LazyAttribute(lambda o: _fingerprint(run=o.run))
    run_masked = factory.LazyAttribute(lambda o: mask_run(o.run))
    created_at = BEGINNING


class PostingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Posting

    class Params:
        ended = factory.Trait(valid_until=date(2025, 12, 31))
        honorarios = factory.Trait(legal_quality=LegalQuality.HONORARIOS)

    person = factory.SubFactory(PersonFactory)
    institution = factory.SubFactory(InstitutionFactory)
    unit = factory.SubFactory(UnitFactory, institution=factory.SelfAttribute("..institution"))
    estamento = Estamento.PROFESIONALES
    legal_quality = LegalQuality.CONTRATA
    valid_from = date(2024, 1, 1)


class RoleAssignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = RoleAssignment

    class Params:
        everywhere = factory.Trait(institution=None)
        ended = factory.Trait(valid_until=BEGINNING)

    user = factory.SubFactory(UserFactory)
    role = Role.HR
    institution = factory.SubFactory(InstitutionFactory)
    valid_from = BEGINNING
