"""A platform in use: one object of every kind, all of institution A, and everybody who might ask for them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.test import Client

from certificates.models import Certificate
from content_packs.folders import find_folder
from content_packs.reading import read_pack
from content_packs.services.install import install_pack
from lms.integrity.services import ArticleText, ContactText, save_code, save_contacts
from lms.journeys.enrol import enrol
from lms.journeys.take_assessment import hand_in_attempt, start_attempt
from lms.pages.services import set_up_site
from lms.people.models import Person, Role, RoleAssignment, RosterImport, User
from lms.people.services.accounts import erase_person
from lms.people.services.roles import AUTHOR_GROUP, assign_role
from lms.people.services.rosters import read_roster
from lms.progress.models import LearningContext, UnitResult
from lms.workshops.models import WorkshopSession
from lms.xapi.models import Credential, DeadLetter, Statement
from lms.xapi.platform import current_platform
from lms.xapi.services.credentials import issue_credential
from lms.xapi.services.forward_targets import create_target
from tests.factories.people import PersonFactory, PostingFactory, UserFactory
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.people.rosters import KEY, csv_file, line
from tests.personas import Personas, client_for, create_personas
from tests.reports.records import certify, create_course, take_course

COURSE = "integridad-fundamentos"
LESSON, CHECK = "m1-l1", "m1-l1-p1"
DILEMMA, ASSESSMENT = "m2-l4", "evaluacion-final"


@dataclass(frozen=True)
class World:
    """Everybody, and the objects that addresses name. All objects belong to institution A.

    Ana has handed in attempt 1, is in the middle of attempt 2 and has a seat in Diego's workshop.
    """

    personas: Personas
    berta: User
    aurelia: User
    rita: User
    susana: User
    ivan: User
    olga: User
    certificate: Certificate
    roster: RosterImport
    role: RoleAssignment
    workshop: WorkshopSession
    program: Credential

    @property
    def ana(self) -> Person:
        return self.personas.ana.person

    def names_of_a(self, *, but: User | None = None) -> list[str]:
        """What would give away a person of institution A: names as written, addresses, public ids."""
        people = Person.objects.present().filter(postings__institution=self.personas.institution).distinct()
        if but is not None:
            people = people.exclude(user=but)
        return [
            text
            for person in people
            for text in (person.full_name, person.list_name, person.email, str(person.public_id))
            if text
        ]


def create_world(*, at: datetime) -> World:
    """Build it; some five seconds, most of them for the course."""
    personas = create_personas()
    world = World(
        personas=personas,
        berta=_account("Berta", "Poblete", posting_in=personas.other_institution),
        aurelia=_account("Aurelia", "Saavedra", role=Role.AUDITOR, at=at),
        rita=_account("Rita", "Pino", role=Role.ADMINISTRATOR, at=at),
        susana=_account("Susana", "Ulloa", superuser=True),
        ivan=_account("Iván", "Quilodrán", posting_in=personas.institution),
        olga=_account("Olga", "Huenchumil", posting_in=personas.institution),
        certificate=certify(
            take_course(
                personas.ana.person,
                create_course(code="curso-breve", title="Curso breve"),
                started=date(2026, 3, 2),
                completed=date(2026, 3, 9),
            ),
            name="Ana Roja",
        ),
        roster=read_roster(
            institution=personas.institution,
            file=csv_file([line(1), line(2, estamento="Rey")]),
            file_name="nomina.csv",
            roster_date=date(2026, 11, 1),
            run_key=KEY,
            uploaded_by=personas.carla,
            at=at,
        ),
        role=RoleAssignment.objects.get(user=personas.carla),
        workshop=WorkshopSessionFactory(running=True, trainer=personas.diego),
        program=issue_credential(name="Intranet", scopes=["all"], key=settings.SECRET_KEY, at=at).credential,
    )
    RegistrationFactory(session=world.workshop, person=world.ana)
    _publish(at)
    Group.objects.get(name=AUTHOR_GROUP).user_set.add(personas.diego)
    _write_code(personas, at)
    _learn(world, at)
    _forward(at)
    return world


def _account(
    first: str,
    last: str,
    *,
    posting_in: object = None,
    role: Role | None = None,
    superuser: bool = False,
    at: datetime | None = None,
) -> User:
    email = f"{last.lower()}@servicio.example"
    user: User = UserFactory(email=email, first_name=first, last_name=last, superuser=superuser)
    user.emailaddress_set.create(email=email, verified=True, primary=True)
    person = PersonFactory(user=user, given_names=first, family_names=last, email=email)
    if posting_in is not None:
        PostingFactory(person=person, institution=posting_in)
    if role is not None and at is not None:
        assign_role(user=user, role=role, institution=None, at=at - timedelta(days=1))
    return user


def _publish(at: datetime) -> None:
    set_up_site(site_url=settings.SITE_URL)
    install_pack(pack=read_pack(find_folder("integridad-publica")), at=at - timedelta(days=400))
    call_command("install_plan", verbosity=0)


def _write_code(personas: Personas, at: datetime) -> None:
    save_code(
        institution=personas.institution,
        title="Código de ética",
        url="",
        approved_on=None,
        articles={"probidad": ArticleText("Ponemos el interés general primero.")},
        as_new_version=True,
        at=at,
    )
    save_contacts(
        institution=personas.institution,
        contacts={"coordinator": ContactText("Función de integridad", "integridad@servicio.example")},
    )


def _learn(world: World, at: datetime) -> None:
    """Ana reads all lessons, fails once and tries again; others have a look at it in vain."""
    begun = at - timedelta(days=60)
    enrolment, _is_new = enrol(
        person=world.ana,
        course_code=COURSE,
        context=LearningContext.EMPLOYEE,
        posting=world.ana.postings.get(),
        platform=current_platform(),
        at=begun,
    )
    UnitResult.objects.bulk_create(
        UnitResult(enrolment=enrolment, unit_key=unit.key, finished_at=begun, source="web")
        for unit in enrolment.release.outline.lessons
    )
    first = start_attempt(enrolment_id=enrolment.pk, unit_key=ASSESSMENT, at=begun, chance=Random(1))
    hand_in_attempt(attempt=first, platform=current_platform(), at=begun + timedelta(hours=1))
    start_attempt(
        enrolment_id=enrolment.pk, unit_key=ASSESSMENT, at=at - timedelta(hours=1), chance=Random(2)
    )


def _forward(at: datetime) -> None:
    """A target on an inner network, which is never reached, and what it once refused."""
    target = create_target(
        name="Central",
        endpoint="http://127.0.0.1:9/xapi",
        key="aula",
        secret="secreto",
        verbs=[],
        only_ours=True,
        own_pseudonyms=True,
        from_start=True,
        sealing_key=settings.SECRET_KEY,
        at=at,
    )
    said = Statement.objects.order_by("position")[0]
    DeadLetter.objects.create(
        target=target, position=said.position, statement_id=said.id, reason="Respondió 400", at=at
    )


def _inactive(world: World, at: datetime) -> Client:
    client = client_for(world.ivan)
    User.objects.filter(pk=world.ivan.pk).update(is_active=False)
    return client


def _erased(world: World, at: datetime) -> Client:
    client = client_for(world.olga)
    erase_person(person=world.olga.person, at=at)
    return client


def _of_persona(name: str) -> Callable[[World, datetime], Client]:
    return lambda world, at: client_for(getattr(world.personas, name))


def _of_account(name: str) -> Callable[[World, datetime], Client]:
    return lambda world, at: client_for(getattr(world, name))


VISITORS: dict[str, Callable[[World, datetime], Client]] = {
    "anonymous": lambda world, at: Client(),
    "inactive": _inactive,
    "erased": _erased,
    "learner_a": _of_persona("ana"),
    "colleague_a": _of_persona("bruno"),
    "learner_b": _of_account("berta"),
    "hr_a": _of_persona("carla"),
    "hr_b": _of_persona("elena"),
    "trainer": _of_persona("diego"),
    "integrity_a": _of_persona("iris"),
    "plan_owner": _of_persona("pedro"),
    "auditor": _of_account("aurelia"),
    "administrator": _of_account("rita"),
    "superuser": _of_account("susana"),
}
"""Who asks, by name, and how their browser comes about. The second and third were let in once."""

STAFF = ("hr_a", "hr_b", "trainer", "integrity_a", "plan_owner", "auditor", "administrator", "superuser")


def user_of(world: World, visitor: str) -> User | None:
    """The account of a visitor who can log in."""
    accounts = {
        "learner_a": world.personas.ana,
        "colleague_a": world.personas.bruno,
        "learner_b": world.berta,
        "hr_a": world.personas.carla,
        "hr_b": world.personas.elena,
        "trainer": world.personas.diego,
        "integrity_a": world.personas.iris,
        "plan_owner": world.personas.pedro,
        "auditor": world.aurelia,
        "administrator": world.rita,
        "superuser": world.susana,
    }
    return accounts.get(visitor)
