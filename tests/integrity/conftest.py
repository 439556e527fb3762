from datetime import date, datetime

import pytest

from courses.services import publish_release
from lms.integrity.models import EthicsCode
from lms.integrity.services import ArticleText, ContactText, save_code, save_contacts
from lms.journeys.enrol import enrol
from lms.people.models import Institution
from lms.progress.models import Enrolment, LearningContext
from lms.xapi.platform import current_platform
from tests.factories.courses import channels, check, code_of_ethics, create_course, create_lesson, text
from tests.personas import Personas
from tests.personas import personas as personas  # a fixture


def write_code(
    institution: Institution, at: datetime, *, as_new_version: bool = False, **articles: str
) -> EthicsCode:
    """The code of an institution, with an article for each topic named."""
    return save_code(
        institution=institution,
        title="Código de ética",
        url="https://servicio.example/codigo.pdf",
        approved_on=date(2024, 8, 15),
        articles={topic: ArticleText(words, "Título III") for topic, words in articles.items()},
        as_new_version=as_new_version,
        at=at,
    )


def write_contacts(institution: Institution) -> None:
    """One contact to ask and one channel to report."""
    contacts = {
        "queries": ContactText("Iris Lagos", email="integridad@servicio.example", phone="anexo 1234"),
        "reports": ContactText(
            "Canal de denuncias", url="https://denuncias.servicio.example/", note="Día y noche."
        ),
    }
    save_contacts(institution=institution, contacts=contacts)


@pytest.fixture
def lesson(personas: Personas, at: datetime) -> str:
    """Ana takes a course whose lesson shows her institution; the address of that lesson."""
    course = create_course(lessons=(("l1",),), questions=0)
    module = course.get_children().get().specific
    body = [text(), code_of_ethics("regalos", acknowledge=True), channels(), check("l2-p1")]
    create_lesson(module, key="l2", body=body)
    publish_release(page=course, at=at)
    join(personas, at)
    return "/aula/curso/l2/"


def join(personas: Personas, at: datetime) -> Enrolment:
    person = personas.ana.person
    enrolment, _is_new = enrol(
        person=person, course_code="curso", context=LearningContext.EMPLOYEE, posting=person.postings.get(),
        platform=current_platform(), at=at,
    )  # fmt: skip
    return enrolment
