"""Counts training coverage now."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.lib import clock
from lms.plan.services import refresh_current_coverage, take_daily_snapshots


class Command(BaseCommand):
    help = "Calcula la cobertura de la formación donde algo cambió y guarda el total del día."

    def handle(self, *args: Any, **options: Any) -> None:
        at = clock.now()
        count = refresh_current_coverage(at=at)
        kept = take_daily_snapshots(at=at)
        self.stdout.write(f"Metas calculadas: {count}. Totales del día guardados: {kept}.")
