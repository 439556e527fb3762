"""Who gets what at every address: the table that a new address has to enter.

Statuses are those of a bare request: a POST without data where the case gives none. A logged-in
visitor outside ``who`` gets ``refused``; a guest is sent to log in, unless ``who`` has guests.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from django.urls import reverse

from lms.plan.models import TrainingGoal
from lms.xapi.models import DeadLetter, ForwardTarget, Statement
from tests.access.world import ASSESSMENT, CHECK, COURSE, DILEMMA, LESSON, VISITORS, World

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
CERTIFICATE_KEEPERS_OF_A = HR_OF_A | ADMINISTRATORS
WORKSHOP_LEADERS = ADMINISTRATORS | {"trainer"}
PLAN_KEEPERS = ADMINISTRATORS | {"plan_owner"}
EDITORS = ADMINISTRATORS | {"trainer"}

SEES_NAMES_OF_A = LOOKERS_AT_A | ADMINISTRATORS
"""Whoever may read names of people of institution A on some page; everybody else on none."""


@dataclass(frozen=True)
class Case:
    """One address as one kind of visitor finds it. ``get`` or ``post`` None: not asked here.

    ``refused_to`` and ``guests_to``: where a refusal leads that is a redirect. ``asks_who_first``: a
    method that nobody may use is refused only to ``who``. ``names_to``: visitors who read names
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

    def url(self, name: str, world: World) -> str:
        """The address to ask; ``path`` where the route has no name."""
        return (self.path or reverse(name, kwargs=dict(self.args(world)))) + self.query


def open_to_all(get: int | None = 200, post: int = NOT_ALLOWED, **more: object) -> Case:
    return replace(Case(EVERYBODY, get, post), **more)  # type: ignore[arg-type]


def for_programs() -> Case:
    """The record knows no session: whoever comes without version and credentials is refused alike."""
    return open_to_all(400, 400)


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


def of_certificate(world: World) -> Mapping[str, object]:
    return {"certificate_id": world.certificate.pk}


def of_roster(world: World) -> Mapping[str, object]:
    return {"public_id": world.roster.public_id}


def of_workshop(world: World) -> Mapping[str, object]:
    return {"public_id": world.workshop.public_id}


def of_goal(world: World) -> Mapping[str, object]:
    return {"goal_id": TrainingGoal.objects.order_by("pk").values_list("pk", flat=True)[0]}


def of_statement(world: World) -> Mapping[str, object]:
    return {"statement_id": Statement.objects.order_by("position").values_list("id", flat=True)[0]}


def of_program(world: World) -> Mapping[str, object]:
    return {"credential_id": world.program.pk}


def of_target(world: World) -> Mapping[str, object]:
    return {"target_id": ForwardTarget.objects.get().pk}


def of_letter(world: World) -> Mapping[str, object]:
    letter = DeadLetter.objects.get()
    return {"target_id": letter.target_id, "letter_id": letter.pk}


def of_month(world: World) -> Mapping[str, object]:
    return {"year": 1999, "month": 3}


def for_operators(get: int = 200, post: int = NOT_ALLOWED, **more: object) -> Case:
    return replace(Case(ADMINISTRATORS, get, post), **more)  # type: ignore[arg-type]


def by_code(world: World) -> Mapping[str, object]:
    return {"code": world.certificate.formatted_code}


RECORD = ("statements", "activities", "state", "activity_profile", "agents", "agent_profile")
IN_A, IN_B = "?institucion=AA900", "?institucion=AA901"
REVOCATION = {"reason": "error", "note": "Prueba de acceso.", "confirmar": "si"}
GIVEN_CREDENTIAL = {"name": "Otra", "scopes": "statements/read"}
GIVEN_ROLE = {"email": "ana@servicio.example", "role": "auditor", "institution": "", "last_day": ""}

TABLE: dict[str, list[Case]] = {
    # --- For programs and machines
    "health": [open_to_all()],
    "robots": [open_to_all()],
    "xapi_about": [open_to_all(200, NOT_ALLOWED)],
    **{f"xapi_{name}": [for_programs()] for name in RECORD},
    "api_index": [open_to_all()],
    # --- Accounts
    "account_login": [for_guests()],
    "account_signup": [for_guests()],
    "account_logout": [Case(MEMBERS, 200, None, guests_to="/"), open_to_all(None, 302)],
    "account_inactive": [open_to_all()],
    "account_reauthenticate": [for_members(200, 200)],
    "account_email": [for_members(200, 302)],
    "account_email_verification_sent": [open_to_all()],
    "account_confirm_email": [open_to_all(200, 404, args=lambda world: {"key": "abc"})],
    "account_change_password": [for_members(200, 200)],
    "account_set_password": [for_members(302, 302)],
    "account_reset_password": [open_to_all(200, 200)],
    "account_reset_password_done": [open_to_all()],
    "account_reset_password_from_key": [
        open_to_all(200, 200, args=lambda world: {"uidb36": "1", "key": "x-y"})
    ],
    "account_reset_password_from_key_done": [open_to_all()],
    "account_confirm_login_code": [open_to_all(302, 302)],
    "mfa_index": [for_members()],
    "mfa_authenticate": [open_to_all(302, 302)],
    "mfa_reauthenticate": [for_members(200, 200)],
    "mfa_activate_totp": [for_members(302, 302)],
    "mfa_deactivate_totp": [for_members(302, 302)],
    "mfa_view_recovery_codes": [for_members(404)],
    "mfa_generate_recovery_codes": [for_members(302, 302)],
    "mfa_download_recovery_codes": [for_members(404, 404)],
    "usersessions_list": [for_members(200, 302)],
    # --- Learning: everybody their own
    "classroom:home": [for_members()],
    "classroom:my_record": [for_members()],
    "classroom:who_looked": [for_members()],
    "classroom:course": [for_members(302, args=in_course)],
    "classroom:continue": [for_members(302, args=in_course)],
    "classroom:take_up": [for_members(NOT_ALLOWED, 302, args=in_course)],
    "classroom:unit": [
        of_enrolled(200, NOT_ALLOWED, args=in_unit(LESSON)),
        of_enrolled(200, NOT_ALLOWED, args=in_unit(ASSESSMENT)),
    ],
    "classroom:finish": [of_enrolled(NOT_ALLOWED, 302, args=in_unit(LESSON))],
    "classroom:acknowledge": [of_enrolled(NOT_ALLOWED, 302, args=in_unit("m3-l2"))],
    "classroom:answer": [of_enrolled(NOT_ALLOWED, 302, args=in_unit(LESSON, check_key=CHECK))],
    "classroom:dilemma": [of_enrolled(200, 200, args=in_unit(DILEMMA))],
    "classroom:finish_dilemma": [of_enrolled(NOT_ALLOWED, 302, args=in_unit(DILEMMA))],
    "classroom:start": [of_enrolled(NOT_ALLOWED, 302, args=in_unit(ASSESSMENT))],
    "classroom:question": [of_enrolled(200, 302, args=in_unit(ASSESSMENT, number=2, position=1))],
    "classroom:review": [of_enrolled(200, NOT_ALLOWED, args=in_unit(ASSESSMENT, number=2))],
    "classroom:hand_in": [of_enrolled(NOT_ALLOWED, 302, args=in_unit(ASSESSMENT, number=2))],
    "classroom:result": [of_enrolled(200, NOT_ALLOWED, args=in_unit(ASSESSMENT, number=1))],
    "certificates_mine:list": [for_members()],
    "certificates_mine:pdf": [Case(OWNER, args=of_certificate)],
    "certificates_mine:visibility": [Case(OWNER, NOT_ALLOWED, 302, args=of_certificate)],
    # --- Those who answer for the training of others
    "reports:compliance": [
        Case(ANY_LOOKER),
        Case(LOOKERS_AT_A, query=IN_A),
        Case(frozenset({"hr_b", "auditor"}), query=IN_B),
    ],
    "reports:people_csv": [Case(ANY_LOOKER), Case(LOOKERS_AT_A, query=IN_A)],
    "reports:people_xlsx": [Case(ANY_LOOKER), Case(LOOKERS_AT_A, query=IN_A)],
    "reports:rosters": [Case(ANY_HR, 200, 200)],
    "reports:roster_template": [Case(ANY_HR)],
    "reports:roster": [Case(HR_OF_A, args=of_roster)],
    "reports:roster_problems": [Case(HR_OF_A, args=of_roster)],
    "reports:roster_apply": [Case(HR_OF_A, NOT_ALLOWED, 200, args=of_roster)],
    "reports:roster_discard": [Case(HR_OF_A, NOT_ALLOWED, 302, args=of_roster)],
    "reports:person": [Case(LOOKERS_AT_A, args=lambda world: {"public_id": world.ana.public_id})],
    "reports:certificates": [
        Case(ANY_HR | ADMINISTRATORS, 200, 400),
        Case(
            CERTIFICATE_KEEPERS_OF_A,
            None,
            302,
            data=lambda world: {"codigo": world.certificate.formatted_code},
        ),
    ],
    "reports:certificate": [Case(CERTIFICATE_KEEPERS_OF_A, args=of_certificate)],
    "reports:certificate_revoke": [
        Case(CERTIFICATE_KEEPERS_OF_A, 200, 400, args=of_certificate),
        Case(CERTIFICATE_KEEPERS_OF_A, None, 302, args=of_certificate, data=lambda world: REVOCATION),
    ],
    "reports:certificate_reissue": [Case(CERTIFICATE_KEEPERS_OF_A, 200, 302, args=of_certificate)],
    "reports:roles": [
        Case(ADMINISTRATORS, 200, 400),
        Case(ADMINISTRATORS, None, 302, data=lambda world: GIVEN_ROLE),
    ],
    "reports:role_end": [Case(ADMINISTRATORS, 200, 302, args=lambda world: {"assignment_id": world.role.pk})],
    # --- The record, for whoever runs it
    "operations:statements": [for_operators(), for_operators(400, query="?desde=ayer")],
    "operations:statement": [for_operators(args=of_statement)],
    "operations:credentials": [for_operators()],
    "operations:credential_create": [
        for_operators(200, 400),
        Case(ADMINISTRATORS, None, 200, data=lambda world: GIVEN_CREDENTIAL),
    ],
    "operations:credential_rotate": [for_operators(200, 200, args=of_program)],
    "operations:credential_revoke": [for_operators(200, 302, args=of_program)],
    "operations:targets": [for_operators()],
    "operations:target_create": [for_operators(200, 400)],
    "operations:target": [for_operators(args=of_target)],
    "operations:target_edit": [for_operators(200, 400, args=of_target)],
    "operations:target_check": [for_operators(NOT_ALLOWED, 302, args=of_target)],
    "operations:target_pause": [for_operators(NOT_ALLOWED, 302, args=of_target)],
    "operations:target_resume": [for_operators(NOT_ALLOWED, 302, args=of_target)],
    "operations:target_replay": [for_operators(200, 400, args=of_target)],
    "operations:target_delete": [for_operators(200, 302, args=of_target)],
    "operations:letter_retry": [for_operators(NOT_ALLOWED, 302, args=of_letter)],
    "operations:letter_discard": [for_operators(NOT_ALLOWED, 302, args=of_letter)],
    "operations:months": [for_operators()],
    # A month that is not there, whatever the database.
    "operations:month_detach": [for_operators(404, 404, args=of_month)],
    "operations:month_attach": [for_operators(404, 404, args=of_month)],
    "integrity:system": [
        Case(frozenset({"integrity_a"}), 200, 400),
        Case(frozenset({"integrity_a"}), 200, 400, query=IN_A),
        Case(frozenset(), 200, 400, query=IN_B),
    ],
    # --- Workshops: who leads one sees who comes to it
    "workshops:calendar": [open_to_all()],
    "workshops:detail": [open_to_all(args=of_workshop)],
    "workshops:ics": [open_to_all(args=of_workshop)],
    "workshops:sign_up": [for_members(302, 302, args=of_workshop)],
    "workshops:leave": [for_members(302, 302, args=of_workshop)],
    "workshops:manage": [Case(WORKSHOP_LEADERS)],
    "workshops:create": [Case(WORKSHOP_LEADERS, 200, 400)],
    "workshops:edit": [Case(WORKSHOP_LEADERS, 200, 400, args=of_workshop)],
    "workshops:cancel": [
        Case(WORKSHOP_LEADERS, 200, None, args=of_workshop),
        Case(WORKSHOP_LEADERS, None, 400, args=of_workshop, data=lambda world: {"reason": ""}),
    ],
    "workshops:sheet": [Case(WORKSHOP_LEADERS, 200, 302, args=of_workshop, names_to=frozenset({"trainer"}))],
    "workshops:signatures": [Case(WORKSHOP_LEADERS, args=of_workshop, names_to=frozenset({"trainer"}))],
    # --- The plan, the courses and the certificates, for everybody
    "plan:home": [open_to_all()],
    "plan:commitment": [open_to_all(args=lambda world: {"number": 1})],
    "plan:method": [open_to_all()],
    "plan:data": [open_to_all()],
    "plan:manage": [Case(PLAN_KEEPERS)],
    "plan:goal_create": [Case(PLAN_KEEPERS, 200, 400, args=lambda world: {"number": 1})],
    "plan:goal": [Case(PLAN_KEEPERS, 200, 400, args=of_goal)],
    "plan:goal_retire": [Case(PLAN_KEEPERS, 200, 302, args=of_goal)],
    "plan:goal_restore": [Case(PLAN_KEEPERS, 200, 302, args=of_goal)],
    "plan:commitments_json": [open_to_all()],
    "plan:commitments_csv": [open_to_all()],
    "plan:coverage_json": [open_to_all()],
    "plan:coverage_csv": [open_to_all()],
    "certificates:verify_form": [open_to_all(200, 200)],
    "certificates:verify_json": [open_to_all(args=by_code)],
    "certificates:verify": [open_to_all(200, 200, args=by_code)],
    "wagtail_serve": [
        open_to_all(200, 200, path="/"),
        open_to_all(200, 200, path="/cursos/"),
        open_to_all(200, 200, path=f"/cursos/{COURSE}/"),
        open_to_all(404, 404, path="/no-existe/"),
    ],
    # --- The editor
    "wagtailadmin_home": [Case(EDITORS, asks_who_first=True)],
    "gestion/login/": [open_to_all(302, 302, path="/gestion/login/")],
    "gestion/password_reset/": [open_to_all(302, 302, path="/gestion/password_reset/")],
    "^gestion/password_reset/.*$": [open_to_all(302, 302, path="/gestion/password_reset/confirm/")],
    "_util/login/": [open_to_all(302, 302, path="/_util/login/")],
}
