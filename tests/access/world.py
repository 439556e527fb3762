"""A platform in use: one object of every kind, all of institution A, and everybody who might ask for them."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.contrib.auth.models import Group

from certificates.models import Certificate
from lms.api.models import ApiToken
from lms.people.models import Person, Role, RoleAssignment, RosterImport, User
from lms.people.services.roles import AUTHOR_GROUP
from lms.progress.models import Completion, CompletionBatch, RecordQuestion
from lms.workshops.models import WorkshopSession
from lms.xapi.models import Credential
from lms.xapi.services.credentials import issue_credential
from tests.access.building import (
    apply_roster,
    diagnose,
    forward,
    invite,
    learn,
    lend_role,
    make_account,
    make_lead,
    merge_bruno,
    note_leave,
    publish,
    report,
    require_training,
    say_back,
    talk,
    teach,
    upload_figures,
    upload_list,
    upload_questions,
    write_code,
)
from tests.access.building_participation import participate
from tests.api.asking import give_token
from tests.factories.people import PersonFactory, PostingFactory, UnitFactory
from tests.factories.records import ask, attest
from tests.factories.workshops import RegistrationFactory, WorkshopSessionFactory
from tests.people.rosters import line, read_roster
from tests.personas import Personas, create_personas
from tests.reports.records import certify, create_course, take_course


@dataclass(frozen=True)
class World:
    """Everybody, and the objects that addresses name. All objects belong to institution A.

    Ana has handed in attempt 1, is in the middle of attempt 2 and has a seat in Diego's workshop.
    Rosa has no account: she was invited, and ``letter`` is the token in her link.
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
    applied_roster: RosterImport
    role: RoleAssignment
    workshop: WorkshopSession
    program: Credential
    token: ApiToken
    rosa: Person
    letter: str
    lucia: User
    leonel: User
    lent: RoleAssignment
    attested: Completion
    question: RecordQuestion
    batch: CompletionBatch

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
        berta=make_account("Berta", "Poblete", posting_in=personas.other_institution),
        aurelia=make_account("Aurelia", "Saavedra", role=Role.AUDITOR, at=at),
        rita=make_account("Rita", "Pino", role=Role.ADMINISTRATOR, at=at),
        susana=make_account("Susana", "Ulloa", superuser=True),
        ivan=make_account("Iván", "Quilodrán", posting_in=personas.institution),
        olga=make_account("Olga", "Huenchumil", posting_in=personas.institution),
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
            personas.institution, [line(1), line(2, estamento="Rey")], at=at, by=personas.carla
        ),
        applied_roster=apply_roster(personas, at),
        role=RoleAssignment.objects.get(user=personas.carla),
        workshop=WorkshopSessionFactory(running=True, trainer=personas.diego),
        token=give_token(personas.carla, at=at, institution=personas.institution).token,
        program=issue_credential(name="Intranet", scopes=["all"], key=settings.SECRET_KEY, at=at).credential,
        rosa=(
            rosa := PostingFactory(
                institution=personas.institution,
                person=PersonFactory(
                    given_names="Rosa", family_names="Quispe", email="rosa@servicio.example"
                ),
            ).person
        ),
        letter=invite(rosa, at),
        lucia=make_lead("Lucía", "Carrasco", personas.unit),
        leonel=make_lead("Leonel", "Bustos", UnitFactory(institution=personas.institution)),
        lent=lend_role(personas, at),
        attested=attest(personas.ana.person, at=at, course="curso-breve"),
        question=ask(personas.ana.person, at=at),
        batch=upload_list(personas, at),
    )
    RegistrationFactory(session=world.workshop, person=world.ana)
    publish(at)
    upload_figures(personas, at)
    Group.objects.get(name=AUTHOR_GROUP).user_set.add(personas.diego)
    upload_questions(personas)
    write_code(personas, at)
    learn(world.ana, at)
    teach(personas, at)
    talk(personas, [personas.diego, world.rita, world.susana], at)
    require_training(personas, at)
    report(personas, at)
    say_back(world.ana, at)
    diagnose(personas, at)
    forward(at)
    note_leave(personas)
    merge_bruno(personas, at)
    participate(personas, at)
    return world
