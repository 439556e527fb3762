from datetime import datetime

import pytest

from courses.services import publish_release
from lms.journeys.enrol import enrol
from lms.progress.models import Enrolment, LearningContext
from lms.xapi.platform import current_platform
from tests.factories.courses import (
    channels,
    check,
    code_of_ethics,
    create_course,
    create_lesson,
    local_example,
    text,
)
from tests.personas import Personas
from tests.personas import personas as personas  # a fixture


@pytest.fixture
def lesson(personas: Personas, at: datetime) -> str:
    """Ana takes a course whose lesson shows her institution; the address of that lesson."""
    course = create_course(lessons=(("l1",),), questions=0)
    module = course.get_children().get().specific
    body = [text(), code_of_ethics("regalos", acknowledge=True), local_example("regalos"), channels(),
            check("l2-p1")]  # fmt: skip
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
