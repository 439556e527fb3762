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
from lms.demo.accounts import LOGINS, MAIN, OTHER, Login
from lms.demo.population import Place, fill_place, many_places
from lms.integrity.models import EthicsCode, IntegrityContact
from lms.integrity.services import ArticleText, ContactText, save_code, save_contacts
from lms.people.models import Institution, LegalQuality, Person, Posting, Role, User
from lms.people.services.roles import assign_role
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
ARTICLES = {
    "probidad": ArticleText(
        "Ponemos el interés general primero. Si una decisión me beneficia o beneficia a alguien cercano, la "
        "explico y la entrego a otra persona.", "Título I, página 6"),
    "conflictos": ArticleText(
        "Aviso por escrito a mi jefatura cuando un interés mío o de mi familia toca mi trabajo. La "
        "coordinación de integridad responde en dos días hábiles.", "Título II, página 11"),
    "regalos": ArticleText(
        "No aceptamos regalos de proveedores ni de personas usuarias, sin importar su valor. Si no es "
        "posible devolverlos, los entregamos a Gestión de Personas y dejamos registro.",
        "Título III, página 18"),
    "lobby": ArticleText(
        "Las reuniones con intereses particulares se piden y se registran en la plataforma de lobby. No hay "
        "reuniones informales con quienes postulan a una compra.", "Título III, página 20"),
    "recursos": ArticleText(
        "Los vehículos, equipos y horas del servicio se usan solo para el trabajo.", "Título II, página 14"),
    "informacion": ArticleText(
        "La información pública se entrega a tiempo y completa. La reservada no se comenta fuera.",
        "Título IV, página 23"),
    "denuncias": ArticleText(
        "Quien denuncia de buena fe tiene nuestro respaldo. Guardamos reserva de su identidad y no toleramos "
        "represalias.", "Título V, página 27"),
    "trato": ArticleText(
        "Nos tratamos con respeto, sin distinción de estamento ni de contrato.", "Título I, página 8"),
    "codigo": ArticleText(
        "Este código obliga a todas las personas que trabajan en el servicio, también a honorarios.",
        "Presentación, página 3"),
}  # fmt: skip


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
    _write_code(Institution.objects.get(code=MAIN), at)
    accounts = sum(_make_account(login, password, at) for login in LOGINS)
    trainer = User.objects.get(email=next(login.email for login in LOGINS if login.kind == "trainer"))
    attendees = Posting.objects.filter(institution__code=MAIN).select_related("person").order_by("pk")[:22]
    make_demo_sessions(at=at, trainer=trainer, attendees=list(attendees))
    return DemoReport(made, accounts)


@transaction.atomic
def _write_code(institution: Institution, at: datetime) -> None:
    if EthicsCode.objects.filter(institution=institution).exists():
        return
    save_code(
        institution=institution,
        title="Código de ética del Servicio de Registros Territoriales",
        url="",
        approved_on=date(2024, 8, 15),
        articles=ARTICLES,
        as_new_version=True,
        at=at,
    )
    kinds = IntegrityContact.Kind
    save_contacts(
        institution=institution,
        contacts={
            kinds.COORDINATOR: ContactText(
                "Rosa Paillalef Quidel", "integridad@registros.example", "anexo 2140"
            ),
            kinds.QUERIES: ContactText("Consultas de integridad", "consultas@registros.example"),
            kinds.REPORTS: ContactText(
                "Canal de denuncias",
                url="https://denuncias.registros.example/",
                note="Puedes pedir reserva de tu identidad.",
            ),
            kinds.COMMITTEE: ContactText("Comité de integridad", "comite@registros.example"),
        },
    )


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
        everywhere = login.role in (Role.PLAN_OWNER, Role.TRAINER, Role.AUDITOR)
        assign_role(user=user, role=login.role, institution=None if everywhere else institution, at=at)
    return 1
