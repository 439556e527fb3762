"""Addresses of ``lms.indicators``."""

from tests.access.cases import Case

ROWS: dict[str, list[Case]] = {}
