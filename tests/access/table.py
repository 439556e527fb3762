"""Who gets what at every address: the table that a new address has to enter, in the rows of its area."""

from tests.access import (
    rows_accounts,
    rows_diagnostics,
    rows_discussions,
    rows_indicators,
    rows_learning,
    rows_operations,
    rows_participation,
    rows_plan,
    rows_public,
    rows_publishing,
    rows_staff,
    rows_systems,
    rows_teaching,
    rows_workshops,
)
from tests.access.cases import Case

AREAS = (
    rows_systems.ROWS,
    rows_accounts.ROWS,
    rows_learning.ROWS,
    rows_staff.ROWS,
    rows_operations.ROWS,
    rows_workshops.ROWS,
    rows_teaching.ROWS,
    rows_discussions.ROWS,
    rows_indicators.ROWS,
    rows_diagnostics.ROWS,
    rows_participation.ROWS,
    rows_plan.ROWS,
    rows_publishing.ROWS,
    rows_public.ROWS,
)

TABLE: dict[str, list[Case]] = {name: cases for rows in AREAS for name, cases in rows.items()}
