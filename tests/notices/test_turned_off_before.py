"""Kinds were added later: who had turned off all there was is not written to about the new ones either."""

from importlib import import_module
from types import ModuleType

import pytest
from django.apps import apps

from lms.notices.models import MailPreference
from tests.factories.people import PersonFactory

ANSWERS = import_module("lms.notices.migrations.0003_answers_for_nobody_who_wants_no_mail")
SLOTS = import_module("lms.notices.migrations.0008_slots_for_nobody_who_wants_no_mail")
CHANGES = import_module("lms.notices.migrations.0011_changes_for_nobody_who_wants_no_mail")
FIRST = ["assigned", "due", "late", "expiring", "manual"]
THEN = [*FIRST, "answer"]
AFTER = [*THEN, "recall", "later"]


@pytest.mark.parametrize(
    ("migration", "before", "after"),
    [
        (ANSWERS, [*FIRST, "digest"], [*FIRST, "digest", "answer"]),
        (ANSWERS, FIRST, THEN),
        (ANSWERS, ["late"], ["late"]),
        (SLOTS, THEN, [*THEN, "slots"]),
        (SLOTS, FIRST, FIRST),
        (SLOTS, [], []),
        (CHANGES, AFTER, [*AFTER, "changed"]),
        (CHANGES, THEN, THEN),
    ],
)
def test_it_is_turned_off_once_and_back(
    db: None, at: object, migration: ModuleType, before: list[str], after: list[str]
) -> None:
    row = MailPreference.objects.create(person=PersonFactory(), turned_off=before, changed_at=at)
    for _ in range(2):
        migration.turn_off(apps, None)
        row.refresh_from_db()
        assert row.turned_off == after
    migration.turn_on(apps, None)
    row.refresh_from_db()
    assert row.turned_off == before
