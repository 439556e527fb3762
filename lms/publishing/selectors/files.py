"""One file of the open data: the same rows as CSV and as JSON, in one language for everybody."""

from typing import Any

from django.conf import settings
from django.utils import translation

from lms.plan.models import ActionPlan
from lms.plan.selectors.open_data import LICENCE, DataFile, coverage_json, write_json
from lms.publishing.selectors.fields import Table, csv_of, plain_row
from lms.publishing.selectors.tables.coverage import COVERAGE, list_snapshots

MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}


def build_file(*, table: Table, suffix: str, plan: ActionPlan | None) -> DataFile:
    """The file as it is now; without a plan it has no rows. Queries: those of the table's rows."""
    with translation.override(settings.LANGUAGE_CODE):
        body = _csv(table, plan) if suffix == "csv" else _json(table, plan)
    return DataFile(f"{table.name}.{suffix}", f"{MEDIA_TYPES[suffix]}; charset=utf-8", body)


def _csv(table: Table, plan: ActionPlan | None) -> bytes:
    return csv_of(table=table, rows=table.rows(plan) if plan else [])


def _json(table: Table, plan: ActionPlan | None) -> bytes:
    if table is COVERAGE:
        return coverage_json(goals=list_snapshots(plan) if plan else []).body
    if table.document is not None:
        return write_json(table.document(plan))
    rows = table.rows(plan) if plan else []
    document: dict[str, Any] = {
        "licencia": LICENCE,
        "plan": plan.code if plan else None,
        "datos": [plain_row(table=table, row=row) for row in rows],
    }
    return write_json(document)
