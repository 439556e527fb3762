"""Codes of ethics, contacts and examples of the demonstration, each institution in another state."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction

from lms.demo.accounts import MAIN, OTHER
from lms.integrity.models import ARTICLE_OF, EXAMPLE_OF, KIND_BY_VALUE, Contact, SlotVersion
from lms.integrity.rules.slots import SlotContent
from lms.integrity.services.codes import save_code
from lms.integrity.services.slots import save_slot, save_slots
from lms.lib.clock import local_date
from lms.people.models import Institution, Role, User

WRITTEN = timedelta(days=320)
"""How long ago the texts were written."""


def _article(text: str, reference: str = "") -> SlotContent:
    return SlotContent(text=text, reference=reference)


ARTICLES = {
    "probidad": _article(
        "Ponemos el interés general primero. Si una decisión me beneficia o beneficia a alguien cercano, la "
        "explico y la entrego a otra persona.", "Título I, página 6"),
    "conflictos": _article(
        "Aviso por escrito a mi jefatura cuando un interés mío o de mi familia toca mi trabajo. La "
        "coordinación de integridad responde en dos días hábiles.", "Título II, página 11"),
    "regalos": _article(
        "No aceptamos regalos de proveedores ni de personas usuarias, sin importar su valor. Si no es "
        "posible devolverlos, los entregamos a Gestión de Personas y dejamos registro.",
        "Título III, página 18"),
    "lobby": _article(
        "Las reuniones con intereses particulares se piden y se registran en la plataforma de lobby. No hay "
        "reuniones informales con quienes postulan a una compra.", "Título III, página 20"),
    "recursos": _article(
        "Los vehículos, equipos y horas del servicio se usan solo para el trabajo.", "Título II, página 14"),
    "informacion": _article(
        "La información pública se entrega a tiempo y completa. La reservada no se comenta fuera.",
        "Título IV, página 23"),
    "denuncias": _article(
        "Quien denuncia de buena fe tiene nuestro respaldo. Guardamos reserva de su identidad y no toleramos "
        "represalias.", "Título V, página 27"),
    "trato": _article(
        "Nos tratamos con respeto, sin distinción de estamento ni de contrato.", "Título I, página 8"),
    "codigo": _article(
        "Este código obliga a todas las personas que trabajan en el servicio, también a honorarios.",
        "Presentación, página 3"),
}  # fmt: skip

EXAMPLES = {
    "regalos": _article(
        "Una notaría manda una canasta a la oficina de Valdivia después de una inscripción. La oficina no la "
        "abre, la devuelve con una nota y avisa a Gestión de Personas."),
    "conflictos": _article(
        "A un abogado de la oficina de Osorno le asignan el terreno de su cuñada. Escribe a su jefatura ese "
        "mismo día y no abre la carpeta."),
    "informacion": _article(
        "Un corredor pide por teléfono la lista de trámites de un sector. La ventanilla le explica cómo "
        "pedirla por transparencia y no adelanta nada."),
}  # fmt: skip
CONTACTS = {
    Contact.COORDINATOR.value: SlotContent(
        name="Coordinación de integridad", email="integridad@registros.example", phone="anexo 2140"
    ),
    Contact.QUERIES.value: SlotContent(name="Consultas de integridad", email="consultas@registros.example"),
    Contact.REPORTS.value: SlotContent(
        name="Canal de denuncias",
        url="https://denuncias.registros.example/",
        note="Puedes pedir reserva de tu identidad.",
    ),
    Contact.COMMITTEE.value: SlotContent(name="Comité de integridad", email="comite@registros.example"),
}


@transaction.atomic
def write_integrity_systems(*, at: datetime) -> None:
    """One institution is complete, others have gaps or overdue reviews, one has nothing. Safe to repeat."""
    if SlotVersion.objects.exists():
        return
    main = Institution.objects.get(code=MAIN)
    owner = User.objects.filter(roles__role=Role.INTEGRITY_COORDINATOR, roles__institution=main).first()
    _write_main(main, owner, at)
    _write(OTHER, _topics("probidad", "regalos", "codigo"), at, days_left=200)
    _write(OTHER, _contacts("aguas", Contact.COORDINATOR, Contact.REPORTS), at, days_left=-12)
    _write("demo-caminos", _contacts("caminos", *Contact), at, days_left=25)
    _write("demo-caminos", _topics(*ARTICLES), at, days_left=150)
    _write("demo-islas", _topics("probidad", "trato"), at, days_left=-80)
    for code in (OTHER, "demo-caminos"):
        _write_code(Institution.objects.get(code=code), at)


def _write_main(main: Institution, owner: User | None, at: datetime) -> None:
    _write_code(main, at)
    before = SlotContent(text="No aceptamos regalos de proveedores.", reference="Título III, página 18")
    gifts = ARTICLE_OF["regalos"].value
    save_slot(institution=main, kind=gifts, content=before, author=owner, at=at - WRITTEN)
    day = local_date(at)
    for contents, days_left in ((_topics(*ARTICLES), 45), (CONTACTS, 300), (_examples(), 300)):
        save_slots(
            institution=main, contents=contents, review_by=day + timedelta(days=days_left), owner=owner,
            at=at - timedelta(days=30),
        )  # fmt: skip


def _write(code: str, contents: Mapping[str, SlotContent], at: datetime, *, days_left: int) -> None:
    save_slots(
        institution=Institution.objects.get(code=code),
        contents=contents,
        review_by=local_date(at) + timedelta(days=days_left),
        at=at - WRITTEN,
    )


def _write_code(institution: Institution, at: datetime) -> None:
    save_code(
        institution=institution,
        title=f"Código de ética: {institution.name}",
        url="",
        approved_on=date(2024, 8, 15),
        as_new_version=True,
        at=at - WRITTEN,
    )


def _topics(*topics: str) -> dict[str, SlotContent]:
    return {ARTICLE_OF[topic].value: ARTICLES[topic] for topic in topics}


def _examples() -> dict[str, SlotContent]:
    return {EXAMPLE_OF[topic].value: content for topic, content in EXAMPLES.items()}


def _contacts(domain: str, *kinds: Contact) -> dict[str, SlotContent]:
    return {
        kind.value: SlotContent(name=str(kind.label), email=f"{KIND_BY_VALUE[kind].slug}@{domain}.example")
        for kind in kinds
    }
