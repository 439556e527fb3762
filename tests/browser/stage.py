"""The stage of the browser journeys: the real course, the real plan, one institution with people."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from io import StringIO
from typing import Any

from django.core.management import call_command
from django.db import connections

from lms.lib import clock
from lms.people.models import Institution, Person, Role, Unit, User
from lms.people.services.roles import RolePlace, assign_role
from tests.factories.people import InstitutionFactory, PersonFactory, PostingFactory, UnitFactory, UserFactory

COURSE = "integridad-fundamentos"
PASSWORD = "una-clave-larga-de-prueba"


@dataclass(frozen=True)
class Stage:
    """Who and where. Fourteen people work in the institution, so that its figures are published."""

    institution: Institution
    unit: Unit
    servant: User
    hr: User
    coordinator: User
    trainer: User


def build_stage() -> Stage:
    """Install everything and create the people."""
    call_command("set_up_site", verbosity=0)
    call_command("install_pack", "integridad-publica", verbosity=0, stdout=StringIO())
    call_command("install_plan", verbosity=0, stdout=StringIO())
    institution = InstitutionFactory(code="registros", name="Servicio de Registros Territoriales")
    unit = UnitFactory(institution=institution, code="atencion", name="Atención Ciudadana")
    for number in range(12):
        posting(PersonFactory(given_names=f"Persona {number}"), unit)
    servant = account("camila@servicio.example", "Camila", "Ñuñoa Riquelme", unit)
    hr = account("marcela@servicio.example", "Marcela", "Aguirre", unit)
    coordinator = account("irene@servicio.example", "Irene", "Sepúlveda")
    trainer = account("tomas@aula.example", "Tomás", "Huenchumán")
    at = clock.now()
    assign_role(user=hr, role=Role.HR, place=RolePlace(institution), at=at)
    assign_role(user=coordinator, role=Role.INTEGRITY_COORDINATOR, place=RolePlace(institution), at=at)
    assign_role(user=trainer, role=Role.TRAINER, at=at)
    assign_role(user=trainer, role=Role.REVIEWER, at=at)
    return Stage(institution, unit, servant, hr, coordinator, trainer)


def posting(person: Person, unit: Unit) -> None:
    PostingFactory(person=person, unit=unit, institution=unit.institution, valid_from=date(2024, 1, 1))


def account(email: str, given: str, family: str, unit: Unit | None = None) -> User:
    """An account that can log in with ``PASSWORD``, and its person."""
    user: User = UserFactory(email=email, first_name=given, last_name=family)
    user.set_password(PASSWORD)
    user.save()
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    person = PersonFactory(user=user, given_names=given, family_names=family, email=email)
    if unit:
        posting(person, unit)
    return user


class KeptStages:
    """Builds each stage once per run and keeps the database as it was then.

    Only SQLite can be kept in memory; on PostgreSQL every test builds its stage anew.
    """

    def __init__(self) -> None:
        self._kept: dict[Callable[[], Any], tuple[Any, sqlite3.Connection]] = {}

    def bring(self, build: Callable[[], Any]) -> Any:
        """What ``build()`` returned, with the database as it left it."""
        connection = connections["default"]
        if connection.vendor != "sqlite":
            return build()
        if build not in self._kept:
            built, copy = build(), sqlite3.connect(":memory:")
            connection.close()
            with closing(sqlite3.connect(connection.settings_dict["NAME"])) as source:
                source.backup(copy)
            self._kept[build] = (built, copy)
            return built
        built, copy = self._kept[build]
        connection.close()
        with closing(sqlite3.connect(connection.settings_dict["NAME"], timeout=20)) as target:
            copy.backup(target)
        return built

    def close(self) -> None:
        """Forget all copies."""
        for _built, copy in self._kept.values():
            copy.close()
        self._kept.clear()
