from collections.abc import Iterator
from datetime import datetime

import pytest
from pytest_django import Settings

from courses.models import Course
from tests.factories.learning import make_course
from tests.factories.people import InstitutionFactory, UnitFactory
from tests.notices.sink import Sink, start_sink
from tests.notices.stage import Stage
from tests.personas import personas

__all__ = ["personas"]


@pytest.fixture
def stage(db: None, at: datetime, fixed_clock: None) -> Stage:
    make_course(at=at)
    institution = InstitutionFactory(name="Servicio de Registros Territoriales")
    unit = UnitFactory(institution=institution, name="Oficina Regional")
    return Stage(institution, unit, Course.objects.get(code="curso"), at)


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    """The mail server of this test; Django sends to it."""
    sink = Sink()
    controller = start_sink(sink)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    settings.SITE_URL = "https://aula.gob.example"
    settings.BOUNCE_ADDRESS = "rebotes@aula.gob.example"
    yield sink
    controller.stop()
