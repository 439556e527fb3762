"""Counts training coverage now."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.lib import clock
from lms.plan.services import refresh_current_coverage, seal_month_ends


class Command(BaseCommand):
    help = "Sella el mes que terminó y calcula la cobertura de la formación donde algo cambió."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        sealed = seal_month_ends(at=at)
        count = refresh_current_coverage(at=at)
        self.stdout.write(f"Planes sellados: {sealed}. Metas calculadas: {count}.")
