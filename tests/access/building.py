"""The parts of a platform in use, each made by one function."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from io import BytesIO
from random import Random

from django.conf import settings
from django.core.management import call_command

from content_packs.folders import find_folder
from content_packs.reading import read_pack
from content_packs.services.install import install_pack
from courses.models import Competence, Course, CoursePage
from courses.question_files.services import UploadTerms, keep_upload
from courses.quizzes.formats.sheets import read_sheet
from courses.quizzes.models import QuestionBank
from lms.diagnostics.models import Questionnaire
from lms.feedback.models import Asking
from lms.feedback.rules.askings import AskingKind
from lms.feedback.services.reports import report_error
from lms.indicators.models import Indicator
from lms.indicators.services import lock_period, receive_upload
from lms.integrity.rules.slots import SlotContent
from lms.integrity.services.codes import save_code
from lms.integrity.services.slots import save_slots
from lms.journeys.enrol import enrol
from lms.journeys.take_assessment import hand_in_attempt, start_attempt
from lms.lib import clock
from lms.lib.clock import local_date
from lms.pages.services import set_up_site
from lms.people.models import (
    Invitation,
    Leave,
    Person,
    Role,
    RoleAssignment,
    RosterChunk,
    RosterImport,
    RosterStatus,
    Unit,
    User,
)
from lms.people.policy import Reach
from lms.people.services.delegations import delegate_role
from lms.people.services.invitations import invite_people, write_letter
from lms.people.services.merging import merge_people
from lms.people.services.roles import assign_role
from lms.plan.models import ActionPlan, Commitment
from lms.plan.services import MilestoneValues, add_milestone, refresh_current_coverage, seal_now
from lms.progress.models import (
    AssessmentAttempt,
    AttemptSign,
    CompletionBatch,
    LearningContext,
    TrainingRequirement,
    UnitResult,
)
from lms.progress.services.batches import read_batch
from lms.progress.services.regrades import begin_regrade
from lms.progress.services.requirements import exempt_person
from lms.reports.saved.delivering import deliver_due
from lms.reports.services.frozen import ReportText, freeze_report
from lms.reports.services.saved import save_view
from lms.reports.services.schedules import create_schedule
from lms.teaching.services import add_member
from lms.xapi.models import DeadLetter, Statement
from lms.xapi.platform import current_platform
from lms.xapi.services.forward_targets import create_target
from tests.factories.diagnostics import attach, begin, finish
from tests.factories.discussions import answer, open_discussion, take_part, write_thread
from tests.factories.people import PersonFactory, PostingFactory, RoleAssignmentFactory, UserFactory
from tests.factories.records import author_at, make_paper
from tests.factories.requirements import draft_requirement, make_requirement, make_spec
from tests.people.rosters import DAY
from tests.personas import Personas

COURSE = "integridad-fundamentos"
DIAGNOSTIC = "participacion-ley-20500"
LESSON, CHECK = "m1-l1", "m1-l1-p1"
DILEMMA, ASSESSMENT = "m2-l4", "evaluacion-final"


def upload_list(personas: Personas, at: datetime) -> CompletionBatch:
    """A list with one course of Bruno's, to be decided."""
    return read_batch(
        file=BytesIO(b"correo,curso,fecha,minutos\nbruno@servicio.example,curso-breve,16-03-2026,90\n"),
        paper=make_paper(at=at),
        source="Escuela de Gobierno",
        author=author_at(personas.institution.pk),
        own_person_id=None,
        run_key=settings.RUN_KEY,
        at=at,
    )


def upload_questions(personas: Personas) -> None:
    """A file with one question, read for Diego and not yet imported."""
    bank, competence = QuestionBank.objects.order_by("pk")[0], Competence.objects.order_by("pk")[0]
    keep_upload(
        read=read_sheet(b"tipo;pregunta;correctas;alternativa 1\nv/f;Llueve;falso;\n"),
        terms=UploadTerms(bank, "", competence, 1, False),
        file_name="preguntas.csv",
        format_name="CSV",
        by=personas.diego,
        at=clock.now(),
    )


def make_account(
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
        assign_role(user=user, role=role, at=at - timedelta(days=1))
    return user


def make_lead(first: str, last: str, unit: Unit) -> User:
    """Leads the unit and works in it."""
    user = make_account(first, last)
    PostingFactory(person=user.person, institution=unit.institution, unit=unit)
    RoleAssignmentFactory(user=user, role=Role.TEAM_LEAD, institution=unit.institution, unit=unit)
    return user


def lend_role(personas: Personas, at: datetime) -> RoleAssignment:
    """Carla's role, lent to somebody who never asks for anything here."""
    substitute: User = UserFactory(email="reemplazo@servicio.example")
    substitute.emailaddress_set.create(email=substitute.email, verified=True, primary=True)
    return delegate_role(
        assignment_id=RoleAssignment.objects.get(user=personas.carla).pk,
        lender_id=personas.carla.pk,
        email=substitute.email,
        until=at + timedelta(days=30),
        at=at,
    )


def require_training(personas: Personas, at: datetime) -> None:
    """A requirement that everybody of A is late in, another in draft, and Ana exempt from the first."""
    course = Course.objects.get(code=COURSE)
    begun = local_date(at) - timedelta(days=90)
    spec = make_spec(course.pk, starts_on=begun, due_on=begun + timedelta(days=30))
    place = personas.institution
    asked = make_requirement(owner=place, spec=spec, at=at - timedelta(days=90))
    draft_requirement(owner=place, spec=spec, at=at, title="En borrador")
    exempt_person(
        requirement=asked,
        person=personas.iris.person,
        first_day=local_date(at),
        last_day=local_date(at),
        reason="Comisión de servicio",
        author=personas.carla,
        at=at,
    )


def note_leave(personas: Personas) -> None:
    """Iris was away, long ago."""
    day = date(2024, 5, 6)
    Leave.objects.create(
        person=personas.iris.person, institution=personas.institution, first_day=day, last_day=day
    )


def merge_bruno(personas: Personas, at: datetime) -> None:
    """Bruno had a second record."""
    merge_people(
        kept_id=personas.bruno.person.pk,
        merged_id=PersonFactory(without_run=True, given_names="Bruno", family_names="Soto").pk,
        account_of=None,
        institution_id=personas.institution.pk,
        author=personas.carla,
        at=at,
    )


def report(personas: Personas, at: datetime) -> None:
    """A frozen report, and a view that Carla shares and that was sent to her."""
    requirement = TrainingRequirement.objects.get(status="live")
    freeze_report(
        institution=personas.institution,
        requirement=requirement,
        day=local_date(at),
        text=ReportText("Cierre", "2026", ()),
        account=personas.carla,
        key=settings.PSEUDONYM_KEY,
        today=local_date(at),
        at=at,
    )
    view = save_view(
        owner=personas.carla,
        institution=personas.institution,
        page="people",
        name="Atrasadas",
        query="institucion=AA900",
        is_shared=True,
        at=at,
    )
    create_schedule(
        view=view, every="week", day=at.isoweekday(), file_format="csv", recipients=[personas.carla], at=at
    )
    deliver_due(at=at)


def invite(person: Person, at: datetime) -> str:
    """The token of her link, as the letter has it."""
    place = person.postings.get().institution_id
    everywhere = Reach(everywhere=True)
    invite_people(
        public_ids=[person.public_id], institution_id=place, reach=everywhere, created_by_id=None, at=at
    )
    Invitation.objects.update(sent_at=None)
    letter = write_letter(invitation_id=Invitation.objects.get().pk, key=settings.SECRET_KEY, at=at)
    assert letter is not None
    return letter.token


def apply_roster(personas: Personas, at: datetime) -> RosterImport:
    """One that changed nobody, and can be undone."""
    roster = RosterImport.objects.create(
        institution=personas.institution,
        file_name="anterior.csv",
        roster_date=DAY,
        status=RosterStatus.APPLIED,
        created_at=at,
        decided_at=at,
    )
    RosterChunk.objects.create(roster=roster, number=0, applied_at=at)
    return roster


def publish(at: datetime) -> None:
    set_up_site(site_url=settings.SITE_URL)
    install_pack(pack=read_pack(find_folder("integridad-publica")), at=at - timedelta(days=400))
    call_command("install_plan", verbosity=0)
    call_command("install_diagnostics", verbosity=0)
    call_command("install_indicators", verbosity=0)
    commitment = Commitment.objects.get(plan__code="plan-chile-4", number=1)
    values = MilestoneValues(label="Publicar la pauta")
    add_milestone(commitment_id=commitment.pk, values=values, changed_by_id=None, at=at)
    refresh_current_coverage(at=at)
    seal_now(plan_id=ActionPlan.objects.get().pk, reason="Prueba", sealed_by_id=None, at=at)


def upload_figures(personas: Personas, at: datetime) -> None:
    """A file of an indicator waits for its keeper, and one of its periods is closed."""
    indicator = Indicator.objects.get(code="cumplimiento-ley-20500")
    lock_period(indicator_id=indicator.pk, period="2018", reason="", by_id=None, at=at)
    receive_upload(
        indicator_id=indicator.pk,
        content=b"periodo,sector,numerador,denominador,estado,nota\n2026,,40,100,,\n",
        file_name="datos.csv",
        note="Primeros datos",
        by_id=personas.pedro.pk,
        at=at,
    )


def write_code(personas: Personas, at: datetime) -> None:
    save_code(
        institution=personas.institution,
        title="Código de ética",
        url="",
        approved_on=None,
        as_new_version=True,
        at=at,
    )
    save_slots(
        institution=personas.institution,
        contents={
            "article_probidad": SlotContent("Ponemos el interés general primero."),
            "coordinator": SlotContent(name="Función de integridad", email="integridad@servicio.example"),
        },
        at=at,
    )


def learn(ana: Person, at: datetime) -> None:
    """Ana reads all lessons, fails once and tries again; others have a look at it in vain."""
    begun = at - timedelta(days=60)
    enrolment, _is_new = enrol(
        person=ana,
        course_code=COURSE,
        context=LearningContext.EMPLOYEE,
        posting=ana.postings.get(),
        platform=current_platform(),
        at=begun,
    )
    UnitResult.objects.bulk_create(
        UnitResult(enrolment=enrolment, unit_key=unit.key, finished_at=begun, source="web")
        for unit in enrolment.release.outline.lessons
    )
    first = start_attempt(
        enrolment_id=enrolment.pk,
        unit_key=ASSESSMENT,
        platform=current_platform(),
        at=begun,
        chance=Random(1),
    )
    hand_in_attempt(attempt=first, platform=current_platform(), at=begun + timedelta(hours=1))
    start_attempt(
        enrolment_id=enrolment.pk,
        unit_key=ASSESSMENT,
        platform=current_platform(),
        at=at - timedelta(hours=1),
        chance=Random(2),
    )


def teach(personas: Personas, at: datetime) -> None:
    """Diego teaches the course; a question of Ana's attempt was graded again, and her attempt is unusual."""
    add_member(page=CoursePage.objects.of_source().get(code=COURSE), email=personas.diego.email, at=at)
    attempt = AssessmentAttempt.objects.order_by("pk")[0]
    begin_regrade(
        release=attempt.release,
        unit_key=ASSESSMENT,
        question_key=attempt.drawn[0]["key"],
        method="key",
        reason="La clave era otra.",
        user_id=personas.diego.pk,
        at=at,
    )
    AttemptSign.objects.create(attempt=attempt, sign="too_fast", count=9, total=10, found_at=at)


def say_back(ana: Person, at: datetime) -> None:
    """Ana is asked all that follows a course, and has reported an error in a lesson of it.

    She has not completed it, so one of her attempts is made to have passed: the recall needs it.
    """
    enrolment = ana.enrolments.get(course__code=COURSE)
    enrolment.attempts.filter(number=1).update(passed=True)
    Asking.objects.bulk_create(
        Asking(enrolment=enrolment, kind=kind, due_on=local_date(at)) for kind in AskingKind
    )
    report_error(
        enrolment=enrolment, unit_key=LESSON, title="Lección", kind="typo", text="Dice «haber».",
        wants_answer=True, at=at,
    )  # fmt: skip


def talk(personas: Personas, teachers: Sequence[User], at: datetime) -> None:
    """Ana asks the people of her institution; somebody who never asks for anything here answers."""
    discussion = open_discussion(course=COURSE, at=at)
    post = write_thread(discussion, personas.ana.person, place=personas.institution, at=at)
    answer(post, PersonFactory(given_names="Zoila"), at=at)
    for user in teachers:
        take_part(discussion, user.person, at=at)


def diagnose(personas: Personas, at: datetime) -> None:
    """Institution A has finished and published one diagnosis, with a document, and works on the next."""
    questionnaire = Questionnaire.objects.select_related("current").get(code=DIAGNOSTIC)
    assert questionnaire.current is not None
    attach(begin(personas.institution, questionnaire=questionnaire, at=at), "norma-existe", at=at)
    finish(
        personas.institution,
        [1] * questionnaire.current.question_count,
        questionnaire=questionnaire,
        at=at - timedelta(days=30),
        publish=True,
    )
    begin(personas.institution, questionnaire=questionnaire, at=at)


def forward(at: datetime) -> None:
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
