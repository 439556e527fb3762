"""The tables of the open data, in the order in which they are shown."""

from lms.publishing.selectors.fields import Table
from lms.publishing.selectors.tables.changes import CHANGES
from lms.publishing.selectors.tables.codings import CODINGS
from lms.publishing.selectors.tables.commitments import COMMITMENTS
from lms.publishing.selectors.tables.coverage import COVERAGE
from lms.publishing.selectors.tables.evidence import EVIDENCE
from lms.publishing.selectors.tables.indicators import INDICATORS, OBSERVATIONS
from lms.publishing.selectors.tables.milestones import MILESTONES, REPLANNINGS
from lms.publishing.selectors.tables.plan import PLAN
from lms.publishing.selectors.tables.updates import UPDATES

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        PLAN,
        COMMITMENTS,
        MILESTONES,
        UPDATES,
        REPLANNINGS,
        EVIDENCE,
        CODINGS,
        CHANGES,
        COVERAGE,
        INDICATORS,
        OBSERVATIONS,
    )
}
SUFFIXES = ("csv", "json")

__all__ = ["SUFFIXES", "TABLES"]
