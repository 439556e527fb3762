"""Addresses of ``lms.diagnostics``."""

from tests.access.cases import Case

ROWS: dict[str, list[Case]] = {}
