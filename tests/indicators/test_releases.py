"""Which data count: releases, publication, withdrawal, closed periods, examples."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from lms.indicators.models import Indicator, IndicatorRevision, Observation, PeriodLock
from lms.indicators.rules.periods import PeriodError
from lms.indicators.selectors import current_observations, find_current, list_current_observations
from lms.indicators.selectors.definitions import as_measured, as_released
from lms.indicators.selectors.indicators import list_of_commitment
from lms.indicators.selectors.revisions import find_base, list_locked_periods, list_revisions
from lms.indicators.services import (
    edit_indicator,
    lock_period,
    publish_revision,
    unlock_period,
    withdraw_revision,
)
from lms.indicators.services.locks import AlreadyLockedError, LockReasonMissingError, NotLockedError
from lms.indicators.services.revisions import (
    LockedPeriodError,
    RevisionStateError,
    WithdrawalReasonMissingError,
)
from lms.plan.models import ImmutableChangeError, PlanChange
from tests.factories.indicators import IndicatorFactory, release
from tests.queries import count_queries

EXAMPLE = "2025,,,40,64,,dato de ejemplo"


def act(indicator: Indicator, at: datetime, **more: Any) -> dict[str, Any]:
    return {"indicator_id": indicator.pk, "by_id": None, "at": at, **more}


# --- Releases ------------------------------------------------------------------------------------
def test_new_target_reaches_the_lists_although_the_method_was_reworded(indicator: Indicator) -> None:
    release(indicator, "2025,,,40,64,,")
    Indicator.objects.filter(pk=indicator.pk).update(method="Otra redacción.", target_value=80)
    (line,) = list_of_commitment(commitment=indicator.commitment)
    assert line.indicator.target_value == 80


def test_last_published_release_counts(indicator: Indicator) -> None:
    release(indicator, "2025,,,1,64,,")
    second = release(indicator, "2025,,,2,64,,")
    release(indicator, "2025,,,3,64,,", is_published=False)
    assert find_current(indicator=indicator) == second
    assert [one.numerator for one in current_observations(indicator)] == [2]


def test_release_and_its_rows_are_never_rewritten(released: IndicatorRevision) -> None:
    released.note = "otra"
    row = released.observations.all()[0]
    for change in (
        released.save,
        released.delete,
        row.save,
        row.delete,
        lambda: released.save(update_fields=["note"]),
        lambda: Observation.objects.update(numerator=1),
        lambda: IndicatorRevision.objects.all().delete(),
    ):
        with pytest.raises(ImmutableChangeError):
            change()


def test_release_is_read_by_the_structure_it_was_made_with(indicator: Indicator) -> None:
    revision = release(indicator, "2025,Sur,,1,64,,")
    Indicator.objects.update(dimensions=[], kind="count")
    assert [one.name for one in IndicatorRevision.objects.get(pk=revision.pk).shape.dimensions] == [
        "region",
        "sexo",
    ]


def test_publication_is_history_of_the_plan(indicator: Indicator) -> None:
    release(indicator, "2025,,,1,64,,")
    change = PlanChange.objects.get()
    assert (change.subject, change.kind, change.after["revision"], change.reason) == (
        "indicator",
        "reported",
        1,
        "Primera carga",
    )


def test_release_kept_back_is_published_later(indicator: Indicator, at: datetime) -> None:
    release(indicator, "2025,,,1,64,,", is_published=False)
    assert find_current(indicator=indicator) is None
    publish_revision(**act(indicator, at, number=1))
    found = find_current(indicator=indicator)
    assert found is not None and found.published_at == at


def test_release_is_published_once(indicator: Indicator, at: datetime) -> None:
    release(indicator, "2025,,,1,64,,")
    with pytest.raises(RevisionStateError):
        publish_revision(**act(indicator, at, number=1))


def test_withdrawn_release_gives_way_to_the_one_before(indicator: Indicator, at: datetime) -> None:
    first = release(indicator, "2025,,,1,64,,")
    release(indicator, "2025,,,9,64,,")
    withdraw_revision(**act(indicator, at, number=2, reason="Estaba mal sumada"))
    assert find_current(indicator=indicator) == first
    assert PlanChange.objects.all()[0].reason == "Estaba mal sumada"


def test_withdrawal_needs_its_reason(indicator: Indicator, at: datetime) -> None:
    release(indicator, "2025,,,1,64,,")
    with pytest.raises(WithdrawalReasonMissingError):
        withdraw_revision(**act(indicator, at, number=1, reason="  "))


# --- Examples ------------------------------------------------------------------------------------
def test_examples_are_shown_while_there_is_nothing_else(indicator: Indicator) -> None:
    example = release(indicator, EXAMPLE, is_example=True)
    assert find_current(indicator=indicator) == example
    assert find_base(indicator=indicator) is None


def test_examples_are_not_shown_once_there_are_real_data(indicator: Indicator) -> None:
    release(indicator, EXAMPLE, is_example=True)
    real = release(indicator, "2025,,,1,64,,")
    assert find_current(indicator=indicator) == real
    assert list_revisions(indicator=indicator) == [real]


def test_examples_do_not_come_back_when_real_data_are_withdrawn(indicator: Indicator, at: datetime) -> None:
    release(indicator, EXAMPLE, is_example=True)
    release(indicator, "2025,,,1,64,,")
    withdraw_revision(**act(indicator, at, number=2, reason="Error"))
    assert find_current(indicator=indicator) is None


def test_real_data_that_are_not_published_yet_leave_the_examples(indicator: Indicator) -> None:
    example = release(indicator, EXAMPLE, is_example=True)
    release(indicator, "2025,,,1,64,,", is_published=False)
    assert find_current(indicator=indicator) == example


# --- Closed periods ------------------------------------------------------------------------------
def test_period_is_closed_and_opened_with_a_reason(indicator: Indicator, at: datetime) -> None:
    lock_period(**act(indicator, at, period=" 2025 ", reason=""))
    assert list_locked_periods(list(indicator.locks.all())) == ["2025"]
    unlock_period(**act(indicator, at, period="2025", reason="Se corrigió la fuente"))
    assert list_locked_periods(list(indicator.locks.all())) == []
    assert list(indicator.locks.values_list("kind", "reason")) == [
        ("unlock", "Se corrigió la fuente"),
        ("lock", ""),
    ]


def test_lock_is_history_that_nobody_rewrites(indicator: Indicator, at: datetime) -> None:
    lock = lock_period(**act(indicator, at, period="2025", reason=""))
    with pytest.raises(ImmutableChangeError):
        lock.delete()
    with pytest.raises(ImmutableChangeError):
        PeriodLock.objects.update(period="2024")


def test_period_is_closed_once_and_opened_with_cause(indicator: Indicator, at: datetime) -> None:
    with pytest.raises(NotLockedError):
        unlock_period(**act(indicator, at, period="2025", reason="x"))
    lock_period(**act(indicator, at, period="2025", reason=""))
    with pytest.raises(AlreadyLockedError):
        lock_period(**act(indicator, at, period="2025", reason=""))
    with pytest.raises(LockReasonMissingError):
        unlock_period(**act(indicator, at, period="2025", reason=" "))
    with pytest.raises(PeriodError):
        lock_period(**act(indicator, at, period="2025-S1", reason=""))


def test_withdrawal_cannot_change_a_closed_period(indicator: Indicator, at: datetime) -> None:
    release(indicator, "2025,,,1,64,,")
    release(indicator, "2025,,,2,64,,")
    lock_period(**act(indicator, at, period="2025", reason=""))
    with pytest.raises(LockedPeriodError):
        withdraw_revision(**act(indicator, at, number=2, reason="Error"))
    assert IndicatorRevision.objects.get(number=2).withdrawn_at is None


def test_late_publication_cannot_change_a_closed_period(indicator: Indicator, at: datetime) -> None:
    release(indicator, "2025,,,1,64,,")
    release(indicator, "2025,,,2,64,,", is_published=False)
    lock_period(**act(indicator, at, period="2025", reason=""))
    with pytest.raises(LockedPeriodError):
        publish_revision(**act(indicator, at, number=2))


# --- Door for others -----------------------------------------------------------------------------
def test_observations_of_a_plan_cost_the_same_with_few_and_many(indicator: Indicator) -> None:
    release(indicator, "2025,,,1,64,,")
    plan = indicator.plan
    few = count_queries(lambda: list_current_observations(plan))
    for number in range(30):
        release(
            IndicatorFactory(commitment=indicator.commitment, code=f"i-{number}"),
            "2025,,,1,64,,",
            "2024,,,1,2,,",
        )
    assert count_queries(lambda: list_current_observations(plan)) == few
    assert len(list_current_observations(plan)) == 31


# --- What a release means ------------------------------------------------------------------------
def redefine(indicator: Indicator, at: datetime, **values: Any) -> None:
    edit_indicator(indicator_id=indicator.pk, values=values, changed_by_id=None, at=at)


def test_release_keeps_what_its_indicator_said(indicator: Indicator, at: datetime) -> None:
    revision = release(indicator, "2025,,,40,64,,")
    redefine(indicator, at, title="Otro", method="Otro", unit="‰", factor=1000, decimals=3, target_value=80)
    indicator.refresh_from_db()
    kept = as_released(indicator=indicator, revision=IndicatorRevision.objects.get(pk=revision.pk))
    assert (kept.title, kept.method, kept.unit, kept.target_value) == (
        "Organismos que cumplen", "Los que cumplen ÷ los obligados × 100.", "% de los organismos", None,
    )  # fmt: skip
    assert (kept.shape.factor, kept.shape.decimals) == (100, 1)


def test_amounts_of_a_release_are_read_back_exactly(indicator: Indicator, at: datetime) -> None:
    redefine(indicator, at, target_value=Decimal("12345678901.25"))
    revision = release(indicator, "2025,,,40,64,,")
    indicator.refresh_from_db()
    kept = as_released(indicator=indicator, revision=revision)
    assert kept.target_value == Decimal("12345678901.25")


def test_correction_of_the_title_alone_asks_for_no_new_release(indicator: Indicator, at: datetime) -> None:
    revision = release(indicator, "2025,,,40,64,,")
    redefine(indicator, at, title="Organismos que cumplen la ley")
    indicator.refresh_from_db()
    assert as_measured(indicator=indicator, revision=revision).title == "Organismos que cumplen la ley"


@pytest.mark.parametrize("values", [{"factor": 1000}, {"decimals": 3}, {"unit": "‰"}])
def test_late_publication_cannot_read_a_closed_period_otherwise(
    indicator: Indicator, at: datetime, values: dict[str, Any]
) -> None:
    release(indicator, "2025,,,1,64,,")
    redefine(indicator, at, **values)
    indicator.refresh_from_db()
    release(indicator, "2025,,,1,64,,", is_published=False)
    lock_period(**act(indicator, at, period="2025", reason=""))
    with pytest.raises(LockedPeriodError):
        publish_revision(**act(indicator, at, number=2))


def test_other_words_of_the_method_are_no_change_of_a_closed_period(
    indicator: Indicator, at: datetime
) -> None:
    release(indicator, "2025,,,1,64,,")
    redefine(indicator, at, method="Mejor dicho.")
    indicator.refresh_from_db()
    release(indicator, "2025,,,1,64,,", is_published=False)
    lock_period(**act(indicator, at, period="2025", reason=""))
    assert publish_revision(**act(indicator, at, number=2)).definition["method"] == "Mejor dicho."
