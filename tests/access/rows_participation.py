"""Addresses of ``lms.participation``."""

from tests.access.cases import Case

ROWS: dict[str, list[Case]] = {}
