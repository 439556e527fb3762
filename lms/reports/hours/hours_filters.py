"""The year of the page of hours, and the settings that it reads."""

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from lms.progress.rules.hours import WorkingHours, read_working_hours

FIRST_YEAR = 2000
YEARS_OFFERED = 6


def read_year(data: Mapping[str, str], *, today: date) -> int:
    """From ``request.GET``: a year up to the present one; anything else is the present one."""
    text = data.get("anio", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return year if FIRST_YEAR <= year <= today.year else today.year


def years_offered(*, today: date) -> list[int]:
    """The present year and those before it."""
    return [today.year - back for back in range(YEARS_OFFERED)]


def working_hours() -> WorkingHours:
    """The setting ``WORKING_HOURS``, which the start of the program has checked."""
    return read_working_hours(settings.WORKING_HOURS)
