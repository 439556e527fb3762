"""System checks of the settings that reports read."""

from typing import Any

from django.conf import settings
from django.core.checks import Error, register

from lms.progress.rules.hours import WorkingHoursError, read_working_hours


@register()
def check_working_hours(app_configs: Any, **kwargs: Any) -> list[Error]:
    """``aula.E020``: a working day that cannot be read."""
    try:
        read_working_hours(settings.WORKING_HOURS)
    except WorkingHoursError:
        hint = "Escribe días y horas así: 1-5 08:30-17:30 (1 es lunes)."
        return [Error("WORKING_HOURS no dice una jornada.", hint=hint, id="aula.E020")]
    return []
