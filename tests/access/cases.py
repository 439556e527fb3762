"""Who gets what at one address: what a case says, and the words in which the rows are written.

Statuses are those of a bare request: a POST without data where the case gives none. A logged-in
visitor outside ``who`` gets ``refused``; a guest is sent to log in, unless ``who`` has guests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse
from wagtail.models import Locale

from courses.models import CoursePage, ModulePage
from courses.quizzes.models import QuestionBank, QuestionUpload
from lms.feedback.links import make_token as feedback_token
from lms.feedback.models import Asking, LessonReport
from lms.notices.links import make_token
from lms.people.models import CourseMember, Leave, PersonMerge
from lms.plan.models import SealedSnapshot, TrainingGoal
from lms.progress.models import (
    AssessmentAttempt,
    AttemptSign,
    Exemption,
    Regrade,
    TrainingRequirement,
)
from lms.reports.models import PeriodReport, ReportDelivery, ReportSchedule, SavedView
from lms.xapi.models import DeadLetter, ForwardTarget, Statement
from tests.access.building import COURSE
from tests.access.visitors import STAFF, VISITORS
from tests.access.world import World

NOT_ALLOWED, NOT_FOUND, LOGIN = 405, 404, "/cuentas/ingresar/"

EVERYBODY = frozenset(VISITORS)
GUESTS = frozenset({"anonymous", "inactive", "erased"})
MEMBERS = EVERYBODY - GUESTS
ADMINISTRATORS = frozenset({"administrator", "superuser"})
OWNER = frozenset({"learner_a"})
HR_OF_A = frozenset({"hr_a"})
ANY_HR = frozenset({"hr_a", "hr_b"})
LOOKERS_AT_A = HR_OF_A | {"auditor"}
ANY_LOOKER = ANY_HR | {"auditor"}
AUDITORS = frozenset({"auditor"})
EMPLOYEES = MEMBERS - ADMINISTRATORS - {"auditor"}
ROLE_HOLDERS = frozenset(STAFF)
LEADS = frozenset({"lead_a", "lead_beside"})
CERTIFICATE_KEEPERS_OF_A = HR_OF_A | ADMINISTRATORS
WORKSHOP_LEADERS = ADMINISTRATORS | {"trainer"}
PLAN_KEEPERS = ADMINISTRATORS | {"plan_owner"}
AUTHORS = frozenset({"trainer"})
"""They write only in their own courses and send them to review."""
EDITORS = ADMINISTRATORS | AUTHORS

SEES_NAMES_OF_A = LOOKERS_AT_A | ADMINISTRATORS | {"lead_a"}
"""Whoever may read names of people of institution A on some page; everybody else on none."""


@dataclass(frozen=True)
class Case:
    """One address as one kind of visitor finds it. ``get`` or ``post`` None: not asked here.

    ``refused_to`` and ``guests_to``: where a refusal leads that is a redirect. ``asks_who_first``: a
    method that nobody may use is refused only to ``who``. ``sent_back``: who may be in the editor, but
    not here, goes back to its first page. ``names_to``: visitors who read names
    of institution A on this page beside ``SEES_NAMES_OF_A``. ``data``: what a POST sends.
    """

    who: frozenset[str]
    get: int | None = 200
    post: int | None = NOT_ALLOWED
    refused: int = NOT_FOUND
    refused_to: str = ""
    args: Callable[[World], Mapping[str, object]] = lambda world: {}
    path: str = ""
    query: str = ""
    data: Callable[[World], Mapping[str, str]] = field(default=lambda world: {})
    names_to: frozenset[str] = frozenset()
    guests_to: str = LOGIN
    asks_who_first: bool = False
    sent_back: frozenset[str] = frozenset()

    def url(self, name: str, world: World) -> str:
        """The address to ask; ``path`` where the route has no name."""
        return (self.path or reverse(name, kwargs=dict(self.args(world)))) + self.query


def open_to_all(get: int | None = 200, post: int = NOT_ALLOWED, **more: object) -> Case:
    return replace(Case(EVERYBODY, get, post), **more)  # type: ignore[arg-type]


def for_programs() -> Case:
    """The record knows no session: whoever comes without version and credentials is refused alike."""
    return open_to_all(400, 400)


def for_systems(get: int = 401, post: int = NOT_ALLOWED, **more: object) -> Case:
    """The API knows no session: whoever comes without a token is refused alike."""
    return open_to_all(get, post, **more)


def for_guests(get: int = 200, post: int = 200) -> Case:
    """Pages to log in and sign up: who is inside already is sent on."""
    return Case(GUESTS, get, post, refused=302, refused_to="/aula/")


def for_members(get: int = 200, post: int = NOT_ALLOWED, **more: object) -> Case:
    return replace(Case(MEMBERS, get, post), **more)  # type: ignore[arg-type]


def of_enrolled(get: int, post: int, **more: object) -> Case:
    """A page inside a course: who has not taken it up is led to the course."""
    start = reverse("classroom:continue", args=[COURSE])
    return replace(Case(OWNER, get, post, refused=302, refused_to=start), **more)  # type: ignore[arg-type]


def in_unit(key: str, **more: object) -> Callable[[World], Mapping[str, object]]:
    return lambda world: {"course_code": COURSE, "unit_key": key, **more}


def in_course(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE}


def in_plan(world: World) -> Mapping[str, object]:
    return {"plan_code": "plan-chile-4"}


def of_seal(world: World) -> Mapping[str, object]:
    return {**in_plan(world), "day": SealedSnapshot.objects.get().cutoff_date.isoformat()}


def of_commitment(world: World) -> Mapping[str, object]:
    return {**in_plan(world), "number": 1}


def of_milestone(world: World) -> Mapping[str, object]:
    return {**of_commitment(world), "code": "h1"}


def of_asked_question(world: World) -> Mapping[str, object]:
    drawn = AssessmentAttempt.objects.order_by("pk")[0].drawn
    return {**in_course(world), "question_key": drawn[0]["key"]}


def of_regrade(world: World) -> Mapping[str, object]:
    return {**in_course(world), "public_id": Regrade.objects.get().public_id}


def of_late_attempt(world: World) -> Mapping[str, object]:
    return {
        **in_course(world),
        "attempt_id": AssessmentAttempt.objects.order_by("pk").values_list("pk")[0][0],
    }


def of_sign(world: World) -> Mapping[str, object]:
    return {**in_course(world), "sign_id": AttemptSign.objects.values_list("pk")[0][0]}


def of_member(world: World) -> Mapping[str, object]:
    return {**in_course(world), "member_id": CourseMember.objects.values_list("pk")[0][0]}


def of_certificate(world: World) -> Mapping[str, object]:
    return {"certificate_id": world.certificate.pk}


def of_roster(world: World) -> Mapping[str, object]:
    return {"public_id": world.roster.public_id}


def of_requirement(world: World) -> Mapping[str, object]:
    return {"public_id": TrainingRequirement.objects.get(status="live").public_id}


def of_draft(world: World) -> Mapping[str, object]:
    return {"public_id": TrainingRequirement.objects.get(status="draft").public_id}


def of_exemption(world: World) -> Mapping[str, object]:
    return {"public_id": Exemption.objects.get().public_id}


def of_ana_in_requirement(world: World) -> Mapping[str, str]:
    return {**in_requirement(world), "persona": str(world.ana.public_id)}


def of_anas_emails(world: World) -> Mapping[str, object]:
    return {"token": make_token(person_public_id=world.ana.public_id)}


def of_lesson_report(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE, "public_id": LessonReport.objects.get().public_id}


def of_asking(kind: str) -> Callable[[World], Mapping[str, object]]:
    """The link that was sent to Ana."""
    return lambda world: {
        "course_code": COURSE,
        "token": feedback_token(public_id=Asking.objects.get(kind=kind).public_id),
    }


def of_false_asking(world: World) -> Mapping[str, object]:
    return {"course_code": COURSE, "token": "x"}


def in_requirement(world: World) -> Mapping[str, str]:
    return {"exigencia": str(TrainingRequirement.objects.get(status="live").public_id)}


def of_applied_roster(world: World) -> Mapping[str, object]:
    return {"public_id": world.applied_roster.public_id}


def of_attested(world: World) -> Mapping[str, object]:
    return {"public_id": world.attested.public_id}


def of_question(world: World) -> Mapping[str, object]:
    return {"public_id": world.question.public_id}


def of_batch(world: World) -> Mapping[str, object]:
    return {"public_id": world.batch.public_id}


def of_ana(world: World) -> Mapping[str, object]:
    return {"public_id": world.ana.public_id}


def of_ana_and_rosa(world: World) -> Mapping[str, object]:
    return {"public_id": world.ana.public_id, "other_id": world.rosa.public_id}


def of_job(world: World) -> Mapping[str, object]:
    return {"public_id": world.ana.postings.get().public_id}


def of_leave(world: World) -> Mapping[str, object]:
    return {"public_id": Leave.objects.get(person=world.personas.iris.person).public_id}


def of_merge(world: World) -> Mapping[str, object]:
    merge = PersonMerge.objects.get()
    return {"public_id": merge.kept.public_id, "merge_id": merge.public_id}


def of_unit(world: World) -> Mapping[str, object]:
    return {"unit_id": world.personas.unit.pk}


def of_place(world: World) -> Mapping[str, object]:
    return {"institution_id": world.personas.institution.pk}


def of_report(world: World) -> Mapping[str, object]:
    return {"public_id": PeriodReport.objects.get().public_id}


def of_saved_view(world: World) -> Mapping[str, object]:
    return {"public_id": SavedView.objects.get().public_id}


def of_schedule(world: World) -> Mapping[str, object]:
    return {"public_id": ReportSchedule.objects.get().public_id}


def of_delivery(world: World) -> Mapping[str, object]:
    return {"public_id": ReportDelivery.objects.get().public_id}


def of_workshop(world: World) -> Mapping[str, object]:
    return {"public_id": world.workshop.public_id}


def of_goal(world: World) -> Mapping[str, object]:
    return {"goal_id": TrainingGoal.objects.order_by("pk").values_list("pk", flat=True)[0]}


def of_statement(world: World) -> Mapping[str, object]:
    return {"statement_id": Statement.objects.order_by("position").values_list("id", flat=True)[0]}


def of_program(world: World) -> Mapping[str, object]:
    return {"credential_id": world.program.pk}


def of_token(world: World) -> Mapping[str, object]:
    return {"public_id": world.token.public_id}


def with_id(name: str) -> Callable[[World], Mapping[str, object]]:
    return lambda world: {name: world.ana.public_id}


def of_target(world: World) -> Mapping[str, object]:
    return {"target_id": ForwardTarget.objects.get().pk}


def of_letter(world: World) -> Mapping[str, object]:
    letter = DeadLetter.objects.get()
    return {"target_id": letter.target_id, "letter_id": letter.pk}


def of_month(world: World) -> Mapping[str, object]:
    return {"year": 1999, "month": 3}


def for_operators(get: int = 200, post: int = NOT_ALLOWED, **more: object) -> Case:
    return replace(Case(ADMINISTRATORS, get, post), **more)  # type: ignore[arg-type]


def of_provider(world: World) -> Mapping[str, object]:
    return {"provider_id": "salud"}


def of_letter_to_rosa(world: World) -> Mapping[str, object]:
    return {"token": world.letter}


def of_bank(world: World) -> Mapping[str, object]:
    return {"bank_id": QuestionBank.objects.order_by("pk").values_list("pk", flat=True)[0]}


def of_course_page(world: World) -> Mapping[str, object]:
    return {"page_id": CoursePage.objects.of_source().get(code=COURSE).pk}


def of_module_page(world: World) -> Mapping[str, object]:
    return {"page_id": ModulePage.objects.get(key="m1", locale=Locale.get_default()).pk}


def of_questions(world: World) -> Mapping[str, object]:
    return {"public_id": QuestionUpload.objects.get().public_id}


def by_code(world: World) -> Mapping[str, object]:
    return {"code": world.certificate.formatted_code}


IN_A, IN_B = "?institucion=AA900", "?institucion=AA901"
