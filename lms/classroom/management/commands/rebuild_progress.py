"""``manage.py rebuild_progress``: restore the rows of progress from the statements."""

from typing import Any

from django.core.management.base import BaseCommand

from lms.journeys.replay_progress import rebuild
from lms.lib import clock
from lms.xapi.platform import current_platform


class Command(BaseCommand):
    help = "Restaura las tablas de avance a partir de las declaraciones xAPI, todo o nada."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = rebuild(platform=current_platform(), at=clock.now())
        for kind, count in counts.items():
            self.stdout.write(f"  {kind}: {count}")
        self.stdout.write("Tablas restauradas.")
