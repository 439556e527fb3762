"""Those responsible are reminded of the two reports a year, each once, by a real mail server."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from lms.notices.mail_settings import read_mail_settings
from lms.notices.post import MailServerDownError
from lms.people.models import Role
from lms.plan.models import ActionPlan, Commitment, ReportReminder
from lms.plan.reminders import remind_reporters
from lms.plan.rules.progress import HalfYear
from lms.plan.rules.reminders import Stage, stage_of
from lms.plan.services.reminders import forget_old_reminders
from tests.factories.people import RoleAssignmentFactory
from tests.factories.plan import CommitmentFactory
from tests.factories.plan_progress import approve, create_milestone, write_update
from tests.notices.sink import Sink, start_sink
from tests.personas import Personas

pytestmark = pytest.mark.django_db

JUNE = datetime(2026, 6, 5, 12, 0, tzinfo=ZoneInfo("America/Santiago"))
LAST_WEEK, JULY = JUNE + timedelta(days=20), JUNE + timedelta(days=30)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 5, 30), None),
        (date(2026, 5, 31), (HalfYear(2026, 1), Stage.MONTH)),
        (date(2026, 6, 22), (HalfYear(2026, 1), Stage.MONTH)),
        (date(2026, 6, 23), (HalfYear(2026, 1), Stage.WEEK)),
        (date(2026, 7, 1), (HalfYear(2026, 1), Stage.LATE)),
        (date(2026, 7, 31), None),
        (date(2027, 1, 1), (HalfYear(2026, 2), Stage.LATE)),
    ],
)
def test_reminders_come_a_month_and_a_week_before_and_once_after(
    today: date, expected: tuple[HalfYear, Stage] | None
) -> None:
    assert stage_of(today=today) == expected


@pytest.fixture
def sink(settings: Settings) -> Iterator[Sink]:
    sink = Sink()
    controller = start_sink(sink)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = controller.hostname, controller.port
    settings.EMAIL_USE_TLS, settings.EMAIL_TIMEOUT = False, 5
    yield sink
    controller.stop()


@pytest.fixture
def commitment(personas: Personas) -> Commitment:
    found: Commitment = CommitmentFactory(plan__code="local", number=1, title="Abrir el concejo")
    found.reporting_institutions.add(personas.institution)
    create_milestone(commitment=found, at=JUNE)
    RoleAssignmentFactory(user=personas.bruno, role=Role.PLAN_REPORTER, institution=personas.institution)
    RoleAssignmentFactory(
        user=personas.elena, role=Role.PLAN_REPORTER, institution=personas.other_institution
    )
    return found


def remind(at: datetime) -> int:
    return remind_reporters(at=at, mail=read_mail_settings())


def test_who_reports_is_told_what_lacks(commitment: Commitment, sink: Sink, personas: Personas) -> None:
    assert remind(JUNE) == 1
    (mail,) = sink.received
    assert mail.recipients == [personas.bruno.email]
    assert "1. Abrir el concejo" in mail.part("text/plain")
    assert "/plan/informar/" in mail.part("text/html")


def test_nobody_is_told_twice_of_one_stage(commitment: Commitment, sink: Sink) -> None:
    remind(JUNE)
    assert remind(JUNE + timedelta(hours=1)) == 0
    assert (remind(LAST_WEEK), remind(JULY)) == (1, 1)
    assert len(sink.received) == 3


def test_who_reported_is_left_in_peace(commitment: Commitment, sink: Sink) -> None:
    approve(update=write_update(commitment=commitment, at=JUNE), at=JUNE)
    assert remind(LAST_WEEK) == 0


@pytest.mark.parametrize("status", ["draft", "consultation", "closed"])
def test_plan_that_does_not_run_reminds_of_nothing(commitment: Commitment, sink: Sink, status: str) -> None:
    ActionPlan.objects.update(status=status)
    assert remind(JUNE) == 0


@pytest.mark.parametrize(("field", "day"), [("ends_on", date(2025, 12, 31)), ("starts_on", date(2026, 7, 1))])
def test_half_year_outside_the_commitment_reminds_of_nothing(
    commitment: Commitment, sink: Sink, field: str, day: date
) -> None:
    Commitment.objects.update(**{field: day})
    assert remind(JUNE) == 0


def test_mail_says_why_it_cannot_be_stopped(commitment: Commitment, sink: Sink) -> None:
    remind(JUNE)
    (mail,) = sink.received
    for part in ("text/plain", "text/html"):
        assert "pide al equipo del plan que te quite el rol" in " ".join(mail.part(part).split())
        assert "dejar de recibir" not in mail.part(part)


def test_server_that_is_down_is_asked_again(commitment: Commitment, sink: Sink) -> None:
    sink.on_mail = lambda sender: "421 4.3.2 closing"
    with pytest.raises(MailServerDownError):
        remind(JUNE)
    assert not ReportReminder.objects.exists()
    sink.on_mail = lambda sender: None
    assert remind(JUNE) == 1


def test_most_of_the_year_nothing_is_asked(commitment: Commitment, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert remind(datetime(2026, 4, 1, 12, tzinfo=ZoneInfo("America/Santiago"))) == 0


def test_reminders_are_forgotten_after_two_years(commitment: Commitment, sink: Sink) -> None:
    remind(JUNE)
    assert forget_old_reminders(at=JUNE + timedelta(days=729)) == 0
    assert forget_old_reminders(at=JUNE + timedelta(days=731)) == 1
