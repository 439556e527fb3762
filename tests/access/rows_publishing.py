"""Addresses of ``lms.publishing``."""

from tests.access.cases import Case

ROWS: dict[str, list[Case]] = {}
