"""An institution's code of ethics, contacts and examples."""

from datetime import date, datetime, timedelta

from lms.integrity.models import ARTICLE_OF, EXAMPLE_OF, EthicsCode
from lms.integrity.rules.slots import SlotContent
from lms.integrity.services.codes import save_code
from lms.integrity.services.slots import save_slots
from lms.people.models import Institution, User

A_YEAR = timedelta(days=365)
REFERENCE = "Título III"
QUERIES = SlotContent(name="Iris Lagos", email="integridad@servicio.example", phone="anexo 1234")
REPORTS = SlotContent(
    name="Canal de denuncias", url="https://denuncias.servicio.example/", note="Día y noche."
)


def write_code(
    institution: Institution,
    at: datetime,
    *,
    as_new_version: bool = False,
    review_by: date | None = None,
    **articles: str,
) -> EthicsCode:
    """The code of an institution, with what it says on each topic named."""
    contents = {ARTICLE_OF[topic].value: SlotContent(words, REFERENCE) for topic, words in articles.items()}
    save_slots(institution=institution, contents=contents, review_by=review_by or _later(at), at=at)
    return save_code(
        institution=institution,
        title="Código de ética",
        url="https://servicio.example/codigo.pdf",
        approved_on=date(2024, 8, 15),
        as_new_version=as_new_version,
        at=at,
    )


def write_contacts(
    institution: Institution, at: datetime, *, review_by: date | None = None, owner: User | None = None
) -> None:
    """One contact to ask and one channel to report."""
    contents = {"queries": QUERIES, "reports": REPORTS}
    save_slots(
        institution=institution, contents=contents, review_by=review_by or _later(at), owner=owner, at=at
    )


def write_example(institution: Institution, at: datetime, **examples: str) -> None:
    """An example of the institution on each topic named."""
    contents = {EXAMPLE_OF[topic].value: SlotContent(words) for topic, words in examples.items()}
    save_slots(institution=institution, contents=contents, review_by=_later(at), at=at)


def _later(at: datetime) -> date:
    return at.date() + A_YEAR
