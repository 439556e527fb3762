"""Notices are put down once, in time, whatever runs when and how often."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from lms.notices.models import Notice
from lms.notices.rules.hours import Calendar
from lms.notices.services.planning import plan_training_notices
from lms.people.models import Leave
from lms.progress.services.requirements import exempt_person, withdraw_requirement
from tests.factories.people import UnitFactory
from tests.factories.requirements import DueSpec
from tests.notices.stage import Stage, days_later, noon, notices_of
from tests.queries import count_queries

DUE = date(2027, 1, 20)  # a Wednesday


def kinds() -> list[str]:
    return list(Notice.objects.order_by("pk").values_list("kind", flat=True))


def test_publishing_tells_the_people_it_reaches(stage: Stage) -> None:
    ana = stage.hire()
    stage.ask(due_on=DUE)
    assert stage.plan() == 1
    notice = Notice.objects.get()
    assert (notice.person, notice.kind, notice.key) == (ana, "assigned", stage.at.date())
    assert notice.not_before == stage.at
    assert (notice.institution, notice.unit) == (stage.institution, stage.unit)


def test_planning_again_plans_nothing(stage: Stage) -> None:
    stage.hire()
    stage.ask(due_on=DUE)
    assert [stage.plan(), stage.plan(), stage.plan(days_later(stage.at, 1))] == [1, 0, 0]


def test_a_requirement_that_began_before_it_was_published_is_told_all_the_same(stage: Stage) -> None:
    stage.hire()
    stage.ask(due_on=DUE, starts_on=date(2026, 9, 1))
    stage.plan()
    assert kinds() == ["assigned"]


def test_no_backlog_is_told_when_notices_are_switched_on(stage: Stage) -> None:
    stage.hire()
    stage.ask(due_on=DUE)
    stage.plan(days_later(stage.at, 10))
    assert kinds() == []


def test_who_joins_later_is_told_when_the_roster_says_so(stage: Stage) -> None:
    stage.ask(due=DueSpec(kind="days", days=60))
    later = stage.at = days_later(stage.at, 20)
    joined = later.date() - timedelta(days=9)
    person = stage.hire("Beto", valid_from=joined)
    stage.plan(later)
    assert notices_of(person) == [("assigned", "waiting", "")]


def test_from_being_asked_to_being_late_each_is_told_once(stage: Stage) -> None:
    stage.hire()
    stage.ask(due_on=DUE)
    told: dict[str, date] = {}
    for day in range(70):
        at = days_later(stage.at, day)
        stage.plan(at)
        for kind in set(kinds()) - set(told):
            told[kind] = at.date()
    assert told == {
        "assigned": date(2026, 11, 20),
        "due_30": date(2026, 12, 21),
        "due_7": date(2027, 1, 13),
        "due_1": date(2027, 1, 19),
        "late": date(2027, 1, 21),
    }
    assert Notice.objects.count() == 5


def test_who_is_assigned_five_days_before_is_told_of_the_last_day_only(stage: Stage) -> None:
    stage.hire()
    stage.ask(due_on=date(2026, 11, 25))
    for day in range(6):
        stage.plan(days_later(stage.at, day))
    assert kinds() == ["assigned", "due_1"]


def test_who_is_on_leave_or_exempt_is_told_nothing(stage: Stage) -> None:
    away, exempt = stage.hire(), stage.hire("Beto")
    Leave.objects.create(person=away, institution=stage.institution, first_day=stage.at.date())
    requirement = stage.ask(due_on=DUE)
    exempt_person(
        requirement=requirement, person=exempt, first_day=stage.at.date(), last_day=date(2027, 12, 31),
        reason="Comisión de servicio", author=None, at=stage.at,
    )  # fmt: skip
    for day in range(0, 70, 2):
        stage.plan(days_later(stage.at, day))
    assert kinds() == []


def test_a_withdrawn_requirement_tells_nothing(stage: Stage) -> None:
    stage.hire()
    requirement = stage.ask(due_on=DUE)
    withdraw_requirement(requirement_id=requirement.pk, author=None, note="", at=stage.at)
    stage.plan()
    assert kinds() == []


@pytest.mark.parametrize(
    ("region", "zone"),
    [("CL-RM", "America/Santiago"), ("CL-MA", "America/Punta_Arenas"), ("", "America/Santiago")],
)
def test_it_waits_for_nine_o_clock_where_the_person_works(stage: Stage, region: str, zone: str) -> None:
    """Published on a winter evening: Punta Arenas opens an hour before Santiago."""
    at = datetime(2027, 7, 5, 20, 0, tzinfo=ZoneInfo("America/Santiago"))
    stage.hire(region=region)
    stage.ask(due_on=date(2027, 12, 1), at=at)
    stage.plan(at)
    expected = datetime(2027, 7, 6, 9, 0, tzinfo=ZoneInfo(zone))
    assert Notice.objects.get().not_before == expected


def test_a_holiday_is_waited_for(stage: Stage) -> None:
    stage.hire()
    at = noon(date(2026, 12, 25))
    stage.ask(due_on=date(2027, 6, 1), at=at)
    plan_training_notices(at=at, calendar=Calendar(frozenset({at.date()})))
    assert Notice.objects.get().not_before.date() == date(2026, 12, 28)


def test_it_can_stop_anywhere_and_go_on(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lms.notices.selectors.candidates.ROWS", 2)
    for number in range(5):
        stage.hire(f"Ana{number}")
    stage.ask(due_on=DUE)
    calendar = Calendar()
    first = plan_training_notices(at=stage.at, calendar=calendar, go_on=lambda: False)
    assert (first.planned, first.next_step) == (2, 0)
    second = plan_training_notices(at=stage.at, calendar=calendar, first_step=0)
    assert (second.planned, second.next_step) == (3, None)
    assert Notice.objects.count() == 5


def test_planning_costs_the_same_for_three_and_for_thirty(stage: Stage) -> None:
    def cost(people: int) -> int:
        for number in range(people):
            stage.hire(f"P{people}x{number}", unit=UnitFactory(institution=stage.institution))
        requirement = stage.ask(due_on=DUE, title=f"Para {people}")
        spent = count_queries(stage.plan)
        withdraw_requirement(requirement_id=requirement.pk, author=None, note="", at=stage.at)
        return spent

    assert cost(3) == cost(30)


def test_the_same_segment_found_twice_is_one_notice(stage: Stage) -> None:
    """It began today and was written today: both queries find it."""
    stage.hire()
    stage.ask(due_on=DUE)
    stage.plan()
    assert Notice.objects.count() == 1


def test_it_goes_on_with_the_requirement_where_it_stopped(stage: Stage) -> None:
    stage.hire()
    for title in ("Uno", "Dos"):
        stage.ask(due_on=DUE, title=title)
    assert plan_training_notices(at=stage.at, calendar=Calendar(), first_step=6).planned == 2
    later = plan_training_notices(at=stage.at, calendar=Calendar(), first_step=99)
    assert (later.planned, later.next_step) == (0, None)
