"""Two workers at the same moment: one notice, one e-mail."""

from datetime import date, datetime

import pytest

from lms.notices.models import Mail, Notice
from lms.notices.rules.hours import Calendar
from lms.notices.services.claiming import claim_mails
from lms.notices.services.planning import plan_training_notices
from tests.notices.sink import Sink
from tests.notices.stage import Stage
from tests.xapi.threads import run_at_once

pytestmark = pytest.mark.django_db(transaction=True)

DUE = date(2027, 1, 20)
PEOPLE = 12


@pytest.fixture
def crowd(stage: Stage) -> Stage:
    for number in range(PEOPLE):
        stage.hire(f"Ana{number}")
    stage.ask(due_on=DUE)
    return stage


def test_two_planners_put_each_notice_down_once(crowd: Stage) -> None:
    def plan() -> None:
        plan_training_notices(at=crowd.at, calendar=Calendar())

    assert run_at_once(plan, plan) == []
    assert Notice.objects.count() == PEOPLE


def test_two_claims_share_the_emails(crowd: Stage, at: datetime) -> None:
    crowd.plan()
    claimed: list[int] = []

    def claim() -> None:
        claimed.extend(claim_mails(at=at, calendar=Calendar(), people=PEOPLE).mail_ids)

    assert run_at_once(claim, claim) == []
    assert len(claimed) == len(set(claimed)) == Mail.objects.count() == PEOPLE
    assert set(Notice.objects.values_list("state", flat=True)) == {"sending"}


def test_two_senders_send_each_email_once(crowd: Stage, sink: Sink, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.notices.sending.PEOPLE", 3)
    crowd.plan()

    def send() -> None:
        crowd.send()

    assert run_at_once(send, send) == []
    recipients = [mail.recipients[0] for mail in sink.received]
    assert len(recipients) == len(set(recipients)) == PEOPLE
    assert set(Notice.objects.values_list("state", flat=True)) == {"sent"}
