"""Building the demonstration. Refuses to run on a real service."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from courses.selectors import get_current_release
from lms.demo.accounts import LOGINS, MAIN, MINISTRY, OTHER, TOWN, Login
from lms.demo.dilemmas import go_through_dilemmas
from lms.demo.feedback import give_feedback
from lms.demo.integrity import write_integrity_systems
from lms.demo.local_plan import make_local_plan, make_town
from lms.demo.papers import hand_in_papers
from lms.demo.participation import make_participation
from lms.demo.population import Place, fill_place, many_places
from lms.demo.talking import make_conversation
from lms.demo.training import ask_for_training, make_ministry
from lms.journeys.tasks import sealing_keys
from lms.people.models import Institution, LegalQuality, Person, Posting, Role, Unit, User
from lms.people.services.roles import RolePlace, assign_role
from lms.plan.selectors import find_current_plan
from lms.workshops.services import make_demo_sessions
from lms.xapi.platform import Platform

COURSE = "integridad-fundamentos"
PLACES = (
    Place(MAIN, "Servicio de Registros Territoriales", 486, 0.58, 0.1),
    Place(OTHER, "Servicio de Aguas Interiores", 240, 0.41, 0.12),
    Place("demo-caminos", "Dirección de Caminos Rurales", 352, 0.72, 0.06),
    Place("demo-archivo", "Archivo de la Memoria Regional", 64, 0.35, 0.2),
    Place("demo-islas", "Oficina de Territorios Insulares", 8, 0.5, 0.1),
)


class DemoNotAllowedError(Exception):
    """This is not a demonstration: invented people would mix with real ones."""


@dataclass(frozen=True)
class DemoReport:
    people: int
    accounts: int


def require_demo() -> None:
    """
    Raises:
        DemoNotAllowedError: neither DEMO nor DEBUG is on.
    """
    if not (settings.DEMO or settings.DEBUG):
        raise DemoNotAllowedError


def demo_password(*, folder: Path) -> str:
    """The password of all demonstration accounts, made once per installation and kept in ``folder``."""
    file = folder / "demo_password"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(f"demo-{secrets.token_hex(5)}")
    return file.read_text().strip()


def make_people(
    *,
    people: int,
    seed: int,
    run_key: str,
    platform: Platform,
    at: datetime,
    say: Callable[[str], None],
) -> int:
    """Create ``people`` invented people in up to 300 institutions, reproducibly by ``seed``.

    Raises:
        DemoNotAllowedError: see :func:`require_demo`.
        courses.selectors.CourseNotFoundError: install the content pack first.
    """
    require_demo()
    chance = Random(seed)
    release = get_current_release(course_code=COURSE)
    made, first_run = 0, 5_000_000
    for place in many_places(people=people, chance=chance):
        made += fill_place(
            place=place, release=release, first_run=first_run, chance=Random(f"{seed}{place.code}"),
            run_key=run_key, platform=platform, at=at,
        )  # fmt: skip
        first_run += place.people
        say(f"  {place.code}: {place.people} personas ({made} de {people})")
    return made


def build_demo(*, run_key: str, platform: Platform, password: str, at: datetime) -> DemoReport:
    """Institutions, people, codes of ethics and accounts of the demonstration. Safe to repeat.

    Raises:
        DemoNotAllowedError: see :func:`require_demo`.
        courses.selectors.CourseNotFoundError: install the content pack first.
    """
    require_demo()
    release = get_current_release(course_code=COURSE)
    made, first_run = 0, 20_000_000
    for place in PLACES:
        made += fill_place(
            place=place, release=release, first_run=first_run, chance=Random(place.code),
            run_key=run_key, platform=platform, at=at,
        )  # fmt: skip
        first_run += place.people
    main = Institution.objects.get(code=MAIN)
    ministry = make_ministry(services=[place.code for place in PLACES])
    make_town()
    accounts = sum(_make_account(login, password, at) for login in LOGINS)
    write_integrity_systems(at=at)
    trainer = User.objects.get(email=next(login.email for login in LOGINS if login.kind == "trainer"))
    attendees = Posting.objects.filter(institution__code=MAIN).select_related("person").order_by("pk")[:22]
    make_demo_sessions(at=at, trainer=trainer, attendees=list(attendees))
    go_through_dilemmas(
        release=release,
        group=settings.DILEMMA_MINIMUM_GROUP,
        keys=sealing_keys(),
        chance=Random(COURSE),
    )
    hand_in_papers(place=main, platform=platform, at=at)
    ask_for_training(main=main, ministry=ministry, course=release.course, at=at)
    give_feedback(release=release, at=at)
    make_conversation(course=release.course, place=main, trainer=trainer, at=at)
    make_local_plan(national=find_current_plan(), at=at)
    emails = [login.email for login in LOGINS if login.kind in ("citizen", "servant", "trainer")]
    make_participation(emails=emails, at=at)
    return DemoReport(made, accounts)


def _place_of(login: Login, institution: Institution | None, unit: Unit | None) -> RolePlace:
    is_of_town = login.institution == TOWN
    if login.role in (Role.PLAN_OWNER, Role.TRAINER, Role.REVIEWER, Role.AUDITOR) and not is_of_town:
        return RolePlace()
    if login.role == Role.TEAM_LEAD:
        return RolePlace(institution, unit)
    return RolePlace(institution, with_dependents=login.institution == MINISTRY)


@transaction.atomic
def _make_account(login: Login, password: str, at: datetime) -> int:
    if User.objects.filter(email=login.email).exists():
        return 0
    user = User.objects.create_user(
        login.email,
        password,
        first_name=login.given_names,
        last_name=login.family_names,
        is_superuser=login.is_superuser,
        is_staff=login.is_superuser,
    )
    EmailAddress.objects.create(user=user, email=login.email, verified=True, primary=True)
    person = Person.objects.create(
        user=user,
        given_names=login.given_names,
        family_names=login.family_names,
        email=login.email,
        created_at=at,
    )
    institution = Institution.objects.filter(code=login.institution).first()
    unit = institution.units.order_by("code").first() if institution else None
    if institution and unit:
        Posting.objects.create(
            person=person,
            institution=institution,
            unit=unit,
            estamento=login.estamento,
            legal_quality=LegalQuality.CONTRATA,
            valid_from=date(2024, 3, 1),
        )
    if login.role:
        assign_role(user=user, role=login.role, place=_place_of(login, institution, unit), at=at)
    return 1
